package dev.headroom.subscription;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** An item of a subscription with the catalogue's side of it: a plan, or an add-on and how many. */
public record Bought(PlanVersion version, long quantity, boolean flat, Currency currency) {

    /** What it grants of one feature with the quantity that was bought. */
    public record Granted(PlanVersion version, long quantity, PlanEntitlement entitlement, Limit limit) {

        /** As the one that is merged with what others grant. */
        public Source source() {
            return new Source(version.plan().tier() ? Source.Kind.PLAN : Source.Kind.ADD_ON, version.id().toString(), limit);
        }
    }

    /** The plan first, then Stripe's order; an add-on of which there is none is left out. */
    static List<Bought> of(AccountSubscription subscription, CatalogSnapshot catalog) {
        return subscription.items().stream()
                .sorted(Comparator.comparing(SubscriptionItem::carriesPlan).reversed())
                .map(item -> of(item, catalog.version(item.planVersion()), subscription.balance().currency()))
                .filter(each -> each.version().plan().tier() || each.quantity() > 0)
                .toList();
    }

    private static Bought of(SubscriptionItem item, PlanVersion version, Currency currency) {
        return new Bought(version, item.quantity(), version.soldFlat(item.price()), currency);
    }

    /** Empty when it does not grant the feature. */
    public Optional<Granted> granted(Feature feature) {
        return version.entitlement(feature).map(this::granted);
    }

    /** All that it grants. */
    public List<Granted> granted() {
        return version.entitlements().stream().map(this::granted).toList();
    }

    private Granted granted(PlanEntitlement entitlement) {
        return new Granted(version, quantity, entitlement, entitlement.limit(currency, quantity, flat));
    }
}
