package dev.headroom.subscription;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.Discount;
import dev.headroom.subscription.AccountSubscription.ItemDiscount;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it was read at Stripe, in our words.
 *
 * @param items     what we sell of what it holds; none where all of it is foreign: what we last knew then stands
 * @param foreignPrices Stripe's ids of the prices on it that the catalogue does not know, each once, sorted
 * @param readAfter our revision from before the reading; 0 for one we do not have yet
 */
public record ObservedSubscription(
        AccountId account, SubscriptionId id, String stripeId, SubscriptionState state, BillingMode mode,
        BillingAnchor anchor, Period period, @Nullable Instant trialUntil, @Nullable Instant cancelAt, Money balance,
        Instant startedAt, @Nullable Instant endedAt, List<ObservedItem> items, List<String> foreignPrices, List<ObservedDiscount> discounts,
        List<Unreckoned> unreckoned, AccountSubscription.Collection collection, long readAfter) {

    /** @param billed what the latest invoice billed for it, replacing earlier debits; absent when that invoice does not concern it */
    public record ObservedItem(String stripeId, PriceId price, long quantity, @Nullable List<ObservedDebit> billed, List<ItemDiscount> discounts) {}

    public record ObservedDebit(String stripeLine, Period period, long quantity, String name, long netMinor) {}

    public record ObservedDiscount(String name, Discount discount) {}
}
