package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.CreateAddOn;
import dev.headroom.catalog.CreatePlan;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogFileTest {

    private final List<CreatePlan> plans = DemoFiles.catalog().newPlans();

    @Test
    void everyPlanIsSoldByTheMonthAndByTheYearInFourCurrencies() {
        assertThat(plans).hasSize(7).allSatisfy(plan -> assertThat(plan.prices()).hasSize(8));
    }

    @Test
    void addOnsAreSoldInTheSameWayAndAYearIsTenMonths() {
        List<CreateAddOn> addOns = DemoFiles.catalog().newAddOns();

        assertThat(addOns).hasSize(4).allSatisfy(addOn -> assertThat(addOn.prices()).hasSize(8));
        assertThat(addOns.stream().flatMap(addOn -> addOn.prices().stream())
                .filter(price -> price.currency().equals(Currency.getInstance("USD"))).map(price -> price.rate(1).amount().toString()))
                .containsExactly("99.00 USD", "990.00 USD", "199.00 USD", "1990.00 USD", "79.00 USD", "790.00 USD", "119.00 USD", "1190.00 USD");
        assertThat(addOns.getFirst().prices().getLast().rate(2).amount().minor()).as("two packs").isEqualTo(198_000);
    }

    @Test
    void customersAreOfferedAFifthOffForAYearFromTheEndOfTheHistoryForAWeek() {
        Instant end = Instant.parse("2026-03-01T09:30:00Z");

        assertThat(DemoFiles.catalog().newOffers(end)).first().satisfies(offer -> {
            assertThat(offer.reduction()).isEqualTo(new PercentOff(BigDecimal.valueOf(20)));
            assertThat(offer.term()).isEqualTo(new Term.Repeating(12));
            assertThat(offer.from()).isEqualTo(end);
            assertThat(offer.until()).isEqualTo("2026-03-08T09:30:00Z");
            assertThat(offer.existingCustomers()).isTrue();
            assertThat(plans).extracting(CreatePlan::key).containsAll(offer.plans());
        });
    }

    @Test
    void anotherOfferRunsBesideItAndOnlyFiveCanHaveIt() {
        Instant end = Instant.parse("2026-03-01T09:30:00Z");

        assertThat(DemoFiles.catalog().newOffers(end)).last().satisfies(offer -> {
            assertThat(offer.from()).isEqualTo("2026-01-15T09:30:00Z");
            assertThat(offer.until()).isEqualTo("2026-03-16T09:30:00Z");
            assertThat(offer.cap()).isEqualTo(5);
            assertThat(plans).extracting(CreatePlan::key).containsAll(offer.plans());
        });
    }

    @Test
    void theMadeUpCustomersKnowWhatThingsCost() {
        for (Offering offering : Offering.values()) {
            for (long seats : offering.soldBySeat() ? new long[] {1, 10, 11, 25, 26, 50, 51, 80} : new long[] {1}) {
                assertThat(Arrays.asList(dollars(offering, Interval.MONTH, seats), dollars(offering, Interval.YEAR, seats) / 12))
                        .as("%s with %s", offering, seats)
                        .satisfiesExactly(
                                month -> assertThat(month).isCloseTo(new Holding(offering, seats, false).mrr(), within(0.01)),
                                year -> assertThat(year).isCloseTo(new Holding(offering, seats, true).mrr(), within(0.01)));
            }
        }
    }

    private double dollars(Offering offering, Interval interval, long seats) {
        Price price = plans.stream()
                .filter(plan -> plan.key().equals(offering.plan()))
                .flatMap(plan -> plan.prices().stream())
                .filter(each -> each.interval() == interval && each.currency().equals(Currency.getInstance("USD")))
                .findFirst()
                .orElseThrow();
        return price.rate(seats).amount().minor() / 100.0;
    }
}
