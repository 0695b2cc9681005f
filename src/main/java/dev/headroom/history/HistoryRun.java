package dev.headroom.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A history on its way into the ledger, of a file or of Stripe. Up to {@link State#LOOKED_AT} nothing of it counts.
 *
 * @param name       of the file
 * @param parts      pieces that it came in so far
 * @param fetched    subscriptions and invoices that were read at Stripe so far
 * @param broughtBy  absent until somebody has it brought
 * @param finishedAt when all of it was brought, or it was discarded
 * @param failure    absent unless it is {@link State#FAILED}
 */
public record HistoryRun(
        UUID id, Source source, String name, State state, String askedBy, Instant beganAt, int parts, int fetched, Counts counts, @Nullable String broughtBy, @Nullable Instant finishedAt,
        @Nullable Failure failure) {

    /** Who tells it. */
    public enum Source {
        FILE,
        STRIPE
    }

    /**
     * Why it cannot go on.
     *
     * @param in the state to which it returns when somebody tries again
     */
    public record Failure(State in, String reason) {}

    /** How far it has come; each follows from one before it. */
    public enum State {
        /** Pieces of the file are being gathered. */
        OPEN,
        /** All subscriptions that Stripe has are being read, also those that are over. */
        SUBSCRIPTIONS,
        /** All invoices that Stripe has are being read. */
        INVOICES,
        READING,
        /** What would come of each account is looked at; nothing is written but the report. */
        LOOKING,
        /** The report is whole: it may be brought. */
        LOOKED_AT,
        BRINGING,
        BROUGHT,
        /** It cannot go on; what was brought of it stays, and somebody may try again or discard the rest. */
        FAILED,
        /** Nothing more comes of it, and nothing of it is kept. */
        DISCARDED;

        /** Whether it goes on by itself. */
        public boolean working() {
            return switch (this) {
                case SUBSCRIPTIONS, INVOICES, READING, LOOKING, BRINGING -> true;
                case OPEN, LOOKED_AT, BROUGHT, FAILED, DISCARDED -> false;
            };
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
