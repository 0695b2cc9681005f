package dev.headroom.overage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.id.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Units that Stripe is told of, or money that is given back for them; stored before Stripe is asked.
 *
 * @param windowFrom beginning of the window in which they were used
 * @param units      negative takes some back
 * @param firstAt    when Stripe was asked first; absent until then
 * @param at         when it was asked last, and that is also when it says they were used
 */
record Report(
        AccountId account, UUID id, FeatureId feature, Instant windowFrom, UUID price, long units, Kind kind, State state,
        @Nullable Instant firstAt, @Nullable Instant at) {

    /** How Stripe is told. */
    enum Kind {
        /** By an event to the meter of the price. */
        EVENT,
        /** By money on the customer's balance, for units that were billed and count no more. */
        CREDIT
    }

    /** How far it is. */
    enum State {
        OPEN,
        SENT,
        /** Was sent, and is to be taken back. */
        CANCELING,
        CANCELED,
        /** Never arrived, and its units are in another one; or nobody can tell, and somebody has to look. */
        GIVEN_UP
    }

    private static final String IDENTIFIER = "headroom_";

    /** Under which Stripe counts it once. */
    String identifier() {
        return IDENTIFIER + id;
    }

    /** Which report an identifier is of; empty for none of ours. */
    static Optional<UUID> identified(String identifier) {
        return identifier.startsWith(IDENTIFIER) ? Ids.parse(identifier.substring(IDENTIFIER.length())) : Optional.empty();
    }
}
