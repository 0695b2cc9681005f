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
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementTest {

    private static final Item TEAM = plan("Team", monthly(2500), 5);

    @Test
    void aYearlyPriceCountsATwelfth() {
        assertThat(Movement.between(List.of(TEAM), List.of(plan("Team", yearly(25000), 5)), USD, MID_APRIL))
                .isEqualTo(new Movement(usd(12500), usd(10417), GrowthKind.CONTRACTION, year(150_000, 125_000, false)));
    }

    @Test
    void aDiscountThatLastsCountsAndASingleUseDoesNot() {
        Item lasting = with(TEAM, percentOff("lasting", "20", new Forever()));
        Item once = with(TEAM, percentOff("once", "20", new Once()));

        assertThat(Movement.between(List.of(TEAM), List.of(lasting), USD, MID_APRIL).after()).isEqualTo(usd(10000));
        assertThat(Movement.between(List.of(TEAM), List.of(once), USD, MID_APRIL))
                .isEqualTo(new Movement(usd(12500), usd(12500), GrowthKind.NONE, year(150_000, 150_000, false)));
    }

    @Test
    void fromNothingToNothingIsNoGrowth() {
        assertThat(Movement.between(List.of(), List.of(), USD, MID_APRIL))
                .isEqualTo(new Movement(usd(0), usd(0), GrowthKind.NONE, year(0, 0, false)));
    }

    @Test
    void aPriceThatRoseIsDearerAndADiscountThatLeftIsNot() {
        Item reduced = with(TEAM, percentOff("lasting", "20", new Forever()));

        Movement left = Movement.between(List.of(reduced), List.of(TEAM), USD, MID_APRIL);
        Movement rose = Movement.between(List.of(TEAM), List.of(plan("Team", monthly(2600), 5)), USD, MID_APRIL);

        assertThat(List.of(left.growth(), rose.growth())).containsOnly(GrowthKind.PRICE_INCREASE);
        assertThat(left.year()).isEqualTo(year(120_000, 150_000, false));
        assertThat(rose.year()).isEqualTo(year(150_000, 156_000, true));
    }

    @Test
    void twelveMonthsAreExactWhereAMonthIsRounded() {
        Movement started = Movement.between(List.of(), List.of(plan("Team", yearly(50_000), 1)), USD, MID_APRIL);

        assertThat(started.after()).isEqualTo(usd(4167));
        assertThat(started.year()).isEqualTo(year(0, 50_000, true));
    }

    private static Movement.Year year(long before, long after, boolean dearer) {
        return new Movement.Year(BigDecimal.valueOf(before).stripTrailingZeros(), BigDecimal.valueOf(after).stripTrailingZeros(), dearer);
    }
}
