package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.id.Ids;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription being started; it has the id that the subscription will have.
 *
 * @param bundle that reduces it from the beginning
 */
record Start(
        AccountId account, SubscriptionId id, ProductId product, String customer, PriceId price, long quantity, @Nullable Instant trialUntil,
        @Nullable BundleId bundle, State state, String actor, Instant requestedAt, @Nullable String failureCode, @Nullable String failureMessage) {

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
        DECLINED,
        /** Stripe refused the request itself. */
        REFUSED,
        /** Stripe could not be asked for so long that nobody would expect to be charged any more. */
        ABANDONED
    }
}
