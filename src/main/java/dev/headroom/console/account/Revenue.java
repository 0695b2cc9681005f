package dev.headroom.console.account;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.money.Money;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Movement;
import dev.headroom.pricing.Renewal;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;

/** What a subscription brings, by the pricing core. */
final class Revenue {

    private Revenue() {}

    /** Net of lasting discounts; nothing in a trial or while the first invoice is unpaid. */
    static Money monthly(AccountSubscription subscription, CatalogSnapshot catalog, Instant at) {
        boolean recurs = subscription.state() == SubscriptionState.ACTIVE || subscription.state() == SubscriptionState.PAST_DUE;
        List<Item> items = recurs ? subscription.billed(catalog).stream().map(BilledItem::item).toList() : List.of();
        return Movement.between(List.of(), items, subscription.balance().currency(), at).after();
    }

    /** The invoice of the next period, if nothing changes until then. */
    static Invoice next(AccountSubscription subscription, CatalogSnapshot catalog) {
        Instant start = subscription.period().until();
        Period following = new Period(start, subscription.anchor().periodContaining(subscription.interval(), start).until());
        return Renewal.of(subscription.billed(catalog), following, subscription.balance()).invoice();
    }
}
