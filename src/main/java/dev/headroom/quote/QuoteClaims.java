package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a quote's token says, and its signature vouches for.
 *
 * @param version   of the subscription that was quoted
 * @param change    what was asked for
 * @param when      decided, whether or not it was asked for
 * @param terms     to move to
 * @param quotedAt  the whole second at which time is cut
 * @param expiresAt exclusive
 * @param due       promised to be charged
 * @param reckoned  what our own arithmetic came to; another amount than was promised where Stripe would bill something else
 * @param total     promised of the last invoice of a subscription that ends at once, negative to be given back; absent of everything else
 */
public record QuoteClaims(
        UUID quote, AccountId account, SubscriptionId subscription, long version, RequestedChange change, When when,
        SubscriptionTerms terms, Instant quotedAt, Instant expiresAt, Money due, Money reckoned, @Nullable Money total) {

    QuoteClaims(
            UUID quote, AccountId account, SubscriptionId subscription, long version, RequestedChange change, When when, SubscriptionTerms terms,
            Instant quotedAt, Instant expiresAt, Money due, Money reckoned) {
        this(quote, account, subscription, version, change, when, terms, quotedAt, expiresAt, due, reckoned, null);
    }
}
