package dev.headroom.projection;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.projection.Assumptions.PriceRise;
import dev.headroom.projection.Projection.FlowSum;
import dev.headroom.projection.Projection.ProjectedMonth;
import dev.headroom.projection.Projection.Standing;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.SettingsVersions.RevenueSettings;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The worked examples of docs/metrics.md, reckoned by hand, and what holds whatever is assumed. */
class ProjectingTest {

    private static final YearMonth FIRST = YearMonth.of(2025, 1);
    /** 2 % churn, 1 % contraction, 2 % expansion, 1 % new business. */
    private static final Map<MovementKind, Long> EVEN = Map.of(MovementKind.CHURN, -20_00L, MovementKind.CONTRACTION, -10_00L, MovementKind.UPSELL, 15_00L, MovementKind.SEAT_EXPANSION, 5_00L, MovementKind.NEW, 10_00L);

    private static RevenueSettings told(boolean reactivation, boolean priceIncrease) {
        return new RevenueSettings(1, ZoneOffset.UTC, 5, reactivation, priceIncrease, true, "test", null, null);
    }

    private static List<RevenueMonth> even(int months) {
        return IntStream.range(0, months).mapToObj(number -> month(number, 1_000_00, EVEN)).toList();
    }

    private static RevenueMonth month(int number, long opening, Map<MovementKind, Long> moved) {
        List<KindSum> sums = moved.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(each -> new KindSum(each.getKey(), euros(each.getValue()), 1)).toList();
        long closing = opening + moved.values().stream().mapToLong(Long::longValue).sum();
        return new RevenueMonth(FIRST.plusMonths(number), euros(opening), sums, euros(closing), 1, 1, true);
    }

    private static Money euros(long minor) {
        return Money.of(minor, "EUR");
    }

    private static Projection of(List<RevenueMonth> closed, Assumptions assumptions) {
        return new Projecting(closed, told(false, false), assumptions).projection();
    }

    private static Assumptions churn(int points) {
        return new Assumptions(points, 100, 100, 100, null);
    }

    @Test
    void withNothingAssumedMonthsAreAsTheyWere() {
        Projection projection = of(even(12), Assumptions.NONE);
        assertThat(projection.base()).isEqualTo(projection.assumed());
        assertThat(projection.base().get(Flow.CHURN)).isEqualByComparingTo("-0.02");
        assertThat(projection.months()).hasSize(12).allSatisfy(month -> assertThat(month.closing()).isEqualTo(euros(1_000_00)));
        assertThat(projection.months().getFirst().month()).isEqualTo(YearMonth.of(2026, 1));
        assertThat(projection.months().getLast().movements()).extracting(FlowSum::flow, sum -> sum.amount().minor()).containsExactly(
                tuple(Flow.CHURN, -20_00L), tuple(Flow.CONTRACTION, -10_00L), tuple(Flow.EXPANSION, 20_00L), tuple(Flow.PRICE_INCREASE, 0L), tuple(Flow.REACTIVATION, 0L), tuple(Flow.NEW_BUSINESS, 10_00L));
        assertThat(projection.months().getLast().arr()).isEqualTo(euros(12_000_00));
        assertThat(projection.netPoints()).as("0.99 to the power of 12").isEqualTo(88_64);
    }

    @Test
    void aPointLessChurnAndHalfAsMuchExpansionMoreComeToTheSame() {
        for (Assumptions each : List.of(churn(-100), new Assumptions(0, 100, 150, 100, null))) {
            Projection projection = of(even(12), each);
            assertThat(projection.months()).extracting(month -> month.closing().minor()).startsWith(1_010_00L, 1_020_10L, 1_030_30L, 1_040_60L).endsWith(1_126_83L);
            assertThat(projection.netPoints()).isEqualTo(100_00);
        }
        assertThat(of(even(12), new Assumptions(0, 100, 150, 100, null)).months().get(2).movements()).as("each level is rounded once, and nothing is left over")
                .extracting(sum -> sum.amount().minor()).containsExactly(-20_40L, -10_20L, 30_60L, 0L, 0L, 10_20L);
    }

