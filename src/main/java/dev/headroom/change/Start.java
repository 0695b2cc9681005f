package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription being started; it has the id that the subscription will have.
 *
 * @param bundle that reduces it from the beginning
 */
record Start(
        AccountId account, SubscriptionId id, ProductId product, String customer, PriceId price, long quantity, @Nullable Instant trialUntil,
        @Nullable BundleId bundle, State state, String actor, Instant requestedAt, @Nullable String failureCode, @Nullable String failureMessage) {

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
