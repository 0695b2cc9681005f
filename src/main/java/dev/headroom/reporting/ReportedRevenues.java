package dev.headroom.reporting;

import dev.headroom.actor.Actor;
import dev.headroom.money.Money;
import dev.headroom.revenue.Cohorts;
import dev.headroom.revenue.Cohorts.Cohort;
import dev.headroom.revenue.MovementFilter;
import dev.headroom.revenue.MovementPages;
import dev.headroom.revenue.MovementPages.Total;
import dev.headroom.revenue.PayingAccounts;
import dev.headroom.revenue.PayingAccounts.Range;
import dev.headroom.revenue.PayingAccounts.RetainedSum;
import dev.headroom.revenue.Retention;
import dev.headroom.revenue.Retention.Definition;
import dev.headroom.revenue.RevenueMonth;
import dev.headroom.revenue.Revenues;
import dev.headroom.revenue.Segments;
import dev.headroom.revenue.Segments.Dimension;
import dev.headroom.revenue.Segments.Segment;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * The figures of recurring revenue, all currencies in one: each is asked for in its own currency, and their sums are converted by the rates of one month, whatever
 * month they tell of. For whoever may see REVENUE; bounds are those of each figure in one currency.
 */
@Service
public class ReportedRevenues {

    private final Revenues revenues;
    private final Cohorts cohorts;
    private final Segments segments;
    private final MovementPages movements;
    private final PayingAccounts paying;

    ReportedRevenues(Revenues revenues, Cohorts cohorts, Segments segments, MovementPages movements, PayingAccounts paying) {
        this.revenues = revenues;
        this.cohorts = cohorts;
        this.segments = segments;
        this.movements = movements;
        this.paying = paying;
    }

    /** @see Revenues#months */
    public List<RevenueMonth> months(Actor actor, RateSet rates, YearMonth from, YearMonth until) {
        return grouped(rates, in -> revenues.months(actor, in, from, until), RevenueMonth::month).map(each -> Told.month(each, rates)).toList();
    }

    /** @see Revenues#retention */
    public List<Retention> retention(Actor actor, RateSet rates, Definition definition, int length, YearMonth from, YearMonth until) {
        return grouped(rates, in -> revenues.retention(actor, in, definition, length, from, until), Retention::from).map(each -> Told.retention(each, rates)).toList();
    }

    /** @see Cohorts#cohorts */
    public List<Cohort> cohorts(Actor actor, RateSet rates, Definition definition, YearMonth from, YearMonth until, int oldest) {
        return grouped(rates, in -> cohorts.cohorts(actor, in, definition, from, until, oldest), Cohort::month).map(each -> Told.cohort(each, definition, rates)).toList();
    }

    /** Pieces that have the same key in several currencies are one; a size is of what is paid in its own currency. @see Segments#segments */
    public List<Segment> segments(Actor actor, RateSet rates, Dimension by, YearMonth from, YearMonth until) {
        return grouped(rates, in -> segments.segments(actor, in, by, from, until), Segment::key).map(each -> Told.segment(each, rates)).sorted(Segments.order(by)).toList();
    }

    /**
     * Movements of one currency, as they are and converted.
     *
     * @param exact minor units of the currency that is told in, not rounded
     */
    public record Part(Money amount, Money use, long movements, BigDecimal exact) {}

    /**
     * What movements come to together: the exact parts added up, rounded once.
     *
     * @param use   what of it is use past limits
     * @param parts of every currency that there are any in
     */
    public record Together(Money amount, Money use, long movements, List<Part> parts) {
        public Together {
            parts = List.copyOf(parts);
        }
    }

    /** Of everything that a filter lists. */
    public Together together(Actor actor, RateSet rates, MovementFilter filter) {
        Currency only = filter.currency();
        List<Part> parts = (only == null ? rates.currencies() : List.of(only)).stream()
                .map(in -> movements.total(actor, filter.in(in)))
                .filter(total -> total.movements() > 0)
                .map(total -> part(total, rates))
                .toList();
        BigDecimal exact = parts.stream().map(Part::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Together(rates.round(exact), rates.told(parts.stream().map(Part::use).toList()), parts.stream().mapToLong(Part::movements).sum(), parts);
    }

    private static Part part(Total total, RateSet rates) {
        return new Part(total.amount(), total.use(), total.movements(), rates.exact(total.amount()));
    }

    /**
     * What became of what accounts paid when a range began: start, end and kept are those of retention account by account.
     *
     * @param parts of every currency that anybody paid in, in that one; each is what its list adds up to
     */
    public record RetainedAtRates(RetainedSum sum, List<RetainedSum> parts) {
        public RetainedAtRates {
            parts = List.copyOf(parts);
        }
    }

    /** @see PayingAccounts#retainedSum */
    public RetainedAtRates retained(Actor actor, RateSet rates, YearMonth from, YearMonth until) {
        List<RetainedSum> parts = rates.currencies().stream().map(in -> paying.retainedSum(actor, new Range(in, from, until))).filter(each -> each.accounts() > 0).toList();
        return new RetainedAtRates(Told.retained(parts, rates), parts);
    }

    /** What is the same thing in each currency, in its order. */
    private static <T, K extends Comparable<K>> Stream<List<T>> grouped(RateSet rates, Function<Currency, Collection<T>> figures, Function<T, K> key) {
        return rates.currencies().stream().flatMap(in -> figures.apply(in).stream()).collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList())).values().stream();
    }
}
