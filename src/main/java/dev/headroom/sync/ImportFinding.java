package dev.headroom.sync;

import org.jspecify.annotations.Nullable;

/**
 * What an import, dry or not, has made of one object at Stripe.
 *
 * @param name    at Stripe, for people
 * @param becomes what it is here, or would be; absent where it could not be mapped
 * @param reason  why it could not be mapped
 */
public record ImportFinding(ImportedKind kind, String stripeId, Outcome outcome, String name, @Nullable String becomes, @Nullable String reason) {

    /** What was looked at, in this order. */
    public enum ImportedKind {
        PRODUCT,
        PRICE,
        CUSTOMER,
        SUBSCRIPTION
    }

    /** What came of it. */
    public enum Outcome {
        /** It was taken in, or would be. */
        MAPPED,
        /** It has been here before. */
        KNOWN,
        NOT_MAPPED
    }

    /** How many of a kind came to what. */
    public record Tally(ImportedKind kind, Outcome outcome, int count) {}

    static ImportFinding mapped(ImportedKind kind, String stripeId, String name, String becomes) {
        return new ImportFinding(kind, stripeId, Outcome.MAPPED, name, becomes, null);
    }

    static ImportFinding known(ImportedKind kind, String stripeId, String name, String becomes) {
        return new ImportFinding(kind, stripeId, Outcome.KNOWN, name, becomes, null);
    }

    static ImportFinding notMapped(ImportedKind kind, String stripeId, String name, String reason) {
        return new ImportFinding(kind, stripeId, Outcome.NOT_MAPPED, name, null, reason);
    }
}
