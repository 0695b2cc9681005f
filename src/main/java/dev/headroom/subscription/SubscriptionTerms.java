package dev.headroom.subscription;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is on a subscription, or shall be: all of it, so that whoever reads Stripe can tell whether it is so.
 *
 * @param items  those it has already in Stripe's order, then those that come new
 * @param renews whether it goes on with another period after the running one
 * @param offers taken by the time that they are in force, in this order, and not before; none in what is read of a subscription
 * @param prorated whether the rest of the running period is given back and charged anew when they come into force at once, and not left as it was
 *                 billed; so it is of what is read of a subscription
 * @param over     whether it ends when they come into force, and not with its period
 * @param endsAt   when it ends, where that is neither then nor with its period
 * @param together the subscription with whose next period a new one of this one's begins when they come into force; absent where the running one goes on
 */
public record SubscriptionTerms(
        List<ItemTerms> items, boolean renews, List<OfferId> offers, boolean prorated, boolean over, @Nullable Instant endsAt,
        @Nullable SubscriptionId together) {

    public SubscriptionTerms {
        items = List.copyOf(items);
        offers = List.copyOf(offers);
    }

    public SubscriptionTerms(List<ItemTerms> items, boolean renews) {
        this(items, renews, List.of(), true, false, null, null);
    }

    /**
     * @param item   ours; absent for one that comes new
     * @param bundle that reduces it
     */
    public record ItemTerms(@Nullable UUID item, PriceId price, long quantity, @Nullable BundleId bundle) {}

    /** Whether these sell the same as others, for the same prices, whatever names the items have by now. */
    public boolean sells(SubscriptionTerms others) {
        return renews == others.renews && over == others.over && Objects.equals(endsAt, others.endsAt) && sold().equals(others.sold());
    }

    private Map<ItemTerms, Long> sold() {
        return items.stream().collect(Collectors.groupingBy(item -> new ItemTerms(null, item.price(), item.quantity(), item.bundle()), Collectors.counting()));
    }

    /** The same with these offers instead. */
    public SubscriptionTerms taking(List<OfferId> others) {
        return new SubscriptionTerms(items, renews, others, prorated, over, endsAt, together);
    }

    /** Those that reduce any of it, each once. */
    public List<BundleId> bundles() {
        return items.stream().map(ItemTerms::bundle).filter(Objects::nonNull).distinct().toList();
    }

    /** The plan among them. */
    public ItemTerms plan(CatalogSnapshot catalog) {
        return items.stream().filter(item -> catalog.versionOf(item.price()).plan().tier()).findFirst().orElseGet(items::getFirst);
    }

    public List<ItemTerms> addOns(CatalogSnapshot catalog) {
        ItemTerms plan = plan(catalog);
        return items.stream().filter(item -> item != plan).toList();
    }
}
