package dev.headroom.sync;

import dev.headroom.account.AccountId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which our mirror of a subscription or customer is not what Stripe has.
 *
 * @param stripeId      of the subscription or customer
 * @param ours          how it is here, theirs how it is at Stripe; absent where it is not
 * @param repairAskedBy who has asked for the repair that is still to be done
 * @param failure       why the last repair did not help
 * @param endedAt       since when it is level again; absent while it is not
 * @param endedBy       who had it repaired; absent where it was found level by itself
 */
public record StripeDifference(
        UUID id, String stripeId, AccountId account, Aspect aspect, @Nullable String ours, @Nullable String theirs, Instant firstSeenAt,
        Instant lastSeenAt, @Nullable String repairAskedBy, @Nullable String failure, @Nullable Instant endedAt, @Nullable String endedBy) {

    /** In what they differ. */
    public enum Aspect {
        STATE,
        ITEMS,
        FOREIGN_PRICES,
        PERIOD,
        TRIAL,
        END,
        DISCOUNTS,
        BALANCE,
        BILLING_MODE,
        OPEN_INVOICE,
        /** What Stripe puts on invoices that no quote reckons with: tax, discounts of items or of the customer. */
        UNRECKONED,
        /** It runs at Stripe, for a customer that is an account's, and is not here. */
        NOT_HERE,
        /** It runs here, and Stripe lists it no more. */
        NOT_AT_STRIPE,
        /** The account's customer is gone at Stripe. */
        CUSTOMER_GONE
    }

    /** What was found, before it is known whether that is new. */
    record Found(String stripeId, AccountId account, Aspect aspect, @Nullable String ours, @Nullable String theirs) {}
}
