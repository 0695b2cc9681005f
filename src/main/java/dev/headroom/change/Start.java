package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.id.Ids;
import dev.headroom.preview.Beginning;
import dev.headroom.start.StartClaims;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription being started; it has the id that the subscription will have.
 *
 * @param bundle  that reduces it from the beginning
 * @param offers  taken with it, in this order
 * @param stub    the part of a period that it is billed for first, where its periods end with another's
 * @param promise absent where nobody was promised a price
 */
record Start(
        AccountId account, SubscriptionId id, ProductId product, String customer, PriceId price, long quantity, @Nullable Instant trialUntil,
        @Nullable BundleId bundle, List<OfferId> offers, @Nullable Period stub, @Nullable Promise promise, State state, String actor, Instant requestedAt,
        @Nullable String failureCode, @Nullable String failureMessage) {

    Start {
        offers = List.copyOf(offers);
    }

    /** What Stripe refuses because it would charge something else. */
    static final String AMOUNT_DIFFERS = "amount_differs";
    /** What Stripe is not asked for any more. */
    static final String QUOTE_EXPIRED = "quote_expired";

    /**
     * What a quote has promised.
     *
     * @param expiresAt exclusive
     * @param due       charged, minor units of the price's currency
     * @param total     charged or taken from the balance
     */
    record Promise(UUID quote, Instant expiresAt, long due, long total) {

        static @Nullable Promise of(@Nullable StartClaims claims) {
            return claims == null ? null : new Promise(claims.quote(), claims.expiresAt(), claims.due().minor(), claims.total().minor());
        }

        boolean keptBy(StripeInvoice invoice) {
            return invoice.amountDue() == due && invoice.total() == total;
        }

        /** What an invoice takes beyond it, from the card or in all; not positive for none. */
        long excess(StripeInvoice invoice) {
            return Math.max(invoice.amountDue() - due, invoice.total() - total);
        }
    }

    /** What Stripe is asked for. */
    Beginning beginning() {
        return new Beginning(new ItemTerms(null, price, quantity, bundle), offers, trialUntil, stub);
    }

    private static final String STRIPE_KEY = "start:";

    /** The key under which Stripe is asked for it, so that twice is once. */
    String stripeKey() {
        return STRIPE_KEY + id;
    }

    /** Which start Stripe was asked for under a key; empty where that is none of these. */
    static Optional<SubscriptionId> asked(String stripeKey) {
        return stripeKey.startsWith(STRIPE_KEY) ? Ids.parse(stripeKey.substring(STRIPE_KEY.length())).map(SubscriptionId::new) : Optional.empty();
    }

    enum State {
        REQUESTED,
        STARTED,
        /** Started, and charged something else than was promised: what was too much is on the balance. */
        MISMATCHED,
        DECLINED,
        /** Stripe refused the request itself. */
        REFUSED,
        /** Stripe could not be asked for so long that nobody would expect to be charged any more. */
        ABANDONED
    }
}
