package dev.headroom.preview;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stripe would bill something else than we reckon: what is promised meanwhile is Stripe's amount, and somebody may want to know why.
 *
 * @param last       what was compared last
 * @param actor      who asked for the quote that was compared last
 * @param seen       how many quotes found it so
 * @param resolvedAt when a later comparison agreed; absent while none has
 */
public record Drift(
        UUID id, AccountId account, SubscriptionId subscription, Difference last, String actor, int seen, Instant firstSeenAt, Instant lastSeenAt,
        @Nullable Instant resolvedAt) {

    /** Which invoice was compared. */
    public enum Compared {
        /** The one that accepting makes. */
        NOW,
        /** The one after it. */
        NEXT
    }

    /** What of a difference is known to be beyond our arithmetic. */
    public enum Cause {
        ITEM_DISCOUNT,
        CUSTOMER_DISCOUNT,
        /** Something waited at Stripe for an invoice. */
        WAITING,
        /** The customer's balance at Stripe was another than we had read. */
        BALANCE
    }

    /**
     * Two answers to one question: what an invoice comes to with the customer's balance, without taxes on top; either may be negative.
     *
     * @param why empty where nobody knows
     */
    public record Difference(UUID quote, Compared invoice, Money ours, Money stripes, List<Cause> why) {}
}
