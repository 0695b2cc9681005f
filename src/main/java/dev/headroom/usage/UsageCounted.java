package dev.headroom.usage;

import dev.headroom.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counters changed: published in the transaction that changed them, which holds them until it ends.
 *
 * @param others accounts with counters that changed in ways that the totals do not tell
 * @param totals those of whole windows in which something was used, as they are now; of one that rolls, what was used in the days up to now
 */
public record UsageCounted(Set<AccountId> others, List<Total> totals) {

    /**
     * Some who wished to consume or to hold something back were refused: published in the transaction that decided it, which holds the
     * counters until it ends.
     */
    public record UsageDenied(List<ConsumptionOutcome.Denied> denials) {}

    /**
     * A counter and how far its thresholds were told of.
     *
     * @param before  used before this
     * @param told    the highest threshold, in percent; 0 for none
     * @param toldOf  of which included amount
     */
    public record Total(UsageCounter counter, long before, int told, @Nullable Long toldOf) {}

    /**
     * What is to be noted at a counter.
     *
     * @param told     the highest threshold that was told of, in percent
     * @param toldOf   of which included amount
     * @param passedAt when it was passed; absent while it is not
     */
    public record Note(UsageCounter counter, int told, long toldOf, @Nullable Instant passedAt) {}
}
