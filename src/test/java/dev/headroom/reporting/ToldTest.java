package dev.headroom.reporting;

import static dev.headroom.ForAll.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headroom.money.Money;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sums of several currencies in one: by hand, and whatever they are, the parts add up. */
class ToldTest {

    private static final Currency DOLLARS = Currency.getInstance("USD");
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final RateSet IN_DOLLARS = new RateSet(DOLLARS, MAY, true, List.of(rate("EUR", "USD", "1.0842"), rate("JPY", "USD", "0.0066")));

    private static ReportingRate rate(String of, String in, String rate) {
        return new ReportingRate(1, Currency.getInstance(of), Currency.getInstance(in), MAY, new BigDecimal(rate), null, "test", Instant.EPOCH);
    }

    @Test
    void aMonthOfEurosYenAndDollarsIsToldInDollars() {
        RevenueMonth told = Told.month(
                List.of(
                        month("EUR", 1_000_00, sum(MovementKind.UPSELL, 33_33, "EUR"), sum(MovementKind.CHURN, -100_05, "EUR")),
                        month("JPY", 100_000, sum(MovementKind.NEW, 1_001, "JPY")), month("USD", 500_00, sum(MovementKind.CONTRACTION, -1, "USD"))),
                IN_DOLLARS);

        assertThat(told.opening()).as("1,084.20 + 660.00 + 500.00").isEqualTo(Money.of(2_244_20, "USD"));
        assertThat(told.closing()).as("933.28 · 1.0842 + 101,001 · 0.0066 + 499.99 = 2,178.458776").isEqualTo(Money.of(2_178_46, "USD"));
        assertThat(said(told.movements())).as("after the contraction 2,244.19, the churn 2,135.71579, what is new 2,142.32239: rounded, and each the difference to the one before it")
                .containsExactly("NEW 6.60 USD", "UPSELL 36.14 USD", "CONTRACTION -0.01 USD", "CHURN -108.47 USD");
        assertThat(told.openingAccounts()).isEqualTo(6);
        assertThat(told.closed()).isTrue();
    }

    @Test
    void yenHaveNoMinorUnit() {
        RateSet inYen = new RateSet(Currency.getInstance("JPY"), MAY, false, List.of(rate("EUR", "JPY", "164.25"), rate("USD", "JPY", "151.5")));

        assertThat(inYen.told(List.of(Money.of(10_01, "EUR")))).as("10.01 · 164.25 = 1,644.1425").isEqualTo(Money.of(1_644, "JPY"));
        assertThat(inYen.told(List.of(Money.of(1, "USD"), Money.of(-1, "EUR")))).as("1.515 − 1.6425").isEqualTo(Money.of(0, "JPY"));
        assertThat(inYen.exact(Money.of(1, "USD"))).isEqualByComparingTo("1.515");
    }

    @Test
    void aCurrencyWithoutARateIsNeverGuessed() {
        assertThatIllegalArgumentException().isThrownBy(() -> IN_DOLLARS.exact(Money.of(1, "GBP"))).withMessage("No rate of GBP in USD");
    }

    @Test
    void retentionIsThatOfWhatStandsBesideIt() {
        Retention told = Told.retention(
                List.of(
                        retention("EUR", 100_00, 90_00, 80_00, sum(MovementKind.UPSELL, 10_00, "EUR"), sum(MovementKind.CHURN, -20_00, "EUR")),
                        retention("JPY", 10_000, 12_000, 10_000, sum(MovementKind.UPSELL, 2_000, "JPY"))),
                IN_DOLLARS);

        assertThat(List.of(told.start(), told.end(), told.kept())).as("108.42 + 66.00, 97.578 + 79.20, 86.736 + 66.00")
                .containsExactly(Money.of(174_42, "USD"), Money.of(176_78, "USD"), Money.of(152_74, "USD"));
        assertThat(told.netPoints()).as("176.78 / 174.42").isEqualTo(10_135);
        assertThat(told.grossPoints()).as("152.74 / 174.42").isEqualTo(8_757);
        assertThat(said(told.movements())).containsExactly("UPSELL 24.04 USD", "CHURN -21.68 USD");
    }

    @Test
    void grossRetentionOfACohortIsTheChainOfItsMonthsInOneCurrency() {
        Cohort told = Told.cohort(
                List.of(cohort(List.of(cell("EUR", 0, 100_00, 0), cell("EUR", 1, 50_00, -50_00))), cohort(List.of(cell("JPY", 0, 10_000, 0), cell("JPY", 1, 10_000, 0)))),
                Definition.MOVEMENTS, IN_DOLLARS);

        assertThat(told.start()).isEqualTo(Money.of(174_42, "USD"));
        assertThat(told.cells().get(1).mrr()).isEqualTo(Money.of(120_21, "USD"));
        assertThat(told.cells().get(1).grossPoints()).as("(174.42 − 54.21) / 174.42").isEqualTo(6_892);
        assertThat(told.cells()).extracting(Cell::kept).containsExactly(Money.of(174_42, "USD"), Money.of(120_21, "USD"));
        assertThat(told.cells().getFirst().grossPoints()).isEqualTo(10_000);
    }

