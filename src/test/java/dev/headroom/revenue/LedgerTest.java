package dev.headroom.revenue;

import static dev.headroom.revenue.Facts.MARCH;
import static dev.headroom.revenue.Facts.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.ForAll;
import dev.headroom.id.Ids;
import dev.headroom.pricing.GrowthKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is booked of what was recorded, by the rules of docs/metrics.md. */
class LedgerTest {

    private static final Instant LATER = MARCH.plus(Duration.ofDays(1));

    private final Facts acme = Facts.usd();

    @Test
    void fourYearlySubscriptionsAreOneSixthOfAThousandAndNoCentMore() {
        IntStream.rangeClosed(1, 4).forEach(each -> acme.brings("yearly-" + each, 500_00, GrowthKind.NEW));

        assertThat(told(acme.movements)).as("new are 166.67").containsExactly("NEW 41.67 USD", "NEW 41.66 USD", "NEW 41.67 USD", "NEW 41.67 USD");
        assertThat(acme.standing.mrr()).isEqualTo(166_67);
        assertThat(told(acme.begins("monthly-1", 30_00 * 12, LATER))).as("expansion is 60.00").containsExactly("CROSS_SELL 30.00 USD");
        assertThat(told(acme.begins("monthly-2", 30_00 * 12, LATER))).containsExactly("CROSS_SELL 30.00 USD");
        assertThat(told(acme.brings("monthly-1", 0, GrowthKind.CHURN))).as("the others are paid for").containsExactly("CONTRACTION -30.00 USD");
        assertThat(told(acme.brings("monthly-2", 0, GrowthKind.CHURN))).containsExactly("CONTRACTION -30.00 USD");
        IntStream.rangeClosed(1, 3).forEach(each -> assertThat(acme.brings("yearly-" + each, 0, GrowthKind.CHURN)).extracting(RevenueMovement::kind).containsOnly(MovementKind.CONTRACTION));
        assertThat(told(acme.brings("yearly-4", 0, GrowthKind.CHURN))).as("the last one").containsExactly("CHURN -41.67 USD");
        assertThat(told(acme.brings("again", 120_00, GrowthKind.NEW))).containsExactly("REACTIVATION 10.00 USD");
        assertThat(told(acme.brings("again-2", 120_00, GrowthKind.NEW))).as("on the day of its return").containsExactly("REACTIVATION 10.00 USD");
    }

    @Test
    void whatBeginsOnTheVendorsDayOnWhichAnAccountFirstPaysIsNewAndNothingElseIs() {
        Facts tokyo = new Facts("USD", "Asia/Tokyo", 5);
        Instant evening = Instant.parse("2026-03-10T14:59:00Z");
        tokyo.begins("one", 12_00, Instant.parse("2026-03-09T15:00:00Z"));

        assertThat(told(tokyo.begins("two", 12_00, evening))).as("a minute before midnight there").containsExactly("NEW 1.00 USD");
        assertThat(told(tokyo.begins("three", 12_00, evening.plusSeconds(60)))).as("the next day").containsExactly("CROSS_SELL 1.00 USD");
        assertThat(told(tokyo.told(tokyo.fact("four", 0, 12_00, GrowthKind.NEW, true, false, evening.minus(Duration.ofDays(2)), evening.plusSeconds(60)))))
                .as("heard of later, but it began before").containsExactly("NEW 1.00 USD");
        assertThat(told(tokyo.told(tokyo.fact("five", 0, 12_00, GrowthKind.NEW, true, false, evening, Instant.parse("2026-04-20T00:00:00Z")))))
                .as("heard of when its month was closed: the account paid when April began").containsExactly("CROSS_SELL 1.00 USD");
        assertThat(told(tokyo.begins("four", 24_00, evening))).as("more of what is there is growth on the first day as well").containsExactly("UPSELL 1.00 USD");
    }

    @Test
    void oneMoreSubscriptionOfAProductThatIsPaidForIsMoreOfTheSame() {
        acme.brings("team", 12_00, GrowthKind.NEW);
        assertThat(told(acme.begins("team#2", 12_00, LATER))).containsExactly("SEAT_EXPANSION 1.00 USD");
        acme.brings("other", 12_00, GrowthKind.NEW);
        acme.brings("team", 0, GrowthKind.CHURN);
        acme.brings("team#2", 0, GrowthKind.CHURN);
        assertThat(told(acme.begins("team#3", 12_00, LATER))).as("nobody pays for the product any more").containsExactly("CROSS_SELL 1.00 USD");
    }

