package dev.headroom.sync;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A way through everything that an account at Stripe has, a page at a time, so that it is bounded in what it costs and goes on where somebody
 * died.
 *
 * @param stage      what is being read
 * @param position   where its next page begins; absent for its first
 * @param read       objects so far
 * @param found      those of them of which there is something to say
 * @param finishedAt absent while it is under way
 * @param failure    why it ended early
 */
public record Walk(
        UUID id, Kind kind, Settings settings, String askedBy, Instant beganAt, String stage, @Nullable String position, int read, int found,
        @Nullable Instant finishedAt, @Nullable String failure) {

    /** What it is for. */
    public enum Kind {
        RECONCILIATION,
        /** An import that writes nothing but its report. */
        DRY_RUN,
        IMPORT
    }

    /**
     * How an import takes things in; empty for a reconciliation.
     *
     * @param product  key of the product that plans are taken into
     * @param keyField of a customer's metadata, in which the vendor keeps its own key; empty takes Stripe's id
     * @param currency of customers of whom Stripe knows none
     * @param withoutSubscriptions whether it ends before subscriptions, so that their history can be read first; absent where they are taken in
     */
    public record Settings(String product, String keyField, String currency, @Nullable Boolean withoutSubscriptions) {
        static final Settings NONE = new Settings("", "", "", null);
    }

    /** What the next page says: where the one after it begins, and how much this one had. */
    record Step(@Nullable String stage, @Nullable String position, int read, int found) {}
}
