package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Interval;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What shall be different; whatever is absent stays.
 *
 * @param product  key; needed only by an account with several subscriptions when no plan is given
 * @param plan     key of the plan to move to
 * @param interval how often to be billed
 * @param seats    how many to have in all, not how many more
 * @param addOns   those that are named, each with how many to have in all; the others stay
 */
public record RequestedChange(
        @Nullable String product, @Nullable String plan, @Nullable Interval interval, @Nullable Long seats, @Nullable List<AddOnQuantity> addOns) {

    /** @param quantity in all; 0 takes it off */
    public record AddOnQuantity(String addOn, long quantity) {}

    public RequestedChange(@Nullable String product, @Nullable String plan, @Nullable Interval interval, @Nullable Long seats) {
        this(product, plan, interval, seats, null);
    }

    /** To another plan, all else as it is. */
    static RequestedChange toPlan(String plan) {
        return new RequestedChange(null, plan, null, null);
    }

    /**
     * What was asked for to come to such terms.
     *
     * @param heldAddOns keys of those on the subscription by now: what the terms do not name is taken off
     */
    static RequestedChange of(SubscriptionTerms terms, List<String> heldAddOns, CatalogSnapshot catalog) {
        ItemTerms plan = terms.plan(catalog);
        List<AddOnQuantity> wanted = terms.addOns(catalog).stream()
                .map(item -> new AddOnQuantity(version(item, catalog).plan().key(), item.quantity()))
                .toList();
        Stream<AddOnQuantity> gone = heldAddOns.stream()
                .filter(key -> wanted.stream().noneMatch(named -> named.addOn().equals(key)))
                .map(key -> new AddOnQuantity(key, 0));
        boolean flat = version(plan, catalog).soldFlat(plan.price());
        return new RequestedChange(
                null, version(plan, catalog).plan().key(), catalog.price(plan.price()).price().interval(), flat ? null : plan.quantity(),
                Stream.concat(wanted.stream(), gone).toList());
    }

    private static PlanVersion version(ItemTerms item, CatalogSnapshot catalog) {
        return catalog.versionOf(item.price());
    }

    List<AddOnQuantity> namedAddOns() {
        return addOns == null ? List.of() : addOns;
    }
}
