package dev.headroom.preview;

import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.stripe.StripeGateway.CreateSubscription;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.DiscountChange;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.ItemChange;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ItemDiscount;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Terms in Stripe's words: the update that makes them of a subscription, and whether they are in force. */
@Service
public class TermsRequests {

    private final StripeLinksRepository links;
    private final Catalog catalog;

    TermsRequests(StripeLinksRepository links, Catalog catalog) {
        this.links = links;
        this.catalog = catalog;
    }

    /**
     * The update that puts terms on a subscription.
     *
     * @param subscription as it is before
     * @param at           the whole second at which time is cut
     */
    public UpdateSubscription of(SubscriptionTerms to, AccountSubscription subscription, Instant at) {
        return of(to, subscription, at, Set.of());
    }

    /** @param spent discounts that will have been used up by then */
    UpdateSubscription of(SubscriptionTerms to, AccountSubscription subscription, Instant at, Set<String> spent) {
        CatalogSnapshot known = catalog.snapshot();
        Map<UUID, SubscriptionItem> held = subscription.items().stream().collect(Collectors.toMap(SubscriptionItem::id, Function.identity()));
        ItemTerms plan = to.plan(known);
        Map<UUID, ItemTerms> kept = new HashMap<>();
        to.items().stream()
                .filter(item -> item == plan || item.item() != null)
                .forEach(item -> kept.put(item == plan ? subscription.planItem().id() : Objects.requireNonNull(item.item()), item));
        Stream<ItemChange> put = subscription.items().stream().filter(item -> kept.containsKey(item.id()))
                .filter(item -> !sells(item, kept.get(item.id())))
                .map(item -> put(item, kept.get(item.id())));
        Stream<ItemChange> removed = subscription.items().stream().filter(item -> !kept.containsKey(item.id()))
                .map(item -> new ItemChange.Remove(item.stripeId()));
        Stream<ItemChange> added = to.items().stream()
                .filter(item -> item != plan && (item.item() == null || !held.containsKey(item.item())))
                .map(item -> new ItemChange.Add(price(item.price()), item.quantity(), redeemed(item)));
        // A trial ends when it ends: periods of any length begin there.
        boolean otherPeriods = to.together() != null || known.price(plan.price()).price().interval() != subscription.interval();
        boolean startsPeriod = subscription.state() != SubscriptionState.TRIALING && otherPeriods;
        return new UpdateSubscription(
                subscription.stripeId(), Stream.of(put, removed, added).flatMap(each -> each).toList(), at, startsPeriod,
                to.prorated(), discounts(to.offers(), subscription, spent), subscription.collection().byInvoice());
    }

    /** Stripe replaces them all: those that are there are kept by name. */
    private @Nullable List<DiscountChange> discounts(List<OfferId> offers, AccountSubscription subscription, Set<String> spent) {
        return offers.isEmpty() && spent.isEmpty() ? null : Stream.<DiscountChange>concat(
                subscription.discounts().stream().filter(kept -> !spent.contains(kept.ref())).map(kept -> new DiscountChange.Keep(kept.ref())),
                offers.stream().filter(taken -> !spent.contains(taken.ref())).map(this::redeem)).toList();
    }

    /** What is put on a subscription, beside the discounts that it has, when it comes to be on terms. */
    public List<DiscountChange> redeemed(SubscriptionTerms terms) {
        return redeemed(terms.offers());
    }

    private List<DiscountChange> redeemed(List<OfferId> offers) {
        return offers.stream().<DiscountChange>map(this::redeem).toList();
    }

    private DiscountChange.Redeem redeem(OfferId offer) {
        return new DiscountChange.Redeem(coupon(offer.value(), "offer"));
    }

    private static boolean sells(SubscriptionItem item, ItemTerms terms) {
        return item.price().equals(terms.price()) && item.quantity() == terms.quantity() && Objects.equals(item.bundle(), terms.bundle());
    }

    private ItemChange put(SubscriptionItem item, ItemTerms to) {
        return new ItemChange.Put(
                item.stripeId(), price(to.price()), to.quantity(), Objects.equals(item.bundle(), to.bundle()) ? null : discounts(item, to));
    }

    /** What others have given the item at Stripe it keeps, by name. */
    private List<DiscountChange> discounts(SubscriptionItem item, ItemTerms to) {
        List<ItemDiscount> kept = item.discounts().stream().filter(discount -> discount.bundle() == null || discount.bundle().equals(to.bundle())).toList();
        boolean there = kept.stream().anyMatch(discount -> discount.bundle() != null);
        return Stream.concat(kept.stream().map(discount -> new DiscountChange.Keep(discount.stripeId())), there ? Stream.of() : redeemed(to).stream()).toList();
    }

    private List<DiscountChange> redeemed(ItemTerms terms) {
        return terms.bundle() == null ? List.of() : List.of(new DiscountChange.Redeem(coupon(terms.bundle().value(), "bundle")));
    }

    /**
     * Whether Stripe has the subscription on exactly the terms that were asked for; what we do not sell is not looked at.
     *
     * @param movesItems with items that moved the offers came too, for both are one update, and may be used up by now
     */
    public boolean inForce(SubscriptionTerms to, boolean movesItems, StripeSubscription read) {
        if (to.over()) {
            return read.endedAt() != null;
        }
        Map<String, Long> wanted = to.items().stream().collect(Collectors.toMap(item -> price(item.price()), ItemTerms::quantity, Long::sum));
        Map<String, Long> there = read.items().stream()
                .filter(item -> sells(item.price()))
                .collect(Collectors.toMap(StripeSubscription.Item::price, StripeSubscription.Item::quantity, Long::sum));
        return wanted.equals(there) && (movesItems || reduced(to.offers(), read));
    }

    private boolean reduced(List<OfferId> offers, StripeSubscription read) {
        List<String> there = Stream.concat(read.discounts().stream().map(StripeSubscription.Discount::coupon), read.scheduledCoupons().stream()).toList();
        return offers.stream().allMatch(offer -> there.contains(coupon(offer.value(), "offer")));
    }

    /**
     * All that is sold on terms, as a phase of a schedule names it.
     *
     * @param subscription that has them then
     */
    public List<Sold> sold(SubscriptionTerms terms, AccountSubscription subscription) {
        Map<UUID, SubscriptionItem> held = subscription.items().stream().collect(Collectors.toMap(SubscriptionItem::id, Function.identity()));
        return terms.items().stream().map(item -> {
            SubscriptionItem there = item.item() == null ? null : held.get(item.item());
            return new Sold(price(item.price()), item.quantity(), there == null ? redeemed(item) : discounts(there, item));
        }).toList();
    }

    /**
     * The request that begins a subscription.
     *
     * @param reference our id of it
     */
    public CreateSubscription begun(String customer, Beginning beginning, String reference) {
        ItemTerms item = beginning.item();
        return new CreateSubscription(
                customer, new Sold(price(item.price()), item.quantity(), redeemed(item)), redeemed(beginning.offers()), beginning.trialUntil(),
                beginning.stub(), reference);
    }

    /** Whether a price at Stripe is one that is on sale here, or was. */
    boolean sells(String stripePrice) {
        return links.local(Kind.PRICE, stripePrice).isPresent();
    }

    private String coupon(UUID sold, String what) {
        return links.remote(Kind.COUPON, sold).orElseThrow(() -> HeadroomException.of(
                ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe does not know this " + what + " yet; try again in a minute"));
    }

    private String price(PriceId price) {
        return links.remote(Kind.PRICE, price.value()).orElseThrow(() -> HeadroomException.of(
                ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe does not know this price yet; try again in a minute"));
    }
}
