package dev.headroom.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PriceSummary;
import dev.headroom.console.ConsoleTest;
import dev.headroom.money.Money;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.ChargeModel.Graduated;
import dev.headroom.pricing.ChargeModel.Tier;
import dev.headroom.pricing.ChargeModel.Volume;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceTextTest extends ConsoleTest {

    private static Price monthly(ChargeModel model) {
        return new Price(Interval.MONTH, Currency.getInstance("USD"), model);
    }

    private static Tier tier(@Nullable Long upTo, long cents, long fee) {
        return new Tier(upTo, UnitPrice.of(Money.of(cents, "USD")), Money.of(fee, "USD"));
    }

    private static String spoken(Price price) {
        return PriceText.brief(price, Plan.Kind.TIER).replace(" per seat", " a unit");
    }

    @Test
    void aPriceWithTiersBeginsWhereTheFirstPurchaseDoesAndAsTheApiSaysIt() {
        Price firstFree = monthly(new Volume(List.of(tier(10L, 0, 29_900), tier(null, 1_798, 0))));
        Price each = monthly(new Graduated(List.of(tier(10L, 2_990, 0), tier(null, 1_798, 0))));
        Price one = monthly(new Volume(List.of(tier(null, 0, 29_900))));
        assertThat(PriceText.brief(firstFree, Plan.Kind.TIER)).isEqualTo("from $299.00 for up to 10 a month");
        assertThat(PriceText.brief(each, Plan.Kind.TIER)).isEqualTo("from $29.90 per seat a month");
        assertThat(List.of(firstFree, each, one)).allSatisfy(price -> assertThat(spoken(price)).isEqualTo(PriceSummary.of(price, Plan.Kind.TIER, Locale.US)));
    }

    @Test
    void aTierIsToldByWhatItChargesAndNotByWhatItDoesNot() {
        assertThat(PriceText.tiers(new Volume(List.of(tier(10L, 0, 26_900), tier(25L, 1_996, 0), tier(50L, 1_800, 500), tier(null, 0, 90_000)))))
                .containsExactly("1 to 10: $269.00 altogether", "11 to 25: $19.96 each", "26 to 50: $18.00 each, plus $5.00", "51 and more: $900.00 altogether");
        assertThat(PriceText.tiers(new Graduated(List.of(tier(null, 0, 0))))).containsExactly("1 and more: $0.00 each");
    }
}