    @Test
    void yenHaveNoCents() {
        Facts tokyo = new Facts("JPY", "Asia/Tokyo", 5);
        tokyo.brings("one", 1_000, GrowthKind.NEW);
        tokyo.brings("two", 1_000, GrowthKind.NEW);

        assertThat(tokyo.movements).extracting(each -> each.amount().minor()).containsExactly(83L, 84L);
    }

    @Test
    void moreIsNamedByWhatWasBoughtAndLessIsContraction() {
        acme.brings("plan", 1_200, GrowthKind.NEW);

        assertThat(told(acme.brings("plan", 2_400, GrowthKind.UPSELL))).containsExactly("UPSELL 1.00 USD");
        assertThat(told(acme.brings("plan", 3_600, GrowthKind.SEAT_EXPANSION))).containsExactly("SEAT_EXPANSION 1.00 USD");
        assertThat(told(acme.brings("plan", 4_800, GrowthKind.CROSS_SELL))).containsExactly("CROSS_SELL 1.00 USD");
        assertThat(told(acme.brings("plan", 6_000, GrowthKind.USAGE_EXPANSION))).containsExactly("USAGE_EXPANSION 1.00 USD");
        assertThat(told(acme.brings("plan", 7_200, GrowthKind.PRICE_INCREASE))).containsExactly("PRICE_INCREASE 1.00 USD");
        assertThat(told(acme.brings("plan", 6_000, GrowthKind.CONTRACTION))).containsExactly("CONTRACTION -1.00 USD");
        assertThat(acme.brings("plan", 6_000, GrowthKind.NONE)).as("a renewal").isEmpty();
    }

    @Test
    void aDiscountThatWasTakenAwayIsItsEndAndNoPriceIncrease() {
        acme.brings("plan", 1_200, GrowthKind.NEW);

        assertThat(told(acme.told(acme.fact("plan", 1_200, 2_400, GrowthKind.PRICE_INCREASE, false, false, MARCH, MARCH)))).containsExactly("DISCOUNT_END 1.00 USD");
    }

    @Test
    void aDiscountThatRanOutIsToldApartFromWhatWasBoughtThen() {
        acme.brings("plan", 9_600, GrowthKind.NEW);

        assertThat(told(acme.told(acme.fact("plan", 12_000, 24_000, GrowthKind.UPSELL, true, false, MARCH, MARCH)))).containsExactly("DISCOUNT_END 2.00 USD", "UPSELL 10.00 USD");
        acme.brings("plan", 9_600, GrowthKind.CONTRACTION);
        assertThat(told(acme.told(acme.fact("plan", 12_000, 12_000, GrowthKind.NONE, false, false, MARCH, MARCH)))).containsExactly("DISCOUNT_END 2.00 USD");
        acme.brings("plan", 9_600, GrowthKind.CONTRACTION);
        assertThat(told(acme.told(acme.fact("plan", 12_000, 10_800, GrowthKind.CONTRACTION, false, false, MARCH, MARCH)))).containsExactly("DISCOUNT_END 2.00 USD", "CONTRACTION -1.00 USD");
        assertThat(acme.movements).extracting(RevenueMovement::id).doesNotHaveDuplicates();
    }

    @Test
    void pausedIsContractionAndResumedIsReactivation() {
        acme.brings("plan", 1_200, GrowthKind.NEW);

        assertThat(told(acme.told(acme.fact("plan", 1_200, 1_200, GrowthKind.NONE, false, true, MARCH, MARCH)))).containsExactly("CONTRACTION -1.00 USD");
        assertThat(acme.told(acme.fact("plan", 1_200, 2_400, GrowthKind.UPSELL, true, true, MARCH, MARCH))).as("nobody pays for it").isEmpty();
        assertThat(told(acme.told(acme.fact("plan", 2_400, 2_400, GrowthKind.NONE, false, false, MARCH, MARCH)))).containsExactly("REACTIVATION 2.00 USD");
    }

