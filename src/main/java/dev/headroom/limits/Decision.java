package dev.headroom.limits;

import dev.headroom.limits.Limit.Policy;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a {@link Demand} is met, all of it or nothing, and how things stand after it.
 *
 * @param remaining   included units then left, never negative; absent when unlimited
 * @param usedPercent of the included units, rounded down, past 100 when they are passed; absent when unlimited
 * @param overage     units of this demand that lie past the included amount and are priced
 * @param graceUntil  exclusive; present while a grace of days is used
 * @param blocksAt    the most units that may be used in all as things stand, grace included; absent when nothing blocks
 */
public record Decision(
        boolean allowed,
        Reason reason,
        State state,
        @Nullable Long remaining,
        @Nullable Long usedPercent,
        long overage,
        @Nullable Instant graceUntil,
        @Nullable Long blocksAt) {

    /** Why. */
    public enum Reason {
        UNLIMITED,
        INCLUDED,
        SOFT_LIMIT_PASSED,
        OVERAGE_PRICED,
        WITHIN_GRACE,
        /** Denied: no source grants the feature. */
        NOT_GRANTED,
        /** Denied: it would not fit the limit, nor the grace's percentage if there is one. */
        LIMIT_REACHED,
        /** Denied: the days of grace are over. */
        GRACE_ENDED
    }

    /** How things stand, for a meter. */
    public enum State {
        OK,
        /** At the soft limit, at the end of what is included, or past a limit that only warns. */
        WARNING,
        /** Past what is included, at a price. */
        OVERAGE,
        /** Past a hard limit that does not block yet. */
        GRACE,
        /** Not one more unit. */
        BLOCKED
    }

    public static Decision on(EffectiveLimit effective, Demand wished) {
        Demand demand = wished.under(effective);
        Long ceiling = effective.ceiling(demand.at(), demand.passedSince());
        boolean allowed = effective.isGranted() && fits(demand.total(), ceiling);
        long used = allowed ? demand.total() : demand.used();
        Long included = effective.limit().included();
        State state = state(effective, used, ceiling);
        return new Decision(
                allowed,
                allowed ? reason(effective.limit(), used) : denial(effective, demand),
                state,
                included == null ? null : Long.valueOf(Math.max(0, included - used)),
                included == null ? null : Long.valueOf(percent(used, included)),
                allowed ? overage(effective.limit(), demand) : 0,
                state == State.GRACE ? graceUntil(effective.limit().grace(), demand) : null,
                effective.isGranted() ? ceiling : null);
    }

    private static boolean fits(long total, @Nullable Long ceiling) {
        return ceiling == null || total <= ceiling;
    }

    private static Reason reason(Limit limit, long used) {
        if (limit.included() == null) {
            return Reason.UNLIMITED;
        }
        return used <= limit.included() ? Reason.INCLUDED : switch (limit.policy()) {
            case HARD -> Reason.WITHIN_GRACE;
            case OVERAGE -> Reason.OVERAGE_PRICED;
            case SOFT -> Reason.SOFT_LIMIT_PASSED;
        };
    }

    private static Reason denial(EffectiveLimit effective, Demand demand) {
        if (!effective.isGranted()) {
            return Reason.NOT_GRANTED;
        }
        return effective.graceIsOver(demand.at(), demand.passedSince()) ? Reason.GRACE_ENDED : Reason.LIMIT_REACHED;
    }

    private static State state(EffectiveLimit effective, long used, @Nullable Long ceiling) {
        Long included = effective.limit().included();
        if (included == null) {
            return State.OK;
        }
        if (ceiling != null && used >= ceiling) {
            return State.BLOCKED;
        }
        return used > included ? pastState(effective.limit().policy()) : withinState(effective.limit(), included, used);
    }

    private static State pastState(Policy policy) {
        return switch (policy) {
            case HARD -> State.GRACE;
            case OVERAGE -> State.OVERAGE;
            case SOFT -> State.WARNING;
        };
    }

    private static State withinState(Limit limit, long included, long used) {
        Long softLimit = limit.softLimit();
        return used >= (softLimit == null ? included : softLimit) ? State.WARNING : State.OK;
    }

    private static long percent(long used, long included) {
        return included == 0 ? 100 : Exact.saturated(Exact.times(used, 100).divide(BigInteger.valueOf(included)));
    }

    private static long overage(Limit limit, Demand demand) {
        Long included = limit.included();
        return included == null || limit.policy() != Policy.OVERAGE
                ? 0
                : Math.max(0, demand.total() - Math.max(included, demand.used()));
    }

    private static @Nullable Instant graceUntil(Grace grace, Demand demand) {
        Instant since = demand.passedSince() == null ? demand.at() : demand.passedSince();
        return grace.days() == 0 ? null : grace.endsAfter(since);
    }
}
