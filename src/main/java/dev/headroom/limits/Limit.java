package dev.headroom.limits;

import dev.headroom.money.UnitPrice;
import dev.headroom.time.Reset;
import org.jspecify.annotations.Nullable;

/**
 * How much of a feature is included, and what happens past it.
 *
 * @param included     units a reset period, inclusive; absent when unlimited
 * @param softLimit    units from which to warn, at most {@code included}; absent to warn only when nothing is left
 * @param grace        of a hard limit
 * @param overagePrice of each unit past {@code included}; present exactly with {@link Policy#OVERAGE}
 */
public record Limit(
        @Nullable Long included,
        Policy policy,
        @Nullable Long softLimit,
        Grace grace,
        Reset reset,
        @Nullable UnitPrice overagePrice) {

    /** What happens past the included amount. */
    public enum Policy {
        /** Blocked, once the grace is over. */
        HARD,
        /** Allowed and priced. */
        OVERAGE,
        /** Allowed with a warning. */
        SOFT
    }

    public Limit {
        if (included != null && included < 0) {
            throw new IllegalArgumentException("An included amount cannot be negative: " + included);
        }
        if (softLimit != null && (softLimit < 0 || included == null || softLimit > included)) {
            throw new IllegalArgumentException("A soft limit lies between 0 and what is included, " + included + ", not at " + softLimit);
        }
        if ((overagePrice != null) != (policy == Policy.OVERAGE)) {
            throw new IllegalArgumentException("Overage, and only overage, has a price; the policy is " + policy);
        }
        if (policy != Policy.HARD && !grace.isNone()) {
            throw new IllegalArgumentException("Only a hard limit has a grace, not " + policy);
        }
    }

    public static Limit unlimited() {
        return new Limit(null, Policy.SOFT, null, Grace.NONE, Reset.NEVER, null);
    }

    public static Limit hard(long included, Reset reset) {
        return hard(included, Grace.NONE, reset);
    }

    public static Limit hard(long included, Grace grace, Reset reset) {
        return new Limit(included, Policy.HARD, null, grace, reset, null);
    }

    public static Limit soft(long included, Reset reset) {
        return new Limit(included, Policy.SOFT, null, Grace.NONE, reset, null);
    }

    public static Limit overage(long included, UnitPrice each, Reset reset) {
        return new Limit(included, Policy.OVERAGE, null, Grace.NONE, reset, each);
    }

    /** The same limit with a warning from so many units on. */
    public Limit warningAt(long units) {
        return new Limit(included, policy, units, grace, reset, overagePrice);
    }

    public boolean isUnlimited() {
        return included == null;
    }

    /** So many of the same together; never more than the largest long, which never binds. */
    public Limit times(long quantity) {
        return included == null ? this : new Limit(
                Exact.saturated(Exact.times(included, quantity)),
                policy,
                softLimit == null ? null : Exact.saturated(Exact.times(softLimit, quantity)),
                grace,
                reset,
                overagePrice);
    }

    /** More units of the same kind: the soft limit keeps its distance to the end. */
    Limit plus(long units) {
        return included == null ? this : new Limit(
                Exact.sum(included, units),
                policy,
                softLimit == null ? null : Exact.sum(softLimit, units),
                grace,
                reset,
                overagePrice);
    }
}
