package dev.headroom.limits;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wish to use more of a feature.
 *
 * @param used        units so far in this reset period
 * @param requested   units on top; 0 asks how things stand, and is denied only past the limit
 * @param passedSince when the included amount was first passed in this reset period; absent when it was not
 */
public record Demand(long used, long requested, Instant at, @Nullable Instant passedSince) {

    public Demand {
        if (used < 0 || requested < 0) {
            throw new IllegalArgumentException("Units cannot be negative: " + used + " used, " + requested + " requested");
        }
    }

    public static Demand of(long used, long requested, Instant at) {
        return new Demand(used, requested, at, null);
    }

    /** Without what was passed before the limit was raised, and with what was passed when it fell. */
    Demand under(EffectiveLimit limit) {
        Instant since = limit.passedSince(used, passedSince);
        return Objects.equals(since, passedSince) ? this : new Demand(used, requested, at, since);
    }

    long total() {
        return Exact.sum(used, requested);
    }
}