    @Test
    void whoLeavesBecauseOfARiseDoesNotPayIt() {
        Assumptions rise = new Assumptions(0, 100, 100, 100, new PriceRise(2, 500, 200));
        Projection projection = of(even(12), rise);
        assertThat(projection.months()).extracting(month -> month.closing().minor()).startsWith(1_000_00L, 1_029_00L, 1_029_00L).endsWith(1_029_00L);
        assertThat(projection.months().get(1).movements()).extracting(sum -> sum.amount().minor()).containsExactly(-40_00L, -10_00L, 20_00L, 49_00L, 0L, 10_00L);
        assertThat(projection.netPoints()).as("without what rose in price").isEqualTo(86_38);
        assertThat(new Projecting(even(12), told(false, true), rise).projection().netPoints()).as("with it").isEqualTo(91_23);
    }

    @Test
    void whoComesBackCountsInNetRetentionWhereTheSettingsSaySo() {
        List<RevenueMonth> closed = IntStream.range(0, 12).mapToObj(number -> month(number, 1_000_00, Map.of(MovementKind.CHURN, -10_00L, MovementKind.REACTIVATION, 10_00L))).toList();
        assertThat(of(closed, Assumptions.NONE).netPoints()).isEqualTo(88_64);
        assertThat(new Projecting(closed, told(true, false), Assumptions.NONE).projection().netPoints()).isEqualTo(100_00);
    }

    @Test
    void ratesAreTheMeanOfMonthsThatOpenedWithSomething() {
        Projection projection = of(List.of(month(0, 0, Map.of(MovementKind.NEW, 100_00L)), month(1, 100_00, Map.of(MovementKind.UPSELL, 10_00L)), month(2, 110_00, Map.of())), Assumptions.NONE);
        assertThat(projection.observed()).isEqualTo(2);
        assertThat(projection.base().get(Flow.EXPANSION)).isEqualByComparingTo("0.05");
        assertThat(projection.months().getFirst().closing()).isEqualTo(euros(115_50));
    }

    @Test
    void theBandOfMonthsThatWereAllAlikeIsTheMiddle() {
        assertThat(of(even(6), churn(-100)).months()).allSatisfy(month -> assertThat(List.of(month.low(), month.high())).containsOnly(month.closing()));
    }

    @Test
    void theBandHoldsFourFifthsOfWhatWholeMonthsCouldMake() {
        List<RevenueMonth> closed = new ArrayList<>(even(5));
        closed.add(month(5, 1_000_00, Map.of(MovementKind.CHURN, -100_00L)));
        Projection projection = of(closed, Assumptions.NONE);
        ProjectedMonth first = projection.months().getFirst();
        assertThat(List.of(first.low(), first.high())).as("one month in six loses a tenth, which is more than one in ten").containsExactly(euros(810_00), euros(900_00));
        assertThat(first.closing()).isEqualTo(euros(885_00));
        assertThat(projection.netLowPoints()).isLessThan(projection.netPoints());
        assertThat(projection.netHighPoints()).isGreaterThan(projection.netPoints());
        assertThat(of(closed, Assumptions.NONE)).as("always the same").isEqualTo(projection);
    }

    @Test
    void fewerThanSixMonthsHaveNoBandAndNoneAtAllNoRates() {
        Projection few = of(even(5), Assumptions.NONE);
        assertThat(few.standing()).isEqualTo(Standing.WITHOUT_BAND);
        assertThat(few.months()).hasSize(12).allSatisfy(month -> assertThat(month.low() == null && month.high() == null).isTrue());
        assertThat(few.netPoints()).isEqualTo(88_64);
        assertThat(few.netLowPoints()).isNull();
        assertThat(of(even(6), Assumptions.NONE).standing()).isEqualTo(Standing.BANDED);
        Projection none = of(List.of(month(0, 0, Map.of())), Assumptions.NONE);
        assertThat(none.standing()).isEqualTo(Standing.NOTHING_OBSERVED);
        assertThat(none.months()).isEmpty();
    }

    @Test
    void whatIsMoreThanAnAmountCanBeIsNotTold() {
        Projection projection = of(List.of(month(0, 1, Map.of(MovementKind.NEW, 1_000_000_00L))), Assumptions.NONE);
        assertThat(projection.standing()).isEqualTo(Standing.BEYOND_BOUNDS);
        assertThat(projection.months()).isEmpty();
    }

