package dev.headroom.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.IntStream;

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
        Interval shorter = own.months() < interval.months() ? own : interval;
        Instant end = periodContaining(shorter, beginning).until();
        BillingAnchor other = new BillingAnchor(end);
        boolean stays = IntStream.rangeClosed(1, MONTHS_OF_ALL_LENGTHS / own.months()).allMatch(n -> begins(shorter, other.start(own, n)));
        return Optional.of(end).filter(_ -> stays && !end.isAfter(new BillingAnchor(beginning).start(own, 1)));
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
