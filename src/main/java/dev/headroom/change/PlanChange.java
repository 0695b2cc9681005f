package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quote being carried out.
 *
 * @param subscriptionVersion the version that was quoted
 * @param from                what was on the subscription
 * @param to                  what shall be
 * @param due                 what was promised to be charged
 * @param charged             what was charged, once it is known
 * @param attempt             how often Stripe was asked under a key of its own; 0 before the first time
 * @param failureCode         Stripe's, or the rule's
 * @param confirmBy           when Stripe gives up waiting for the bank; null unless the bank is waited for
 */
public record PlanChange(
        AccountId account, UUID id, SubscriptionId subscription, UUID quote, long subscriptionVersion, State state, GrowthKind growth,
        SubscriptionTerms from, SubscriptionTerms to, Instant quotedAt, Instant quoteExpiresAt, Money due, @Nullable Money charged, String actor, Instant requestedAt, int attempt,
        @Nullable Instant attemptedAt, @Nullable String invoice, @Nullable String failureCode, @Nullable String failureMessage,
        @Nullable Instant decidedAt, @Nullable Instant confirmBy) {

    /** What it is called where something follows from it. */
    String cause() {
        return "plan-change:" + id;
    }

    /** The failure code of a change that Stripe would have charged another amount for. */
    static final String AMOUNT_DIFFERS = "amount_differs";

    /** Where a change stands. */
    public enum State {
        /** Stored, and being carried out. */
        REQUESTED,
        /** The bank wants to hear from the card's holder. */
        ACTION_REQUIRED,
        /** Given up while the bank was waited for, and being taken back at Stripe. */
        CANCELING,
        /** Charged what was quoted, and in force. */
        APPLIED,
        /** In force, but charged something else: an alert was raised. */
        MISMATCHED,
        /** The card was declined; nothing changed. */
        DECLINED,
        /** Stripe would have charged something else, or refused; nothing changed. */
        REFUSED,
        /** It could not be carried out while the quote was valid; nothing changed. */
        ABANDONED,
        /** Given up before the payment was confirmed; nothing changed. */
        CANCELED;

        public boolean open() {
            return this == REQUESTED || this == ACTION_REQUIRED || this == CANCELING;
        }
    }
}
