package dev.headroom.subscription;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PriceId;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.pricing.Debit;
import dev.headroom.pricing.Discount;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.ObservedSubscription.ObservedDebit;
import dev.headroom.subscription.ObservedSubscription.ObservedDiscount;
import dev.headroom.subscription.ObservedSubscription.ObservedItem;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was read at Stripe over what we had: our ids and unbilled items' debits stay, everything else is Stripe's. Where Stripe holds
 * nothing that we sell any more, the items stay as they were last known.
 */
final class Observation {

    private Observation() {}

    /** Equal to {@code before} when nothing differs; otherwise with the next revision, and the next version if a quote would differ. */
    static AccountSubscription merge(@Nullable AccountSubscription before, ObservedSubscription observed, CatalogSnapshot catalog) {
        long version = before == null ? 1 : before.version();
        long revision = before == null ? 1 : before.revision();
        AccountSubscription same = observedAs(before, observed, catalog, version, revision);
        if (before == null || same.equals(before)) {
            return same;
        }
        boolean priced = !unpriced(same).equals(unpriced(before));
        return observedAs(before, observed, catalog, priced ? version + 1 : version, revision + 1);
    }

    private static AccountSubscription observedAs(
            @Nullable AccountSubscription before, ObservedSubscription observed, CatalogSnapshot catalog, long version, long revision) {
        List<Discount> discounts = observed.discounts().stream().map(ObservedDiscount::discount).toList();
        List<SubscriptionItem> items = items(before, observed, catalog);
        PriceId sold = items.stream().filter(SubscriptionItem::carriesPlan).findFirst().orElseThrow().price();
        return new AccountSubscription(
                observed.account(), observed.id(), catalog.versionOf(sold).plan().product(), observed.stripeId(), observed.state(),
                catalog.price(sold).price().interval(), observed.mode(), observed.anchor(), observed.period(), observed.trialUntil(), observed.cancelAt(), observed.balance(),
                observed.startedAt(), observed.endedAt(), version, revision, items, observed.foreignPrices(),
                discounts, before == null ? List.of() : before.scheduled(), observed.unreckoned(),
                observed.collection().keeping(before == null ? null : before.collection()));
    }

    private static List<SubscriptionItem> items(
            @Nullable AccountSubscription before, ObservedSubscription observed, CatalogSnapshot catalog) {
        if (observed.items().isEmpty()) {
            return Optional.ofNullable(before).map(AccountSubscription::items).orElseThrow(() -> new IllegalStateException(
                    "Nothing that the catalogue knows is on subscription " + observed.stripeId() + ": " + observed.foreignPrices()));
        }
        ObservedItem plan = plan(before, observed.items(), catalog);
        return observed.items().stream()
                .map(item -> item(before, item, item == plan, catalog, observed.balance().currency()))
                .toList();
    }

    /** The tier of the product that the subscription is of; of a new one, the first tier there is. */
    private static ObservedItem plan(@Nullable AccountSubscription before, List<ObservedItem> items, CatalogSnapshot catalog) {
        List<ObservedItem> tiers = items.stream().filter(item -> catalog.versionOf(item.price()).plan().tier()).toList();
        return tiers.stream()
                .filter(item -> before != null && catalog.versionOf(item.price()).plan().product().equals(before.product()))
                .findFirst()
                .or(() -> tiers.stream().findFirst())
                .orElseGet(items::getFirst);
    }

    private static SubscriptionItem item(
            @Nullable AccountSubscription before, ObservedItem observed, boolean carriesPlan, CatalogSnapshot catalog, Currency currency) {
        Optional<SubscriptionItem> known = Optional.ofNullable(before).flatMap(subscription -> subscription.items().stream()
                .filter(item -> item.stripeId().equals(observed.stripeId()))
                .findFirst());
        List<Debit> debits = observed.billed() == null
                ? known.map(SubscriptionItem::debits).orElse(List.of())
                : observed.billed().stream().map(debit -> debit(debit, currency)).toList();
        return new SubscriptionItem(
                known.map(SubscriptionItem::id).orElseGet(Ids::next), observed.stripeId(), catalog.versionOf(observed.price()).id(),
                observed.price(), observed.quantity(), carriesPlan, debits, observed.discounts());
    }

    /** It used up no discount that is still there: of those that count once, Stripe takes away what is used. */
    private static Debit debit(ObservedDebit observed, Currency currency) {
        return new Debit(observed.period(), observed.quantity(), observed.name(), new Money(observed.netMinor(), currency), List.of());
    }

    /** The subscription without what no quote looks at. */
    private static AccountSubscription unpriced(AccountSubscription from) {
        return new AccountSubscription(
                from.account(), from.id(), from.product(), from.stripeId(), from.state(), from.interval(), from.mode(), from.anchor(),
                from.period(), from.trialUntil(), from.cancelAt(), from.balance(), from.startedAt(), from.endedAt(), 0, 0, from.items(),
                from.foreignPrices(), from.discounts(), from.scheduled(), from.unreckoned(), from.collection().unpriced());
    }
}