    @Test
    void allOfItMayLeaveAndNoMore() {
        Projection projection = of(even(12), new Assumptions(10_000, 100, 0, 0, null));
        assertThat(projection.assumed().get(Flow.CHURN)).isEqualByComparingTo("-1");
        assertThat(projection.months().getFirst().closing()).isEqualTo(euros(0));
        assertThat(projection.months().getFirst().movements()).extracting(sum -> sum.amount().minor()).startsWith(-1_000_00L, 0L);
        assertThat(of(even(12), churn(-10_000)).assumed().get(Flow.CHURN)).isEqualByComparingTo("0");
    }

    @Test
    void whatCannotBeAssumedIsRefusedByItsName() {
        refused("assumptions.churnPoints", () -> churn(10_001));
        refused("assumptions.contractionPercent", () -> new Assumptions(0, -1, 100, 100, null));
        refused("assumptions.expansionPercent", () -> new Assumptions(0, 100, 1_001, 100, null));
        refused("assumptions.newBusinessPercent", () -> new Assumptions(0, 100, 100, 1_001, null));
        refused("assumptions.priceRise.month", () -> new PriceRise(13, 500, 0));
        refused("assumptions.priceRise.points", () -> new PriceRise(1, 0, 0));
        refused("assumptions.priceRise.lossPoints", () -> new PriceRise(1, 500, 10_001));
    }

    private static void refused(String field, Runnable made) {
        assertThatThrownBy(made::run).isInstanceOfSatisfying(HeadroomException.class, refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private record Story(List<RevenueMonth> closed, int less, int more, Assumptions beside) {

        static Story of(SplittableRandom random) {
            List<RevenueMonth> closed = IntStream.range(0, random.nextInt(10) == 0 ? 6 : 1 + random.nextInt(5)).mapToObj(number -> any(number, random)).toList();
            int less = random.nextInt(-300, 2_000);
            return new Story(closed, less, less + random.nextInt(1, 500), new Assumptions(
                    0, random.nextInt(200), random.nextInt(200), random.nextInt(200), random.nextBoolean() ? null : new PriceRise(1 + random.nextInt(12), 1 + random.nextInt(2_000), random.nextInt(2_000))));
        }

        private static RevenueMonth any(int number, SplittableRandom random) {
            long opening = random.nextInt(1, 10_000_00);
            return month(number, opening, Map.of(
                    MovementKind.CHURN, -random.nextLong(opening / 2 + 1), MovementKind.CONTRACTION, -random.nextLong(opening / 3 + 1), MovementKind.UPSELL, random.nextLong(opening / 2 + 1),
                    MovementKind.PRICE_INCREASE, random.nextLong(opening / 9 + 1), MovementKind.REACTIVATION, random.nextLong(opening / 9 + 1), MovementKind.NEW, random.nextLong(opening + 1)));
        }

        Projection with(int points) {
            return ProjectingTest.of(closed, new Assumptions(points, beside.contractionPercent(), beside.expansionPercent(), beside.newBusinessPercent(), beside.priceRise()));
        }
    }

    @Test
    void openingAndMovementsAreTheClosingAndMoreChurnIsNeverMoreRevenue() {
        forAll(Story::of, story -> {
            Projection less = story.with(story.less);
            Projection more = story.with(story.more);
            Money opening = less.opening();
            for (int at = 0; at < 12; at++) {
                ProjectedMonth month = less.months().get(at);
                ProjectedMonth worse = more.months().get(at);
                assertThat(month.opening()).isEqualTo(opening);
                assertThat(month.movements().stream().map(FlowSum::amount).reduce(opening, Money::plus)).isEqualTo(month.closing());
                assertThat(worse.closing()).isLessThanOrEqualTo(month.closing());
                if (month.low() != null) {
                    assertThat(month.low()).isLessThanOrEqualTo(month.high());
                    assertThat(worse.low()).isLessThanOrEqualTo(month.low());
                    assertThat(worse.high()).isLessThanOrEqualTo(month.high());
                }
                opening = month.closing();
            }
        });
    }
}
