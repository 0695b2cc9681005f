package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.pricing.Quotation;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.UUID;

/**
 * What a quote's token says, and its signature vouches for.
 *
 * @param version   of the subscription that was quoted
 * @param change    what was asked for
 * @param when      decided, whether or not it was asked for
 * @param terms     to move to
 * @param quotedAt  the whole second at which time is cut
 * @param expiresAt exclusive
 * @param promised  to be taken
 * @param reckoned  what our own arithmetic came to; other amounts than were promised where Stripe would bill something else
 */
public record QuoteClaims(
        UUID quote, AccountId account, SubscriptionId subscription, long version, RequestedChange change, When when,
        SubscriptionTerms terms, Instant quotedAt, Instant expiresAt, Amounts promised, Amounts reckoned) {

    /**
     * What an invoice takes from its customer.
     *
     * @param due   charged
     * @param total charged or taken from the balance, or, where negative, given to it
     */
    public record Amounts(Money due, Money total) {

        static Amounts of(Quotation quotation) {
            return new Amounts(quotation.now().due(), quotation.now().total());
        }
    }
}
