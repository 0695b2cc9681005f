package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.UUID;

/**
 * What a quote's token says, and its signature vouches for.
 *
 * @param version   of the subscription that was quoted
 * @param terms     to move to
 * @param quotedAt  the whole second at which time is cut
 * @param expiresAt exclusive
 */
public record QuoteClaims(
        UUID quote, AccountId account, SubscriptionId subscription, long version, SubscriptionTerms terms, Instant quotedAt, Instant expiresAt,
        Money due) {}
