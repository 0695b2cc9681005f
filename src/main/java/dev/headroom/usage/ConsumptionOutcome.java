package dev.headroom.usage;

import dev.headroom.catalog.Feature;
import dev.headroom.limits.EffectiveLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a {@link Consumption}. */
public sealed interface ConsumptionOutcome {

    /**
     * It fit, and is recorded or held back.
     *
     * @param counter     as it is now
     * @param reservation absent for what was used right away
     * @param repeated    whether it was so before, under the same id: nothing changed
     */
    record Taken(UsageCounter counter, @Nullable Reservation reservation, boolean repeated) implements ConsumptionOutcome {}

    /**
     * It did not fit: nothing changed, and the same id may be tried again.
     *
     * @param feature whose limit it did not fit: the meter's own, or of another that counts the same events
     * @param limit   that it did not fit, the one in force
     * @param amount  of that feature
     * @param at      the instant of the decision
     */
    record Denied(Feature feature, EffectiveLimit limit, UsageCounter counter, long amount, Instant at) implements ConsumptionOutcome {}

    /** What was known of the limit is no longer so; nothing changed: read it again. */
    record TermsChanged() implements ConsumptionOutcome {}

    /**
     * It could never be recorded.
     *
     * @param field  of the event
     * @param reason for people, with what would be right
     */
    record Refused(String field, String reason) implements ConsumptionOutcome {}
}
