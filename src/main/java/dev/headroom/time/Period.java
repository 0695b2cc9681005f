package dev.headroom.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A half-open stretch of time {@code [from, until)}: two periods that meet share no second and lose none.
 *
 * @param from  inclusive
 * @param until exclusive, after {@code from}
 */
public record Period(Instant from, Instant until) {

    public Period {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("A period must end after it starts: [" + from + ", " + until + ")");
        }
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    /** Whole seconds between the ends, as Stripe counts them. */
    public long seconds() {
        return Duration.between(from, until).toSeconds();
    }

    /** Whole seconds from {@code at} to the end; all of them before the period, none after it. */
    public long secondsRemaining(Instant at) {
        if (at.isBefore(from)) {
            return seconds();
        }
        return at.isBefore(until) ? Duration.between(at, until).toSeconds() : 0;
    }

    @Override
    public String toString() {
        return "[" + from + ", " + until + ")";
    }
}
