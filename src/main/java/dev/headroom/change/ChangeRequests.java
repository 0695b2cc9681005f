package dev.headroom.change;

import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PriceId;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.UpdateSubscription;
import dev.headroom.stripe.UpdateSubscription.DiscountChange;
import dev.headroom.stripe.UpdateSubscription.ItemChange;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.subscription.SubscriptionTerms;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A change in Stripe's words: what is asked for, what it would be charged, and whether it is in force. */
@Service
class ChangeRequests {

    private final StripeLinksRepository links;
    private final Catalog catalog;

    ChangeRequests(StripeLinksRepository links, Catalog catalog) {
        this.links = links;
        this.catalog = catalog;
    }

    /** @param subscription as it is before the change */
    UpdateSubscription of(PlanChange change, AccountSubscription subscription) {
        CatalogSnapshot known = catalog.snapshot();
        Map<UUID, SubscriptionItem> held = subscription.items().stream().collect(Collectors.toMap(SubscriptionItem::id, Function.identity()));
        ItemTerms plan = change.to().plan(known);
        Map<UUID, ItemTerms> kept = new HashMap<>();
        change.to().items().stream()
                .filter(item -> item == plan || item.item() != null)
                .forEach(item -> kept.put(item == plan ? subscription.planItem().id() : Objects.requireNonNull(item.item()), item));
        Stream<ItemChange> put = subscription.items().stream().filter(item -> kept.containsKey(item.id()))
                .filter(item -> !sells(item, kept.get(item.id())))
                .map(item -> new ItemChange.Put(item.stripeId(), price(kept.get(item.id()).price()), kept.get(item.id()).quantity()));
        Stream<ItemChange> removed = subscription.items().stream().filter(item -> !kept.containsKey(item.id()))
                .map(item -> new ItemChange.Remove(item.stripeId()));
        Stream<ItemChange> added = change.to().items().stream()
                .filter(item -> item != plan && (item.item() == null || !held.containsKey(item.item())))
                .map(item -> new ItemChange.Add(price(item.price()), item.quantity()));
        // A trial ends when it ends: periods of any length begin there.
        boolean startsPeriod = subscription.state() != SubscriptionState.TRIALING && known.price(plan.price()).price().interval() != subscription.interval();
        return new UpdateSubscription(subscription.stripeId(), Stream.of(put, removed, added).flatMap(each -> each).toList(), change.quotedAt(), startsPeriod,
                change.to().prorated(), discounts(change, subscription));
    }

    /** Stripe replaces them all: those that are there are kept by name. */
    private @Nullable List<DiscountChange> discounts(PlanChange change, AccountSubscription subscription) {
        OfferId offer = change.to().offer();
        return offer == null ? null : Stream.<DiscountChange>concat(
                subscription.discounts().stream().map(kept -> new DiscountChange.Keep(kept.ref())),
                Stream.of(new DiscountChange.Redeem(coupon(offer)))).toList();
    }

    private static boolean sells(SubscriptionItem item, ItemTerms terms) {
        return item.price().equals(terms.price()) && item.quantity() == terms.quantity();
    }

    /** Whether Stripe has the subscription on exactly the terms that were asked for; what we do not sell is not looked at. */
    boolean inForce(PlanChange change, StripeSubscription read) {
        Map<String, Long> wanted = change.to().items().stream().collect(Collectors.toMap(item -> price(item.price()), ItemTerms::quantity, Long::sum));
        Map<String, Long> there = read.items().stream()
                .filter(item -> links.local(Kind.PRICE, item.price()).isPresent())
                .collect(Collectors.toMap(StripeSubscription.Item::price, StripeSubscription.Item::quantity, Long::sum));
        return wanted.equals(there) && (change.movesItems() || reduced(change.to().offer(), read));
    }

    /** With items that moved the offer came too, for both are one update, and may be used up by now. */
    private boolean reduced(@Nullable OfferId offer, StripeSubscription read) {
        return offer == null || read.discounts().stream().anyMatch(discount -> discount.coupon().equals(coupon(offer)));
    }

    List<Sold> sold(SubscriptionTerms terms) {
        return terms.items().stream().map(item -> new Sold(price(item.price()), item.quantity())).toList();
    }

    /** A preview may carry the next renewal besides what is charged now; a new period is charged only when the anchor moves. */
    static Money due(Optional<StripeInvoice> previewed, UpdateSubscription request, PlanChange change) {
        return previewed.map(preview -> due(preview, request, change)).orElse(Money.zero(change.due().currency()));
    }

    private static Money due(StripeInvoice preview, UpdateSubscription request, PlanChange change) {
        List<StripeInvoice.Line> prorations = preview.lines().stream().filter(StripeInvoice.Line::proration).toList();
        if (prorations.isEmpty() && !request.resetAnchor()) {
            return Money.zero(change.due().currency());
        }
        boolean onlyNow = request.resetAnchor() || prorations.size() == preview.lines().size();
        long total = prorations.stream().mapToLong(StripeInvoice.Line::net).sum();
        long due = onlyNow ? preview.amountDue() : Math.max(0, total + preview.startingBalance());
        return new Money(due, change.due().currency());
    }

    private String coupon(OfferId offer) {
        return links.remote(Kind.COUPON, offer.value()).orElseThrow(() -> HeadroomException.of(
                ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe does not know this offer yet; try again in a minute"));
    }

    private String price(PriceId price) {
        return links.remote(Kind.PRICE, price.value()).orElseThrow(() -> HeadroomException.of(
                ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe does not know this price yet; try again in a minute"));
    }
}
