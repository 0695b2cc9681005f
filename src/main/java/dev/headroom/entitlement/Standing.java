package dev.headroom.entitlement;

import dev.headroom.catalog.Feature;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A total beside what is included: which thresholds it has passed that nobody was told of.
 *
 * @param included absent when unlimited or not granted: then there is nothing to pass
 * @param since    when so much as was used before had been passed; absent when it was not, or where that is not known
 */
record Standing(Total total, Feature feature, @Nullable Long included, @Nullable Instant since) {

    static Standing of(Total total, Feature feature, EffectiveLimit limit) {
        Instant since = limit.passedSince(total.before(), total.counter().passedAt());
        return new Standing(total, feature, limit.isGranted() ? limit.limit().included() : null, since);
    }

    /**
     * Whether what was noted is of other terms than these: either they have changed since, or a change is not known here yet. What was noted
     * after a change of the terms agrees with them again.
     */
    boolean contradicts() {
        return included == null ? total.counter().passedAt() != null : total.toldOf() != null && !included.equals(total.toldOf());
    }

    /** Ascending. */
    List<Integer> passed() {
        return feature.thresholds().stream().filter(threshold -> threshold > told() && reached(threshold, total.counter().used())).toList();
    }

    /** Units past what is included, if it is passed just now; 0 while it is not, and when it was before. */
    long passing() {
        return included == null || total.counter().used() <= included || passedBefore(included) ? 0 : total.counter().used() - included;
    }

    /** Used of included, rounded down. */
    int percent() {
        long limit = Objects.requireNonNull(included);
        return limit == 0 ? 100 : BigInteger.valueOf(total.counter().used()).multiply(BigInteger.valueOf(100)).divide(BigInteger.valueOf(limit))
                .min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    }

    /** What to remember of it; empty when that is known already. */
    Optional<Note> note(Instant at) {
        if (included == null) {
            return Optional.ofNullable(total.counter().passedAt())
                    .map(_ -> new Note(total.counter(), total.told(), Objects.requireNonNullElse(total.toldOf(), 0L), null));
        }
        Instant passedAt = passedAt(included, at);
        int highest = highest(total.counter().used());
        boolean same = included.equals(total.toldOf());
        if (same && !rearms()) {
            highest = Math.max(highest, total.told());
        }
        boolean told = highest == total.told() && (same || highest == 0 && total.toldOf() == null);
        return told && Objects.equals(passedAt, total.counter().passedAt())
                ? Optional.empty()
                : Optional.of(new Note(total.counter(), highest, included, passedAt));
    }

    /** Grace begins anew each time that the limit is passed: after use fell below it, after a limit that held it, or while there was none. */
    private @Nullable Instant passedAt(long limit, Instant at) {
        if (total.counter().used() <= limit) {
            return null;
        }
        return Objects.requireNonNullElse(since, at);
    }

    private boolean passedBefore(long limit) {
        return total.before() > limit && total.counter().passedAt() != null;
    }

    /** What never starts again from zero may fall, and then pass again. */
    private boolean rearms() {
        return feature.reset() == Reset.NEVER || feature.reset() == Reset.ROLLING;
    }

    /** Of another amount nobody was told anything, and of what use fell below meanwhile it was long ago. */
    private int told() {
        if (included == null || !included.equals(total.toldOf())) {
            return 0;
        }
        return rearms() ? Math.min(total.told(), highest(total.before())) : total.told();
    }

    private int highest(long used) {
        return feature.thresholds().stream().filter(threshold -> reached(threshold, used)).mapToInt(Integer::intValue).max().orElse(0);
    }

    private boolean reached(int threshold, long used) {
        Long limit = included;
        return limit != null && limit > 0 && BigInteger.valueOf(used).multiply(BigInteger.valueOf(100))
                .compareTo(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(threshold))) >= 0;
    }
}
