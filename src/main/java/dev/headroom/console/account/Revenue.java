package dev.headroom.console.account;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.money.Money;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Movement;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionState;
import java.time.Instant;
import java.util.List;

/** What a subscription brings, by the pricing core. */
public final class Revenue {

    private Revenue() {}

    /** Net of lasting discounts; nothing in a trial or while the first invoice is unpaid. */
    public static Money monthly(AccountSubscription subscription, CatalogSnapshot catalog, Instant at) {
        boolean recurs = subscription.state() == SubscriptionState.ACTIVE || subscription.state() == SubscriptionState.PAST_DUE;
        List<Item> items = recurs ? subscription.billed(catalog).stream().map(BilledItem::item).toList() : List.of();
        return Movement.between(List.of(), items, subscription.balance().currency(), at).after();
    }
}
