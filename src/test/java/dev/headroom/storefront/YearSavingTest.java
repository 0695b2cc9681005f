package dev.headroom.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Flat;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.PerSeat;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody is promised a saving that some quantity does not have. */
class YearSavingTest {

    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void tenMonthsForTwelveIsASixthAndSaidAsLess() {
        assertThat(saving(seat("2500"), seat("25000"))).contains(new YearSaving(16, true, Money.of(5_000, "USD")));
        assertThat(saving(new Flat(Money.of(9_900, "USD")), new Flat(Money.of(95_040, "USD")))).contains(new YearSaving(20, true, Money.of(23_760, "USD")));
    }

    @Test
    void ofTiersTheLeastThatAnyQuantitySaves() {
        assertThat(saving(tiers(tier(10L, "1000"), tier(null, "500")), tiers(tier(10L, "10000"), tier(null, "5700"))))
                .as("from 16 % of the first ten towards 5 % of very many").contains(new YearSaving(5, false, null));
        assertThat(saving(tiers(tier(10L, "1000"), tier(null, "500")), tiers(tier(10L, "10000"), tier(null, "6100")))).as("many cost more by the year").isEmpty();
        assertThat(saving(tiers(tier(10L, "1000"), tier(null, "500")), tiers(tier(10L, "9000"), tier(null, "4500")))).contains(new YearSaving(25, true, Money.of(3_000, "USD")));
    }

    @Test
    void whatIsFreeOrDearerByTheYearSavesNothing() {
        assertThat(saving(new Flat(Money.of(0, "USD")), new Flat(Money.of(0, "USD")))).isEmpty();
        assertThat(saving(new Flat(Money.of(0, "USD")), new Flat(Money.of(100, "USD")))).isEmpty();
        assertThat(saving(seat("100"), seat("1200"))).isEmpty();
        assertThat(saving(seat("100"), seat("1190"))).as("less than a percent").isEmpty();
    }

    private static Optional<YearSaving> saving(ChargeModel month, ChargeModel year) {
        return YearSaving.of(new Price(Interval.MONTH, USD, month), new Price(Interval.YEAR, USD, year));
    }

    private static ChargeModel seat(String minor) {
        return new PerSeat(unit(minor));
    }

    private static ChargeModel tiers(Tier... tiers) {
        return new Graduated(List.of(tiers));
    }

    private static Tier tier(@Nullable Long upTo, String minor) {
        return new Tier(upTo, unit(minor), Money.of(0, "USD"));
    }

    private static UnitPrice unit(String minor) {
        return new UnitPrice(new BigDecimal(minor), USD);
    }
}
