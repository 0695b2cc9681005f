package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.SubscriptionId;
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
 */
public record PlanChange(
        AccountId account, UUID id, SubscriptionId subscription, UUID quote, long subscriptionVersion, State state, GrowthKind growth, Terms from,
        Terms to, Instant quotedAt, Instant quoteExpiresAt, Money due, @Nullable Money charged, String actor, Instant requestedAt, int attempt,
        @Nullable Instant attemptedAt, @Nullable String invoice, @Nullable String failureCode, @Nullable String failureMessage,
        @Nullable Instant decidedAt) {

    /** The failure code of a change that Stripe would have charged another amount for. */
    static final String AMOUNT_DIFFERS = "amount_differs";

    /** A price and how much of it. */
    public record Terms(PriceId price, long quantity) {}

    /** Where a change stands. */
    public enum State {
        /** Stored, and being carried out. */
        REQUESTED,
        /** The bank wants to hear from the card's holder. */
        ACTION_REQUIRED,
        /** Charged what was quoted, and in force. */
        APPLIED,
        /** In force, but charged something else: an alert was raised. */
        MISMATCHED,
        /** The card was declined; nothing changed. */
        DECLINED,
        /** Stripe would have charged something else, or refused; nothing changed. */
        REFUSED,
        /** It could not be carried out while the quote was valid; nothing changed. */
        ABANDONED;

        public boolean open() {
            return this == REQUESTED || this == ACTION_REQUIRED;
        }
    }
}
