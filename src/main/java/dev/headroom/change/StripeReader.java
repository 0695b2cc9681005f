package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.Money;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.Discount;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeInvoice.Line;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription.Collection;
import dev.headroom.subscription.AccountSubscription.ItemDiscount;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.ObservedSubscription;
import dev.headroom.subscription.ObservedSubscription.ObservedDebit;
import dev.headroom.subscription.ObservedSubscription.ObservedDiscount;
import dev.headroom.subscription.ObservedSubscription.ObservedItem;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words what was read at Stripe. What is billed there at a price that the catalogue does not know is named and left out; what bills
 * overage is ours and only left out, for nothing of it is paid in advance.
 *
 * @param priceOf our price for Stripe's, if it is one of ours
 * @param bundleOf the bundle that a coupon of Stripe's stands for, if it is one
 * @param planOf our plan or add-on for a product of Stripe's, if it is one of ours
 */
record StripeReader(
        CatalogSnapshot catalog, Function<String, Optional<PriceId>> priceOf, Function<String, Optional<Bundle>> bundleOf,
        Function<String, Optional<PlanId>> planOf) {

    /** States of an invoice that counts as billed: Stripe credits from an unpaid one too. */
    private static final Set<String> BILLED = Set.of("paid", "open", "uncollectible");

    /** @param waiting whether something waits for the next invoice, which the subscription itself does not tell */
    ObservedSubscription read(AccountId account, SubscriptionId id, StripeSubscription from, boolean waiting, long readAfter) {
        List<StripeSubscription.Item> ours = from.items().stream().filter(this::known).toList();
        List<String> foreign = from.items().stream().filter(item -> !known(item) && !item.overage()).map(StripeSubscription.Item::price).distinct().sorted().toList();
        Period period = ours.stream().findFirst().orElseGet(from.items()::getFirst).period();
        return new ObservedSubscription(
                account, id, from.id(), state(from.status()), from.flexible() ? BillingMode.FLEXIBLE : BillingMode.CLASSIC,
                new BillingAnchor(from.anchor()), period, from.trialUntil(), from.cancelAt(), new Money(from.balance(), from.currency()),
                from.startedAt(), from.endedAt(), ours.stream().map(item -> item(item, from)).toList(), foreign,
                from.discounts().stream().map(discount -> discount(discount, from)).toList(), unreckoned(from, waiting),
                Collection.observed(
                        openInvoiceUrl(from.latestInvoice()), from.collection().daysUntilDue(), from.collection().paused(), from.collection().resumesAt()),
                readAfter);
    }

    private List<Unreckoned> unreckoned(StripeSubscription from, boolean waiting) {
        return Stream.of(Unreckoned.values())
                .filter(each -> switch (each) {
                    case TAX -> from.taxed();
                    case ITEM_DISCOUNT -> from.items().stream().anyMatch(this::isDiscountedByOthers);
                    case CUSTOMER_DISCOUNT -> from.customerDiscounted();
                    case SCHEDULED_ELSEWHERE -> from.scheduledElsewhere();
                    case WAITING -> waiting;
                })
                .toList();
    }

    /** A second bundle on one item is nothing that anybody here would put there. */
    private boolean isDiscountedByOthers(StripeSubscription.Item item) {
        return item.discounts().size() > 1 || item.discounts().stream().anyMatch(discount -> bundleOf.apply(discount.coupon()).isEmpty());
    }

    private ItemDiscount discount(StripeSubscription.ItemDiscount from) {
        Optional<Bundle> bundle = bundleOf.apply(from.coupon());
        return new ItemDiscount(from.id(), bundle.map(Bundle::id).orElse(null), bundle.map(Bundle::off).orElse(null), from.since());
    }

    private boolean known(StripeSubscription.Item item) {
        return priceOf.apply(item.price()).isPresent();
    }

    private static @Nullable String openInvoiceUrl(@Nullable StripeInvoice latest) {
        return latest != null && latest.status().equals("open") ? latest.hostedUrl() : null;
    }

    private ObservedItem item(StripeSubscription.Item item, StripeSubscription from) {
        PriceId price = priceOf.apply(item.price()).orElseThrow();
        return new ObservedItem(item.id(), price, item.quantity(), billed(item, catalog.versionOf(price).plan().name(), from),
                item.discounts().stream().map(this::discount).toList());
    }

    /**
     * A change credits an item whole and bills it whole, so an invoice that names the item tells all that stands billed for it. What an
     * earlier change billed and a later one gave back may be on the same invoice.
     */
    private @Nullable List<ObservedDebit> billed(StripeSubscription.Item item, String name, StripeSubscription from) {
        StripeInvoice invoice = from.latestInvoice();
        if (invoice == null || from.pending() || !counts(invoice)) {
            return null;
        }
        List<Line> lines = invoice.lines().stream().filter(line -> concerns(line, invoice, item)).toList();
        Set<String> givenBack = invoice.lines().stream().flatMap(line -> line.credits().stream()).collect(Collectors.toSet());
        return lines.isEmpty() ? null : lines.stream()
                .filter(line -> line.net() > 0 && !givenBack.contains(line.id()))
                .map(line -> new ObservedDebit(line.id(), line.period(), line.quantity(), name, line.net()))
                .toList();
    }

    /** A renewal's invoice is a draft for its first hour, and the new period is billed by it all the same. */
    private static boolean counts(StripeInvoice invoice) {
        return BILLED.contains(invoice.status()) || invoice.status().equals("draft") && invoice.reason().equals("subscription_cycle");
    }

    /**
     * A proration on an invoice names its price only. A credit then names the old price, which the item may have again by a change that billed
     * nothing; and what was on the invoice before an item came was billed for another one that had its price.
     */
    private static boolean concerns(Line line, StripeInvoice invoice, StripeSubscription.Item item) {
        return line.item() != null
                ? line.item().equals(item.id())
                : item.price().equals(line.price()) && line.net() >= 0 && !invoice.createdAt().isBefore(item.createdAt());
    }

    private ObservedDiscount discount(StripeSubscription.Discount from, StripeSubscription subscription) {
        Long amount = from.amountMinor();
        Discount.Reduction reduction = amount == null
                ? new Discount.Reduction.PercentOff(Optional.ofNullable(from.percent()).orElseThrow())
                : new Discount.Reduction.AmountOff(new Money(amount, subscription.currency()));
        return new ObservedDiscount(from.name(), new Discount(from.id(), reduction, term(from), from.since(), plans(from)));
    }

    /** Of products that are none of ours it reduces nothing that we reckon. */
    private @Nullable Set<String> plans(StripeSubscription.Discount from) {
        return from.products() == null ? null
                : from.products().stream().flatMap(product -> planOf.apply(product).stream()).map(PlanId::toString).collect(Collectors.toSet());
    }

    private static Discount.Term term(StripeSubscription.Discount from) {
        if (from.once()) {
            return new Discount.Term.Once();
        }
        return from.months() == null ? new Discount.Term.Forever() : new Discount.Term.Repeating(from.months());
    }

    /** Stripe's words; one that we do not know is not paid for, nor is a trial that is paused for want of a card. */
    private static SubscriptionState state(String status) {
        return switch (status) {
            case "active" -> SubscriptionState.ACTIVE;
            case "trialing" -> SubscriptionState.TRIALING;
            case "incomplete" -> SubscriptionState.INCOMPLETE;
            case "past_due" -> SubscriptionState.PAST_DUE;
            case "canceled", "incomplete_expired" -> SubscriptionState.CANCELED;
            case String _ -> SubscriptionState.UNPAID;
        };
    }
}
