package dev.headroom.quote;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import dev.headroom.subscription.SubscriptionId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a quote's token says, and its signature vouches for.
 *
 * @param version   of the subscription that was quoted
 * @param price     to move to
 * @param quotedAt  the whole second at which time is cut
 * @param expiresAt exclusive
 */
public record QuoteClaims(
        UUID quote, AccountId account, SubscriptionId subscription, long version, PriceId price, long quantity, Instant quotedAt,
        Instant expiresAt, Money due) {}
