package dev.headroom.pricing;

import static dev.headroom.pricing.Samples.MID_APRIL;
import static dev.headroom.pricing.Samples.USD;
import static dev.headroom.pricing.Samples.monthly;
import static dev.headroom.pricing.Samples.percentOff;
import static dev.headroom.pricing.Samples.plan;
import static dev.headroom.pricing.Samples.usd;
import static dev.headroom.pricing.Samples.with;
import static dev.headroom.pricing.Samples.yearly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.pricing.Discount.Term.Forever;
import dev.headroom.pricing.Discount.Term.Once;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementTest {

    private static final Item TEAM = plan("Team", monthly(2500), 5);

    @Test
    void aYearlyPriceCountsATwelfth() {
        assertThat(Movement.between(List.of(TEAM), List.of(plan("Team", yearly(25000), 5)), USD, MID_APRIL))
                .isEqualTo(new Movement(usd(12500), usd(10417), GrowthKind.CONTRACTION));
    }

    @Test
    void aDiscountThatLastsCountsAndASingleUseDoesNot() {
        Item lasting = with(TEAM, percentOff("lasting", "20", new Forever()));
        Item once = with(TEAM, percentOff("once", "20", new Once()));

        assertThat(Movement.between(List.of(TEAM), List.of(lasting), USD, MID_APRIL).after()).isEqualTo(usd(10000));
        assertThat(Movement.between(List.of(TEAM), List.of(once), USD, MID_APRIL))
                .isEqualTo(new Movement(usd(12500), usd(12500), GrowthKind.NONE));
    }

    @Test
    void fromNothingToNothingIsNoGrowth() {
        assertThat(Movement.between(List.of(), List.of(), USD, MID_APRIL))
                .isEqualTo(new Movement(usd(0), usd(0), GrowthKind.NONE));
    }
}
