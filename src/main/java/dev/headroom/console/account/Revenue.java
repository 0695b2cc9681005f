package dev.headroom.console.account;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.money.Money;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Movement;
import dev.headroom.pricing.Proration;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.QuotationFacts;
import dev.headroom.pricing.Renewal;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a subscription brings, by the pricing core. */
final class Revenue {

    private Revenue() {}

    /** Net of lasting discounts; nothing in a trial or while the first invoice is unpaid. */
    static Money monthly(AccountSubscription subscription, CatalogSnapshot catalog, Instant at) {
        boolean recurs = subscription.state() == SubscriptionState.ACTIVE || subscription.state() == SubscriptionState.PAST_DUE;
        List<Item> items = recurs ? subscription.billed(catalog).stream().map(BilledItem::item).toList() : List.of();
        return Movement.between(List.of(), items, subscription.balance().currency(), at).after();
    }

    /** The same where something else is bought by then; as much of a period has passed as at an instant, or none of it before it was read. */
    static Optional<Invoice> next(AccountSubscription subscription, SubscriptionTerms upcoming, CatalogSnapshot catalog, Instant at) {
        Instant inside = subscription.period().contains(at) ? at.truncatedTo(ChronoUnit.SECONDS) : subscription.period().from();
        List<Item> items = upcoming.items().stream().map(item -> item(item, subscription, catalog)).toList();
        return Optional.ofNullable(Quotation.of(new QuotationFacts(
                inside, subscription.mode(), Proration.NONE, subscription.billed(catalog), items, subscription.period(), subscription.anchor(),
                subscription.trialUntil(), subscription.cancelAt(), subscription.balance())).next());
    }

    private static Item item(ItemTerms item, AccountSubscription subscription, CatalogSnapshot catalog) {
        PlanVersion version = catalog.versionOf(item.price());
        String ref = Objects.requireNonNullElse(item.item(), item.price()).toString();
        return new Item(
                ref, version.plan().id().toString(), version.plan().name(), version.sells(), catalog.price(item.price()).price(), item.quantity(),
                subscription.discounts());
    }

    /** The invoice of the next period, if nothing changes until then. */
    static Invoice next(AccountSubscription subscription, CatalogSnapshot catalog) {
        Instant start = subscription.period().until();
        Period following = new Period(start, subscription.anchor().periodContaining(subscription.interval(), start).until());
        return Renewal.of(subscription.billed(catalog), following, subscription.balance()).invoice();
    }
}
