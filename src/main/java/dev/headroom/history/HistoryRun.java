package dev.headroom.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of history on its way into the ledger. Up to {@link State#LOOKED_AT} nothing of it counts.
 *
 * @param name       of the file
 * @param parts      pieces that it came in so far
 * @param broughtBy  absent until somebody has it brought
 * @param finishedAt when all of it was brought
 */
public record HistoryRun(
        UUID id, String name, State state, String askedBy, Instant beganAt, int parts, Counts counts, @Nullable String broughtBy, @Nullable Instant finishedAt) {

    /** How far it has come; each follows from the one before it. */
    public enum State {
        /** Pieces of the file are being gathered. */
        OPEN,
        READING,
        /** What would come of each account is looked at; nothing is written but the report. */
        LOOKING,
        /** The report is whole: it may be brought. */
        LOOKED_AT,
        BRINGING,
        BROUGHT;

        /** Whether it goes on by itself. */
        public boolean working() {
            return this == READING || this == LOOKING || this == BRINGING;
        }
    }

    /**
     * What was counted so far.
     *
     * @param lines     with something in them, the one with the columns not among them
     * @param wrong     lines with a mistake of their own
     * @param accounts  that the lines are of
     * @param fresh     accounts that are made for it
     * @param known     accounts of which all was brought before
     * @param refused   accounts of which nothing is brought
     * @param movements that are booked
     */
    public record Counts(int lines, int wrong, int accounts, int fresh, int known, int refused, int movements) {

        /** Accounts of which something is brought, once all were looked at. */
        public int placed() {
            return accounts - known - refused;
        }
    }
}
