package dev.headroom.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The instant that fixes when every billing period of a subscription begins, in UTC as Stripe counts.
 *
 * <p>The day of the month never drifts: each period is counted from the anchor, so Jan 31 is followed by Feb 28 (or 29), Mar 31,
 * Apr 30. The periods of one interval tile all of time, before the anchor too.
 *
 * @param at the beginning of period 0
 */
public record BillingAnchor(Instant at) {

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
