package dev.headroom.invoice;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.ProductId;
import dev.headroom.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What use past limits brings by a subscription is another amount than before: published in the transaction that recorded it, and stored.
 *
 * @param id          under which it is stored
 * @param plan        that the subscription had when it was recorded
 * @param invoice     that bills the period that closed last; absent where the subscription stopped to bring anything, or began to again
 * @param year        twelve months like that period, in minor units, after discounts and before tax
 * @param effectiveAt the end of that period; at the latest when it was recorded
 * @param at          when it was recorded
 */
public record UsageBilled(
        UUID id, AccountId account, SubscriptionId subscription, ProductId product, PlanVersionId plan, Currency currency, @Nullable UUID invoice,
        BigDecimal year, Instant effectiveAt, Instant at) {}