    @Test
    void pausedBesideOthersIsContractionAndComesBackAsReactivation() {
        acme.brings("plan", 1_200, GrowthKind.NEW);
        acme.brings("other", 1_200, GrowthKind.NEW);

        assertThat(told(acme.told(acme.fact("other", 1_200, 1_200, GrowthKind.NONE, false, true, MARCH, MARCH)))).containsExactly("CONTRACTION -1.00 USD");
        assertThat(told(acme.told(acme.fact("other", 1_200, 1_200, GrowthKind.NONE, false, false, MARCH, MARCH)))).containsExactly("REACTIVATION 1.00 USD");
    }

    @Test
    void whatIsFreeIsNothingUntilItIsPaidFor() {
        assertThat(acme.brings("free", 0, GrowthKind.NEW)).isEmpty();
        assertThat(acme.told(acme.fact("free", 0, 0, GrowthKind.NONE, false, true, MARCH, MARCH))).isEmpty();
        assertThat(told(acme.brings("free", 1_200, GrowthKind.UPSELL))).as("the first that it pays").containsExactly("NEW 1.00 USD");
        assertThat(acme.brings("trial", 0, GrowthKind.NONE)).isEmpty();
        assertThat(told(acme.begins("trial", 1_200, LATER))).as("a second product").containsExactly("CROSS_SELL 1.00 USD");
    }

    @Test
    void eachMovementTellsWhatOfItIsUseAndUseGoesWithWhatNoLongerRecurs() {
        acme.brings("plan", 100_00 * 12, GrowthKind.NEW);
        acme.uses("plan", 30_00 * 12);
        acme.uses("plan", 250_00);
        acme.brings("plan", 150_00 * 12, GrowthKind.UPSELL);
        assertThat(acme.standing.use()).isEqualTo(20_83);
        acme.brings("plan", 0, GrowthKind.CHURN);

        assertThat(acme.movements).extracting(each -> each.use().minor()).containsExactly(0L, 30_00L, -9_17L, 0L, -20_83L);
        assertThat(acme.standing.use()).isZero();
    }

    @Test
    void useThatMovedNothingIsToldWithTheNextMovement() {
        acme.brings("plan", 100_00 * 12, GrowthKind.NEW);
        assertThat(acme.uses("plan", 5)).as("less than half a minor unit a month").isEmpty();
        acme.uses("plan", 11);
        acme.uses("plan", 18);
        acme.uses("plan", 0);

        assertThat(acme.movements).extracting(each -> each.use().minor()).containsExactly(0L, 1L, 1L, -2L);
    }

