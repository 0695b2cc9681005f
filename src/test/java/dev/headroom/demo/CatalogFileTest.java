package dev.headroom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.CreatePlan;
import dev.headroom.pricing.Price;
import dev.headroom.time.Interval;
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
