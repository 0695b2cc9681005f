package dev.headroom.limits;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * How far and for how long a hard limit may be passed before it blocks; with both, neither may be exceeded.
 *
 * @param days    counted from the instant at which the limit was first passed; 0 for no end
 * @param percent of the included amount, rounded down to whole units; 0 for no bound
 */
public record Grace(int days, int percent) {

    public static final Grace NONE = new Grace(0, 0);

    public Grace {
        if (days < 0 || percent < 0) {
            throw new IllegalArgumentException("Grace cannot be negative: " + days + " days, " + percent + " percent");
        }
    }

    public boolean isNone() {
        return days == 0 && percent == 0;
    }

    /** Exclusive; for a limit first passed at that instant; far away when only a percentage is given. */
    public Instant endsAfter(Instant passedSince) {
        return days == 0 ? Instant.MAX : passedSince.plus(Duration.ofDays(days));
    }

    /** The included amount plus the percentage; {@link Long#MAX_VALUE} when only days are given. */
    long ceiling(long included) {
        return percent == 0 ? Long.MAX_VALUE : Exact.saturated(Exact.times(included, 100L + percent).divide(BigInteger.valueOf(100)));
    }
}