    @Test
    void whatIsUsedPastLimitsIsTheAmountOfTheLastClosedPeriod() {
        acme.brings("plan", 100_00 * 12, GrowthKind.NEW);

        assertThat(told(acme.uses("plan", 30_00 * 12))).containsExactly("USAGE_EXPANSION 30.00 USD");
        assertThat(told(acme.uses("plan", 50_00 * 12))).containsExactly("USAGE_EXPANSION 20.00 USD");
        assertThat(acme.uses("plan", 50_00 * 12)).as("as much as in the period before").isEmpty();
        assertThat(told(acme.uses("plan", 10_00 * 12))).containsExactly("CONTRACTION -40.00 USD");
        assertThat(told(acme.uses("plan", 0))).containsExactly("CONTRACTION -10.00 USD");
        assertThat(told(acme.uses("plan", 250_00))).as("a year's use is divided by twelve").containsExactly("USAGE_EXPANSION 20.83 USD");
        assertThat(told(acme.brings("plan", 150_00 * 12, GrowthKind.UPSELL))).as("what recurs moves by itself").containsExactly("UPSELL 50.00 USD");
        assertThat(told(acme.brings("plan", 0, GrowthKind.CHURN))).as("use goes with the rest").containsExactly("CHURN -170.83 USD");
        assertThat(acme.used(acme.usage("plan", 0, null, MARCH, MARCH))).as("and is told of again").isEmpty();
        assertThat(acme.standing.year()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void aPauseTakesUseAlongAndItComesBackWithTheRest() {
        acme.brings("plan", 100_00 * 12, GrowthKind.NEW);
        acme.uses("plan", 30_00 * 12);
        acme.told(acme.fact("plan", 100_00 * 12, 100_00 * 12, GrowthKind.NONE, true, true, MARCH, MARCH));
        acme.told(acme.fact("plan", 100_00 * 12, 100_00 * 12, GrowthKind.NONE, true, false, MARCH, MARCH));
        acme.used(acme.usage("plan", 30_00 * 12, null, MARCH, MARCH));

        assertThat(told(acme.movements)).containsExactly("NEW 100.00 USD", "USAGE_EXPANSION 30.00 USD", "CONTRACTION -130.00 USD", "REACTIVATION 100.00 USD", "REACTIVATION 30.00 USD");
    }

    @Test
    void ofAFreePlanUseIsTheFirstThatIsPaidAndItsFirstPriceIsMoreForAnotherPlan() {
        acme.brings("free", 0, GrowthKind.NEW);

        assertThat(told(acme.uses("free", 30_00 * 12))).containsExactly("NEW 30.00 USD");
        assertThat(told(acme.uses("free", 0))).containsExactly("CHURN -30.00 USD");
        assertThat(told(acme.uses("free", 20_00 * 12))).containsExactly("REACTIVATION 20.00 USD");
        assertThat(told(acme.brings("free", 50_00 * 12, GrowthKind.NEW))).containsExactly("UPSELL 50.00 USD");
    }

    @Test
    void whatIsHeardOfLateIsBookedInTheOpenMonthAndSaysWhenItWas() {
        Instant endOfMarch = Instant.parse("2026-03-31T23:30:00Z");
        acme.brings("plan", 1_200, GrowthKind.NEW);

        RevenueMovement inTime = acme.told(acme.fact("plan", 1_200, 2_400, GrowthKind.UPSELL, true, false, endOfMarch, Instant.parse("2026-04-05T23:59:59Z"))).getFirst();
        RevenueMovement late = acme.told(acme.fact("plan", 2_400, 3_600, GrowthKind.UPSELL, true, false, endOfMarch, Instant.parse("2026-04-06T00:00:00Z"))).getFirst();
        RevenueMovement after = acme.told(acme.fact("plan", 3_600, 4_800, GrowthKind.UPSELL, true, false, MARCH, Instant.parse("2026-04-06T00:00:01Z"))).getFirst();

        assertThat(List.of(inTime, late, after)).extracting(RevenueMovement::month).containsExactly(YearMonth.of(2026, 3), YearMonth.of(2026, 4), YearMonth.of(2026, 4));
        assertThat(late.effectiveAt()).isEqualTo(endOfMarch);
    }

    @Test
    void aMonthBeginsAtTheVendorsMidnightWhateverItsClocksDo() {
        Months berlin = new Months(ZoneId.of("Europe/Berlin"), 0, null);

        assertThat(berlin.holding(Instant.parse("2026-03-31T21:59:59Z"))).isEqualTo(YearMonth.of(2026, 3));
        assertThat(berlin.holding(Instant.parse("2026-03-31T22:00:00Z"))).as("summer time").isEqualTo(YearMonth.of(2026, 4));
        assertThat(berlin.holding(Instant.parse("2026-10-31T22:59:59Z"))).isEqualTo(YearMonth.of(2026, 10));
        assertThat(berlin.holding(Instant.parse("2026-10-31T23:00:00Z"))).as("winter time").isEqualTo(YearMonth.of(2026, 11));
        assertThat(new Months(ZoneId.of("America/Santiago"), 0, null).holding(Instant.parse("2026-04-01T02:59:59Z"))).isEqualTo(YearMonth.of(2026, 3));
        assertThat(berlin.closed(YearMonth.of(2026, 3), Instant.parse("2026-03-31T22:00:00Z"))).isTrue();
        assertThat(berlin.closed(YearMonth.of(2026, 3), Instant.parse("2026-03-31T21:59:59Z"))).isFalse();
    }

    @Test
    void aMonthThatIsClosedStaysSoThoughLaterSettingsWouldOpenIt() {
        Instant tenth = Instant.parse("2026-02-10T12:00:00Z");
        YearMonth open = new Months(ZoneId.of("UTC"), 5, null).open(tenth);
        Months longer = new Months(ZoneId.of("UTC"), 27, open);

        assertThat(new Months(ZoneId.of("UTC"), 27, null).closed(YearMonth.of(2026, 1), tenth)).as("by the days alone").isFalse();
        assertThat(longer.closed(YearMonth.of(2026, 1), tenth)).as("it was closed on the sixth").isTrue();
        assertThat(longer.booking(Instant.parse("2026-01-20T00:00:00Z"), tenth)).isEqualTo(YearMonth.of(2026, 2));
        assertThat(longer.open(Instant.parse("2026-03-27T12:00:00Z"))).as("February is open for 27 days").isEqualTo(YearMonth.of(2026, 2));
        assertThat(longer.open(Instant.parse("2026-03-28T12:00:00Z"))).isEqualTo(YearMonth.of(2026, 3));

        Instant midnight = Instant.parse("2026-02-06T00:30:00Z");
        YearMonth east = new Months(ZoneId.of("UTC"), 5, null).open(midnight);
        Months west = new Months(ZoneId.of("America/Los_Angeles"), 5, east);
        assertThat(new Months(ZoneId.of("America/Los_Angeles"), 5, null).open(midnight)).as("it is the fifth there").isEqualTo(YearMonth.of(2026, 1));
        assertThat(west.open(midnight)).isEqualTo(YearMonth.of(2026, 2));
    }

    @Test
    void openingAndMovementsAreTheClosingWhateverHappens() {
        ForAll.forAll(LedgerTest::life, facts -> {
            long balance = 0;
            YearMonth month = YearMonth.of(1970, 1);
            for (int i = 0; i < facts.movements.size(); i++) {
                RevenueMovement each = facts.movements.get(i);
                assertThat(each.number()).isEqualTo(i + 1);
                assertThat(each.opening().minor()).isEqualTo(balance);
                balance += each.amount().minor();
                assertThat(each.closing().minor()).isEqualTo(balance).isNotNegative();
                assertThat(each.amount().isZero()).isFalse();
                assertThat(i > 0 || each.kind() == MovementKind.NEW).isTrue();
                assertThat(each.kind() != MovementKind.NEW || each.month().equals(each.cohort())).isTrue();
                assertThat(each.kind() == MovementKind.CHURN || each.kind() == MovementKind.CONTRACTION).isEqualTo(each.amount().isNegative());
                assertThat(each.month()).isAfterOrEqualTo(month);
                assertThat(each.since()).isBetween(each.cohort(), each.month());
                month = each.month();
            }
            BigDecimal year = facts.counted.values().stream().map(Ledger.Counted::whole).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(facts.standing.year()).isEqualByComparingTo(year);
            assertThat(facts.standing.mrr()).isEqualTo(balance).isEqualTo(year.divide(BigDecimal.valueOf(12), 0, RoundingMode.HALF_UP).longValueExact());
        });
    }

    /** Some subscriptions of one account, of which whatever is recorded, at whatever time. */
    static Facts life(SplittableRandom random) {
        Facts facts = new Facts(random.nextBoolean() ? "USD" : "JPY", random.nextBoolean() ? "UTC" : "Pacific/Auckland", random.nextInt(28));
        Instant at = MARCH;
        for (int i = 0; i < 30; i++) {
            at = at.plus(Duration.ofHours(random.nextLong(1_000)));
            Instant effective = at.minus(Duration.ofHours(random.nextLong(2_000)));
            if (random.nextInt(3) == 0) {
                facts.used(facts.usage("s" + random.nextInt(3), random.nextInt(4) == 0 ? 0 : random.nextLong(50_000), random.nextBoolean() ? Ids.next() : null, effective, at));
                continue;
            }
            long before = random.nextInt(4) == 0 ? random.nextLong(3_000) : 0;
            facts.told(facts.fact(
                    "s" + random.nextInt(3), before, random.nextInt(3) == 0 ? 0 : random.nextLong(100_000), GrowthKind.values()[random.nextInt(GrowthKind.values().length)],
                    random.nextBoolean(), random.nextInt(6) == 0, effective, at));
        }
        return facts;
    }
}
