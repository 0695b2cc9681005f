package dev.headroom.limits;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one limit that holds for a feature.
 *
 * @param sources what it is made of, the winner first and then the add-ons that add to it; empty when nothing grants the feature
 */
public record EffectiveLimit(Limit limit, List<Source> sources) {

    public EffectiveLimit {
        sources = List.copyOf(sources);
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

    boolean graceIsOver(Instant at, @Nullable Instant passedSince) {
        return passedSince != null && !limit.grace().isNone() && !at.isBefore(limit.grace().endsAfter(passedSince));
    }
}
