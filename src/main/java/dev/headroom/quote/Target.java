package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.limits.Source;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Proration;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.Quotation.Recurring;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.Bought;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is or would be, with the catalogue's side of it.
 *
 * @param items  in the order of {@link SubscriptionTerms#items()}; exactly one of them is the plan
 * @param renews whether it goes on with another period after the running one
 * @param taken  by the time that it is reached, in this order, beside the discounts that the subscription has
 * @param prorated whether the rest of the running period is given back and charged anew when it is reached at once
 * @param over whether it ends when it is reached, and not with its period; its items are what it had
 * @param endsAt when it ends, where that is neither then nor with its period
 * @param together the subscription with whose next period a new one begins when it is reached; absent where the running one goes on
 */
public record Target(
        List<Sold> items, boolean renews, List<Taken> taken, boolean prorated, boolean over, @Nullable Instant endsAt, @Nullable SubscriptionId together) {

    public Target {
        items = List.copyOf(items);
        taken = List.copyOf(taken);
    }

    /**
     * An offer that is taken.
     *
     * @param from   when its discount begins
     * @param before whether a change that waits, and is made before, takes it
     */
    public record Taken(Offer offer, Instant from, boolean before) {

        /** What it is on the subscription. */
        public Discount discount() {
            return offer.from(from);
        }
    }

    /**
     * A plan or an add-on, and how much of it.
     *
     * @param item ours; absent for one that comes new
     * @param plan whether it is the plan of the subscription
     * @param bundle that reduces it
     */
    public record Sold(@Nullable UUID item, boolean plan, PlanVersion version, PlanPrice price, long quantity, @Nullable Bundle bundle) {

        Sold at(PlanPrice other) {
            return new Sold(item, plan, version, other, quantity, bundle);
        }

        Sold times(long other) {
            return new Sold(item, plan, version, price, other, bundle);
        }

        Sold in(@Nullable Bundle other) {
            return new Sold(item, plan, version, price, quantity, other);
        }

        private ItemTerms terms() {
            return new ItemTerms(item, price.id(), quantity, Optional.ofNullable(bundle).map(Bundle::id).orElse(null));
        }

        String ref() {
            return item == null ? "new:" + price.id() : item.toString();
        }

        /** What the bundle is on this item: what it is called at Stripe where it reduces the item already. */
        private Stream<Discount> bundled(List<SubscriptionItem> held, Instant at) {
            return Optional.ofNullable(bundle).map(reducing -> held.stream()
                    .filter(each -> each.id().equals(item) && reducing.id().equals(each.bundle()))
                    .flatMap(each -> each.bundled().stream())
                    .findFirst()
                    .orElseGet(() -> reducing.from(at, ref()))).stream();
        }

        private Item priced(List<Discount> discounts) {
            return new Item(ref(), version.plan().id().toString(), version.plan().name(), version.sells(), price.price(), quantity, discounts);
        }

        Bought bought(Currency currency) {
            return new Bought(version, quantity, version.soldFlat(price.id()), currency);
        }

        private Optional<Source> source(Feature feature, Currency currency) {
            return bought(currency).granted(feature).map(Bought.Granted::source);
        }
    }

    /** What the subscription is now. */
    public static Target of(AccountSubscription subscription, CatalogSnapshot catalog, List<Bundle> bundles) {
        return new Target(subscription.items().stream().map(item -> sold(item, catalog, bundles)).toList(), subscription.renews(), List.of(), true, false, null, null);
    }

    private static Sold sold(SubscriptionItem item, CatalogSnapshot catalog, List<Bundle> bundles) {
        return new Sold(
                item.id(), item.carriesPlan(), catalog.version(item.planVersion()), catalog.price(item.price()), item.quantity(), named(item.bundle(), bundles));
    }

    private static @Nullable Bundle named(@Nullable BundleId id, List<Bundle> bundles) {
        return bundles.stream().filter(bundle -> bundle.id().equals(id)).findFirst().orElse(null);
    }

    /**
     * What terms make of a subscription.
     *
     * @param taken says when, and with what, each of their offers is taken
     */
    static Target of(
            SubscriptionTerms terms, AccountSubscription subscription, CatalogSnapshot catalog, List<Bundle> bundles, Function<Offer, Taken> taken) {
        UUID plan = subscription.planItem().id();
        return new Target(terms.items().stream()
                .map(item -> new Sold(
                        item.item(), plan.equals(item.item()), catalog.versionOf(item.price()), catalog.price(item.price()), item.quantity(),
                        named(item.bundle(), bundles)))
                .toList(), terms.renews(), terms.offers().stream().map(catalog::offer).map(taken).toList(), terms.prorated(), terms.over(), terms.endsAt(), terms.together());
    }

    /** What a subscription is has no offers: they are its discounts by then. */
    static Taken untaken(Offer offer) {
        throw new IllegalArgumentException("Nothing takes " + offer.key() + " yet");
    }

    public Sold plan() {
        for (Sold item : items) {
            if (item.plan()) {
                return item;
            }
        }
        throw new IllegalStateException("Nothing of this is a plan: " + items);
    }

    public List<Sold> addOns() {
        return items.stream().filter(item -> !item.plan()).toList();
    }

    public PlanVersion version() {
        return plan().version();
    }

    public Interval interval() {
        return plan().price().price().interval();
    }

    /**
     * The same with another version of a plan or add-on that is on it, by the same interval and as often: seats are counted anew only where one
     * price for all of them gives way to one for each.
     *
     * @param held seats that members hold
     * @return empty where the version has no price for the interval and currency
     */
    public Optional<Target> onto(PlanVersion next, Currency currency, CatalogSnapshot catalog, long held) {
        List<Sold> moved = new ArrayList<>(items.size());
        for (Sold item : items) {
            if (!item.version().plan().id().equals(next.plan().id())) {
                moved.add(item);
                continue;
            }
            Optional<PlanPrice> price = next.price(item.price().price().interval(), currency);
            if (price.isEmpty()) {
                return Optional.empty();
            }
            moved.add(new Sold(item.item(), item.plan(), next, price.get(), quantity(item, price.get(), currency, catalog, held), item.bundle()));
        }
        return Optional.of(with(moved));
    }

    private long quantity(Sold item, PlanPrice price, Currency currency, CatalogSnapshot catalog, long held) {
        if (Targets.isFlat(price)) {
            return Math.min(1, item.quantity());
        }
        boolean counted = item.plan() && Targets.isFlat(item.price());
        return counted ? Math.max(1, held - seatsOfAddOns(catalog, currency)) : item.quantity();
    }

    /** What it brings every interval of a subscription that has it, with the discounts that run at an instant and outlive one invoice. */
    public Recurring recurring(AccountSubscription subscription, Instant at) {
        return Quotation.recurring(priced(subscription, at), at, subscription.balance().currency());
    }

    /**
     * The same as its next change would leave it, whatever that is: in the bundles that its items belong into.
     *
     * @param others what else the account has that runs
     * @param known  every bundle that there is, or is thought of
     */
    public Target bundled(AccountSubscription subscription, List<AccountSubscription> others, CatalogSnapshot catalog, List<Bundle> known, Instant at) {
        return Bundling.at(at, subscription, others, catalog, known).of(this);
    }

    /** Whether some of it is reduced by a bundle. */
    public boolean isIn(BundleId bundle) {
        return items.stream().anyMatch(item -> item.bundle() != null && item.bundle().id().equals(bundle));
    }

    /** The same as if that bundle reduced nothing of it. */
    public Target without(BundleId bundle) {
        return with(items.stream().map(item -> item.bundle() != null && item.bundle().id().equals(bundle) ? item.in(null) : item).toList());
    }

    /** The same with an offer too, from an instant on. */
    public Target taking(Offer offer, Instant at) {
        return taking(List.of(new Taken(offer, at, false)));
    }

    Target with(List<Sold> others) {
        return new Target(others, renews, taken, prorated, over, endsAt, together);
    }

    Target renewing(boolean goesOn) {
        return new Target(items, goesOn, taken, prorated, over, null, null);
    }

    /** With these offers too, after those that are taken before. */
    Target taking(List<Taken> more) {
        return more.isEmpty() ? this : new Target(items, renews, Stream.concat(taken.stream(), more.stream()).toList(), prorated, over, endsAt, together);
    }

    Target prorated(boolean atOnce) {
        return new Target(items, renews, taken, atOnce, over, endsAt, together);
    }

    /** @param credited whether the unused rest of the period is given back */
    Target endingAtOnce(boolean credited) {
        return new Target(items, false, List.of(), credited, true, null, null);
    }

    Target endingAt(Instant date) {
        return new Target(items, false, List.of(), true, false, date, null);
    }

    /** @param other the subscription with whose next period a new one begins; absent where the running one goes on */
    Target together(@Nullable SubscriptionId other) {
        return new Target(items, renews, taken, prorated, over, endsAt, other);
    }

    /** What reaching it at once does to the running period. */
    Proration proration() {
        return together != null ? Proration.NEW_PERIOD : prorated ? Proration.INVOICE_NOW : Proration.NONE;
    }

    /** Those that are taken with it, and not by what waits before it. */
    public List<Taken> taking() {
        return taken.stream().filter(each -> !each.before()).toList();
    }

    public List<OfferId> takes() {
        return taking().stream().map(each -> each.offer().id()).toList();
    }

    /** Whether Stripe, which shows the next invoice as if all were taken at an instant, would show each offer that is taken by then. */
    boolean shownAt(Instant at) {
        return taken.stream().allMatch(each -> each.offer().from(at).until().filter(until -> !each.from().isBefore(until)).isEmpty());
    }

    boolean holds(PlanVersion version) {
        return items.stream().anyMatch(item -> item.version().id().equals(version.id()));
    }

    public SubscriptionTerms terms() {
        return new SubscriptionTerms(items.stream().map(Sold::terms).toList(), renews, taken.stream().map(each -> each.offer().id()).toList(), prorated, over, endsAt, together);
    }

    /**
     * The items as {@code pricing} sees them; the subscription's discounts stay.
     *
     * @param at when a bundle that comes new begins to reduce
     */
    List<Item> priced(AccountSubscription subscription, Instant at) {
        List<Discount> discounts = Stream.concat(subscription.discounts().stream(), taken.stream().map(Taken::discount)).toList();
        return items.stream().map(item -> item.priced(Stream.concat(item.bundled(subscription.items(), at), discounts.stream()).toList())).toList();
    }

    /** The same without anything but what bundles take off, as if they came just then. */
    List<Item> bundledAlone(Instant at) {
        return items.stream().map(item -> item.priced(item.bundled(List.of(), at).toList())).toList();
    }

    /** The same as if there were no bundles. */
    Target unbundled() {
        return with(items.stream().map(item -> item.in(null)).toList());
    }

    /** What would hold of one feature by what is bought alone; of all of them {@link Grants} knows it. */
    public EffectiveLimit limit(Feature feature, Currency currency) {
        return EffectiveLimit.of(items.stream().flatMap(item -> item.source(feature, currency).stream()).toList());
    }

    /** How many seats the add-ons bring; more than there can be members where one brings them without end. */
    long seatsOfAddOns(CatalogSnapshot catalog, Currency currency) {
        Target beside = with(addOns());
        return catalog.featuresOf(version().plan().product()).stream()
                .filter(Feature::seats)
                .map(seats -> beside.limit(seats, currency))
                .filter(EffectiveLimit::isGranted)
                .mapToLong(limit -> Objects.requireNonNullElse(limit.limit().included(), Long.MAX_VALUE))
                .sum();
    }
}
