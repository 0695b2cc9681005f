package dev.headroom.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The instant that fixes when every billing period of a subscription begins, in UTC as Stripe counts.
 *
 * <p>The day of the month never drifts: each period is counted from the anchor, so Jan 31 is followed by Feb 28 (or 29), Mar 31,
 * Apr 30. The periods of one interval tile all of time, before the anchor too.
 *
 * @param at the beginning of period 0
 */
public record BillingAnchor(Instant at) {

    /** In eight years every month has had each of its lengths, but for a century without a leap day. */
    private static final int MONTHS_OF_ALL_LENGTHS = 96;

    /** The period number {@code n}, counted from the anchor; negative numbers lie before it. */
    public Period period(Interval interval, long n) {
        return new Period(start(interval, n), start(interval, n + 1));
    }

    /** The one period that holds the instant. */
    public Period periodContaining(Interval interval, Instant instant) {
        return period(interval, number(interval, instant));
    }

    /** The period after the one that holds the instant. */
    public Period periodAfter(Interval interval, Instant instant) {
        return period(interval, number(interval, instant) + 1);
    }

    /** Whether one of the periods begins at that instant. */
    public boolean begins(Interval interval, Instant instant) {
        return periodContaining(interval, instant).from().equals(instant);
    }

    /**
     * Where the first period of something ends that begins at an instant, whose later periods are counted from there, and all of whose periods end with
     * these: at the next end of one of these, by the shorter of both intervals. Empty where that cannot be: where it would be a longer period than the
     * others, and where the end of a short month, which cut days off, would be the day of all months from there on.
     *
     * @param interval of these periods
     * @param own      of what begins
     */
    public Optional<Instant> meeting(Interval interval, Interval own, Instant beginning) {
        Instant end = periodContaining(shorter(interval, own), beginning).until();
        return Optional.of(end).filter(_ -> meets(interval, new BillingAnchor(end), own, end) && !end.isAfter(new BillingAnchor(beginning).start(own, 1)));
    }

    /**
     * The ends of these periods after an instant from which on whatever is counted from there begins with one of these each time, by the shorter of both
     * intervals; the first one first, and without end.
     *
     * @param interval of these periods
     * @param own      of what is counted from there
     */
    public Stream<Instant> meetings(Interval interval, Interval own, Instant after) {
        Interval shorter = shorter(interval, own);
        return Stream.iterate(periodContaining(shorter, after).until(), end -> periodContaining(shorter, end).until())
                .filter(end -> meets(interval, new BillingAnchor(end), own, end));
    }

    /**
     * Whether from an instant on every period that is counted from another anchor begins with one of these, by the shorter of both intervals.
     *
     * @param interval of these periods
     * @param own      of the others
     */
    public boolean meets(Interval interval, BillingAnchor other, Interval own, Instant from) {
        Interval shorter = shorter(interval, own);
        long first = other.number(own, from);
        return IntStream.rangeClosed(0, MONTHS_OF_ALL_LENGTHS / own.months()).allMatch(n -> begins(shorter, other.start(own, first + n)));
    }

    private static Interval shorter(Interval one, Interval other) {
        return other.months() < one.months() ? other : one;
    }

    private long number(Interval interval, Instant instant) {
        long months = ChronoUnit.MONTHS.between(YearMonth.from(utc(at)), YearMonth.from(utc(instant)));
        long n = Math.floorDiv(months, interval.months());
        return start(interval, n).isAfter(instant) ? n - 1 : n;
    }

    private Instant start(Interval interval, long n) {
        return utc(at).plusMonths(Math.multiplyExact(n, interval.months())).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
