package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events of a range of time of one account that come later than events may: gathered first, looked at, counted all at once, and taken back all at
 * once if they were wrong.
 *
 * @param meters    whose events these are; each counts events of its own
 * @param range     in which all of them happened
 * @param replaces  whether what these meters had there before gives way
 * @param events    gathered while it is open, and from then on those of them that were counted
 * @param known     those of them that had been counted before, and were not again
 * @param replaced  how many gave way
 * @param appliedAt absent until it is
 * @param endedAt   when it was reversed or discarded
 */
record Backfill(
        UUID id, AccountId account, List<FeatureId> meters, Period range, boolean replaces, ClosedPeriods closedPeriods, String reason, State state,
        String openedBy, Instant openedAt, @Nullable Instant appliedAt, @Nullable Instant endedAt, int events, int known, int replaced) {

    Backfill {
        meters = List.copyOf(meters);
    }

    /** How far it is. */
    enum State {
        /** Gathers events; nothing counts yet. */
        OPEN,
        /** Its events count. */
        APPLIED,
        /** Its events counted, and are gone again; what had given way to them is back. */
        REVERSED,
        /** Was never applied and never will be. */
        DISCARDED
    }

    /** What becomes of an event whose billing period is closed. */
    enum ClosedPeriods {
        /** It counts in the period that runs, as what is recorded late does: what was billed stays as it was. */
        ADJUST,
        /** It counts in the period of its time: for a history from before Headroom billed anything. */
        RESTATE
    }

    /** What applying it does, or reversing it: only totals that change. */
    record Effect(int events, int known, int replaced, List<Change> totals) {

        Effect {
            totals = List.copyOf(totals);
        }
    }

    /**
     * A total of a whole window.
     *
     * @param window {@link dev.headroom.time.Reset#EVER} for what never starts again; for what rolls too, and then the amounts are of the days up to now
     */
    record Change(FeatureId feature, Period window, long before, long after) {}
}
