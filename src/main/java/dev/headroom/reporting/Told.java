package dev.headroom.reporting;

import dev.headroom.money.Money;
import dev.headroom.revenue.Cohorts;
import dev.headroom.revenue.Cohorts.Cell;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.MovementKind;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.RevenueMonth.KindSum;
import dev.headroom.revenue.Segments.Segment;
import dev.headroom.revenue.Segments.SegmentMonth;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thing of several currencies, told in one. Ratios are those of the amounts that stand beside them. */
final class Told {

    private static final BigDecimal POINTS = BigDecimal.valueOf(10_000);

    private Told() {}

    static RevenueMonth month(List<RevenueMonth> of, RateSet rates) {
        RevenueMonth any = of.getFirst();
        return new RevenueMonth(
                any.month(), sum(of, RevenueMonth::opening, rates), Steps.from(each(of, RevenueMonth::opening), movements(of, RevenueMonth::movements), rates),
                sum(of, RevenueMonth::closing, rates), count(of, RevenueMonth::openingAccounts), count(of, RevenueMonth::closingAccounts), of.stream().allMatch(RevenueMonth::closed),
                of.stream().anyMatch(RevenueMonth::pastOpen));
    }

    static Retention retention(List<Retention> of, RateSet rates) {
        Retention any = of.getFirst();
        Money start = sum(of, Retention::start, rates);
        Money end = sum(of, Retention::end, rates);
        Money kept = sum(of, Retention::kept, rates);
        return new Retention(
                any.from(), any.until(), any.definition(), any.reactivation(), any.priceIncrease(), any.use(), start, end, kept,
                Steps.from(each(of, Retention::start), movements(of, Retention::movements), rates), Retention.points(end.minor(), start.minor()),
                Retention.points(kept.minor(), start.minor()));
    }

    static RetainedSum retained(List<RetainedSum> of, RateSet rates) {
        return new RetainedSum(count(of, RetainedSum::accounts), sum(of, RetainedSum::start, rates), sum(of, RetainedSum::end, rates), sum(of, RetainedSum::kept, rates));
    }

    static Cohort cohort(List<Cohort> of, Definition definition, RateSet rates) {
        BigDecimal start = rates.exact(each(of, Cohort::start));
        long accounts = count(of, Cohort::accounts);
        Map<Integer, List<Cell>> byAge = of.stream().flatMap(each -> each.cells().stream()).collect(Collectors.groupingBy(Cell::age, TreeMap::new, Collectors.toList()));
        List<Cell> cells = new ArrayList<>();
        BigDecimal share = BigDecimal.ONE;
        BigDecimal opening = BigDecimal.ZERO;
        for (List<Cell> now : byAge.values()) {
            share = cells.isEmpty() ? share : share.multiply(Cohorts.left(opening, rates.exact(each(now, Cell::lost))), MathContext.DECIMAL128);
            opening = rates.exact(each(now, Cell::mrr));
            cells.add(cell(now, new Start(rates.round(start), accounts), switch (definition) {
                case MOVEMENTS -> start.multiply(share);
                case ACCOUNTS -> rates.exact(each(now, Cell::kept));
            }, rates));
        }
        return new Cohort(of.getFirst().month(), count(of, Cohort::joined), rates.round(start), accounts, cells);
    }

    /** What a cohort is measured from. */
    private record Start(Money paid, long accounts) {}

    private static Cell cell(List<Cell> of, Start start, BigDecimal kept, RateSet rates) {
        Cell any = of.getFirst();
        Money mrr = sum(of, Cell::mrr, rates);
        Money net = sum(of, Cell::net, rates);
        long accounts = count(of, Cell::accounts);
        return new Cell(
                any.age(), any.month(), mrr, net, sum(of, Cell::lost, rates), rates.round(kept), accounts, Retention.points(mrr.minor(), start.paid.minor()),
                Retention.points(net.minor(), start.paid.minor()),
                points(kept, start.paid), Retention.points(accounts, start.accounts), any.mature());
    }

    private static @Nullable Long points(BigDecimal part, Money whole) {
        return whole.isZero() ? null : Long.valueOf(part.multiply(POINTS).divide(BigDecimal.valueOf(whole.minor()), 0, RoundingMode.HALF_UP).longValueExact());
    }

    /** What it moved is what its months moved. */
    static Segment segment(List<Segment> of, RateSet rates) {
        Segment any = of.getFirst();
        List<SegmentMonth> months = of.stream().flatMap(each -> each.months().stream())
                .collect(Collectors.groupingBy(SegmentMonth::month, TreeMap::new, Collectors.toList())).values().stream().map(each -> segmentMonth(each, rates)).toList();
        return new Segment(
                any.key(), any.name(), sum(of, Segment::opening, rates), added(months), sum(of, Segment::closing, rates),
                any.openingAccounts() == null ? null : Long.valueOf(count(of, each -> Objects.requireNonNull(each.openingAccounts()))),
                any.closingAccounts() == null ? null : Long.valueOf(count(of, each -> Objects.requireNonNull(each.closingAccounts()))),
                retention(of.stream().map(Segment::retention).toList(), rates), months);
    }

    private static SegmentMonth segmentMonth(List<SegmentMonth> of, RateSet rates) {
        return new SegmentMonth(
                of.getFirst().month(), sum(of, SegmentMonth::opening, rates), Steps.from(each(of, SegmentMonth::opening), movements(of, SegmentMonth::movements), rates),
                sum(of, SegmentMonth::closing, rates));
    }

    private static List<KindSum> added(List<SegmentMonth> months) {
        return months.stream().flatMap(each -> each.movements().stream())
                .collect(Collectors.toMap(
                        KindSum::kind, Function.identity(), (one, other) -> new KindSum(one.kind(), one.amount().plus(other.amount()), one.movements() + other.movements()),
                        () -> new EnumMap<>(MovementKind.class)))
                .values().stream().toList();
    }

    private static <T> List<Money> each(List<T> of, Function<T, Money> amount) {
        return of.stream().map(amount).toList();
    }

    private static <T> Money sum(List<T> of, Function<T, Money> amount, RateSet rates) {
        return rates.told(each(of, amount));
    }

    private static <T> long count(List<T> of, ToLongFunction<T> count) {
        return of.stream().mapToLong(count).sum();
    }

    private static <T> List<KindSum> movements(List<T> of, Function<T, List<KindSum>> movements) {
        return of.stream().flatMap(each -> movements.apply(each).stream()).toList();
    }
}
