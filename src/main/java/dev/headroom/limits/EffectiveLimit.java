package dev.headroom.limits;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one limit that holds for a feature.
 *
 * @param sources what it is made of, the winner first and then the add-ons that add to it; empty when nothing grants the feature
 * @param earlier what held until something ended by the clock, the last first; empty where that decides nothing
 */
public record EffectiveLimit(Limit limit, List<Source> sources, List<Earlier> earlier) {

    public EffectiveLimit {
        sources = List.copyOf(sources);
        earlier = List.copyOf(earlier);
    }

    EffectiveLimit(Limit limit, List<Source> sources) {
        this(limit, sources, List.of());
    }

    /**
     * How much was included before.
     *
     * @param included absent when unlimited
     * @param until    exclusive
     */
    public record Earlier(@Nullable Long included, Instant until) {

        boolean held(long used) {
            return included == null || used <= included;
        }
    }

    /** The same, knowing what held before. */
    public EffectiveLimit after(List<Earlier> before) {
        return before.isEmpty() ? this : new EffectiveLimit(limit, sources, before);
    }

    /**
     * The most generous source. Add-ons add their amount to the plan's, as long as both reset alike; otherwise they compete.
     * More included units win, counted over a month; then the policy that blocks least; then the kind named first.
     * Without any source, zero units with a hard limit.
     */
    public static EffectiveLimit of(List<Source> sources) {
        return Merge.of(sources);
    }

    public boolean isGranted() {
        return !sources.isEmpty();
    }

    /**
     * The most units that may be used in all, inclusive, at an instant; absent when nothing blocks.
     *
     * @param passedSince when the included amount was first passed in this reset period; absent when it was not
     */
    public @Nullable Long ceiling(Instant at, @Nullable Instant passedSince) {
        Long included = limit.included();
        if (included == null || limit.policy() != Limit.Policy.HARD) {
            return null;
        }
        if (limit.grace().isNone() || graceIsOver(at, passedSince)) {
            return included;
        }
        long ceiling = limit.grace().ceiling(included);
        return ceiling == Long.MAX_VALUE ? null : Long.valueOf(ceiling);
    }

    /**
     * Since when the included amount has been passed: when that was noted as something was used, or when what held so much ended later, of
     * which nobody takes note. Absent while it is not passed, or where it is not known.
     *
     * @param noted when it was first passed by use, as far as that was noted
     */
    public @Nullable Instant passedSince(long used, @Nullable Instant noted) {
        Long included = limit.included();
        if (included == null || used <= included) {
            return null;
        }
        Instant ended = null;
        for (Earlier each : earlier) {
            ended = each.until();
            if (each.held(used)) {
                return noted == null || noted.isBefore(ended) ? ended : noted;
            }
        }
        return noted == null ? ended : noted;
    }

    boolean graceIsOver(Instant at, @Nullable Instant passedSince) {
        return passedSince != null && !limit.grace().isNone() && !at.isBefore(limit.grace().endsAfter(passedSince));
    }
}