    @Test
    void openingAndMovementsAreAlwaysTheClosingAndEachIsLessThanAMinorUnitFromItsExactValue() {
        forAll(ToldTest::twoMonths, months -> {
            RateSet rates = months.rates;
            RevenueMonth first = Told.month(months.first, rates);
            RevenueMonth second = Told.month(months.second, rates);

            for (RevenueMonth told : List.of(first, second)) {
                assertThat(told.movements().stream().map(KindSum::amount).reduce(told.opening(), Money::plus)).isEqualTo(told.closing());
            }
            assertThat(second.opening()).isEqualTo(first.closing());
            first.movements().forEach(step -> {
                List<KindSum> of = months.first.stream().flatMap(each -> each.movements().stream()).filter(each -> each.kind() == step.kind()).toList();
                BigDecimal exact = rates.exact(of.stream().map(KindSum::amount).toList());
                assertThat(exact.subtract(BigDecimal.valueOf(step.amount().minor())).abs()).as("%s of %s", step, exact).isLessThan(BigDecimal.ONE);
                assertThat(step.movements()).isEqualTo(of.stream().mapToLong(KindSum::movements).sum());
            });
        });
    }

    @Test
    void whatWasLostFromTheStartIsWhatIsKept() {
        forAll(ToldTest::twoMonths, months -> {
            List<Retention> each = months.first.stream().map(ToldTest::retention).toList();
            Retention told = Told.retention(each, months.rates);

            assertThat(told.movements().stream().map(KindSum::amount).reduce(told.start(), Money::plus)).isEqualTo(told.end());
            assertThat(told.movements().stream().filter(sum -> lost(sum.kind())).map(KindSum::amount).reduce(told.start(), Money::plus)).isEqualTo(told.kept());
        });
    }

    @Test
    void inOneCurrencyAloneNothingChanges() {
        forAll(ToldTest::twoMonths, months -> {
            RevenueMonth any = months.first.getFirst();
            assertThat(Told.month(List.of(any), new RateSet(any.opening().currency(), MAY, true, List.of()))).isEqualTo(any);
        });
    }

    private record TwoMonths(RateSet rates, List<RevenueMonth> first, List<RevenueMonth> second) {}

    private static TwoMonths twoMonths(SplittableRandom random) {
        List<String> codes = List.of("USD", "EUR", "GBP", "JPY");
        String in = codes.get(random.nextInt(codes.size()));
        RateSet rates = new RateSet(
                Currency.getInstance(in), MAY, true,
                codes.stream().filter(code -> !code.equals(in)).map(code -> rate(code, in, BigDecimal.valueOf(random.nextLong(1, 2_000_000), 4).toPlainString())).toList());
        List<RevenueMonth> first = codes.stream().map(code -> month(code, random.nextLong(1_000_000), moved(random, code))).toList();
        return new TwoMonths(rates, first, first.stream().map(each -> month(each.closing().currency().getCurrencyCode(), each.closing().minor(), moved(random, each.closing().currency().getCurrencyCode()))).toList());
    }

    private static KindSum[] moved(SplittableRandom random, String code) {
        List<KindSum> moved = new ArrayList<>();
        Stream.of(MovementKind.values()).filter(_ -> random.nextBoolean()).forEach(kind -> moved.add(sum(kind, random.nextLong(100_000) * (lost(kind) ? -1 : 1), code)));
        return moved.toArray(KindSum[]::new);
    }

    private static boolean lost(MovementKind kind) {
        return kind == MovementKind.CONTRACTION || kind == MovementKind.CHURN;
    }

    private static Retention retention(RevenueMonth of) {
        Money kept = of.movements().stream().filter(sum -> lost(sum.kind())).map(KindSum::amount).reduce(of.opening(), Money::plus);
        return new Retention(MAY, MAY.plusMonths(1), Definition.MOVEMENTS, false, false, true, of.opening(), of.closing(), kept, of.movements(), null, null);
    }

    private static Retention retention(String code, long start, long end, long kept, KindSum... movements) {
        return new Retention(
                MAY, MAY.plusMonths(1), Definition.MOVEMENTS, false, false, true, Money.of(start, code), Money.of(end, code), Money.of(kept, code), List.of(movements), null, null);
    }

    private static RevenueMonth month(String code, long opening, KindSum... movements) {
        Money opened = Money.of(opening, code);
        return new RevenueMonth(MAY, opened, List.of(movements), Stream.of(movements).map(KindSum::amount).reduce(opened, Money::plus), 2, 2, true);
    }

    private static KindSum sum(MovementKind kind, long minor, String code) {
        return new KindSum(kind, Money.of(minor, code), 1);
    }

    private static Cohort cohort(List<Cell> cells) {
        return new Cohort(MAY, 1, cells.getFirst().mrr(), 1, cells);
    }

    private static Cell cell(String code, int age, long mrr, long lost) {
        return new Cell(age, MAY.plusMonths(age), Money.of(mrr, code), Money.of(mrr, code), Money.of(lost, code), Money.of(0, code), 1, null, null, null, null, true);
    }

    private static List<String> said(List<KindSum> of) {
        return of.stream().map(each -> each.kind() + " " + each.amount()).toList();
    }
}
