package dev.headroom.subscription;

import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.ProductId;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.money.Money;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.BillingMode;
import dev.headroom.pricing.Debit;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Quotation;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account bought of one product.
 *
 * @param balance  the customer's balance at Stripe; negative is credit
 * @param cancelAt exclusive end that was asked for
 * @param foreignPrices Stripe's ids of prices that are billed on it and that the catalogue does not know; no figure of ours holds them
 * @param scheduled what waits for a date or for the end of the period, in the order in which it is made
 * @param unreckoned what Stripe puts on its invoices that {@code pricing} knows nothing of, in the order of their declaration
 * @param version  raised by whatever changes what a quote would say
 * @param revision raised by every write
 */
public record AccountSubscription(
        AccountId account, SubscriptionId id, ProductId product, String stripeId, SubscriptionState state, Interval interval,
        BillingMode mode, BillingAnchor anchor, Period period, @Nullable Instant trialUntil, @Nullable Instant cancelAt, Money balance,
        Instant startedAt, @Nullable Instant endedAt, long version, long revision, List<SubscriptionItem> items,
        List<String> foreignPrices, List<Discount> discounts, List<ScheduledChange> scheduled, List<Unreckoned> unreckoned,
        Collection collection) {

    public AccountSubscription {
        scheduled = inTheirTurn(scheduled, period.until());
    }

    private static List<ScheduledChange> inTheirTurn(List<ScheduledChange> waiting, Instant until) {
        return waiting.stream()
                .sorted(Comparator.comparing((ScheduledChange each) -> Objects.requireNonNullElse(each.date(), until)).thenComparing(each -> each.date() != null))
                .toList();
    }

    /**
     * How it is paid for, and what of that keeps it from being changed.
     *
     * @param invoiceUrl     where the latest invoice can be paid, while it is open and Stripe has a page for it
     * @param daysUntilDue   of its invoices, which are sent; absent where a card is charged at once
     * @param paused         whether Stripe asks nobody to pay for now
     * @param resumesAt      absent for until further notice
     * @param disputed       whether a payment for it is disputed with the bank
     * @param uncollectible  whether the newest renewal that was paid or given up was given up
     * @param committedUntil before which nothing of it may become less; exclusive
     */
    public record Collection(
            @Nullable String invoiceUrl, @Nullable Integer daysUntilDue, boolean paused, @Nullable Instant resumesAt, boolean disputed,
            boolean uncollectible, @Nullable Instant committedUntil) {

        /** What Stripe says of it; what else there is belongs to us. */
        public static Collection observed(
                @Nullable String invoiceUrl, @Nullable Integer daysUntilDue, boolean paused, @Nullable Instant resumesAt) {
            return new Collection(invoiceUrl, daysUntilDue, paused, resumesAt, false, false, null);
        }

        public boolean byInvoice() {
            return daysUntilDue != null;
        }

        Collection keeping(@Nullable Collection before) {
            return before == null ? this : new Collection(invoiceUrl, daysUntilDue, paused, resumesAt, before.disputed, before.uncollectible, before.committedUntil);
        }

        /** Without what no quote looks at. */
        Collection unpriced() {
            return new Collection(null, daysUntilDue, paused, resumesAt, disputed, uncollectible, committedUntil);
        }

        Collection disputed(boolean now) {
            return new Collection(invoiceUrl, daysUntilDue, paused, resumesAt, now, uncollectible, committedUntil);
        }

        Collection uncollectible(boolean now) {
            return new Collection(invoiceUrl, daysUntilDue, paused, resumesAt, disputed, now, committedUntil);
        }

        Collection committed(@Nullable Instant until) {
            return new Collection(invoiceUrl, daysUntilDue, paused, resumesAt, disputed, uncollectible, until);
        }
    }

    /**
     * One thing on it.
     *
     * @param carriesPlan whether it is the plan; of several tiers on one subscription, the first of its product
     * @param debits      what was billed for it and not credited since, in the order of the invoice's lines
     * @param discounts   of its own, which come before the subscription's
     */
    public record SubscriptionItem(
            UUID id, String stripeId, PlanVersionId planVersion, PriceId price, long quantity, boolean carriesPlan, List<Debit> debits,
            List<ItemDiscount> discounts) {

        /** The bundle that reduces it, if one does. */
        public @Nullable BundleId bundle() {
            return discounts.stream().map(ItemDiscount::bundle).filter(Objects::nonNull).findFirst().orElse(null);
        }

        private SubscriptionItem reducedBy(Instant at) {
            return new SubscriptionItem(
                    id, stripeId, planVersion, price, quantity, carriesPlan, debits, discounts.stream().map(discount -> discount.begunBy(at)).toList());
        }

        /** What a bundle takes off it, by Stripe's name; empty where none does. */
        public Optional<Discount> bundled() {
            return discounts.stream().flatMap(each -> each.reckoned().stream()).findFirst();
        }
    }

    /**
     * What reduces one item alone.
     *
     * @param bundle that it came of; absent for what somebody has given at Stripe
     * @param off    absent without a bundle
     */
    public record ItemDiscount(String stripeId, @Nullable BundleId bundle, @Nullable PercentOff off, Instant since) {

        private ItemDiscount begunBy(Instant at) {
            return since.isAfter(at) ? new ItemDiscount(stripeId, bundle, off, at) : this;
        }

        Optional<Discount> reckoned() {
            return Optional.ofNullable(off).map(percent -> new Discount(stripeId, percent, new Term.Forever(), since));
        }
    }

    /**
     * An accepted change that waits, for the end of the period or for the date that was asked for.
     *
     * @param change the plan change that keeps its story
     * @param prices that were on sale when it was accepted, and are promised whatever is sold by then
     * @param bundles that were promised with it, likewise
     * @param prorated whether the rest of a running period is given back and charged anew when it is made
     */
    public record ScheduledChange(UUID change, RequestedChange requested, List<PriceId> prices, List<BundleId> bundles, boolean prorated) {

        /** The date that it waits for; absent of what waits for the end of the period. */
        public @Nullable Instant date() {
            return requested.at();
        }
    }

    /** Why only Stripe can say what an invoice comes to. */
    public enum Unreckoned {
        /** Stripe adds taxes, or takes them out of the prices. */
        TAX,
        /** One of the items has a discount of its own that is no bundle's. */
        ITEM_DISCOUNT,
        /** The customer has a discount, and the subscription none of its own that would take its place. */
        CUSTOMER_DISCOUNT,
        /** Somebody arranged at Stripe what it shall be later; what is changed here would be undone by that, or would undo it. */
        SCHEDULED_ELSEWHERE,
        /** Something waits for the next invoice: billed by hand, or left there by a change at Stripe. */
        WAITING
    }

    /** The same with other changes waiting, which every quote looks at. */
    AccountSubscription scheduling(List<ScheduledChange> waiting) {
        return new AccountSubscription(
                account, id, product, stripeId, state, interval, mode, anchor, period, trialUntil, cancelAt, balance, startedAt, endedAt,
                version + 1, revision + 1, items, foreignPrices, discounts, waiting, unreckoned, collection);
    }

    /** What waits for a date within the period, the first of it; made before everything that waits for its end. */
    public Optional<ScheduledChange> dated() {
        return imminent().stream().filter(waiting -> waiting.date() != null).findFirst();
    }

    /** What waits for a date within the period, or for its end. */
    public List<ScheduledChange> imminent() {
        return coming().stream().filter(waiting -> waiting.date() == null || waiting.date().isBefore(period.until())).toList();
    }

    /** What waits, but for what was missed: of a date in a period that is over nothing is made any more, though nobody may have given it up yet. */
    public List<ScheduledChange> coming() {
        return scheduled.stream().filter(waiting -> waiting.date() == null || !waiting.date().isBefore(period.from())).toList();
    }

    /** Whether an invoice of it may be made until an instant, that included. */
    public boolean billedBy(Instant at) {
        return !at.isBefore(period.until()) || scheduled.stream().map(ScheduledChange::date).anyMatch(date -> date != null && !date.isAfter(at));
    }

    /** The same as it is until that date comes: with nothing waiting but for the end of the period. */
    public AccountSubscription undated() {
        return waiting(scheduled.stream().filter(waiting -> waiting.date() == null).toList());
    }

    /** The same as if this waited, and nothing else. */
    public AccountSubscription waiting(List<ScheduledChange> instead) {
        return new AccountSubscription(
                account, id, product, stripeId, state, interval, mode, anchor, period, trialUntil, cancelAt, balance, startedAt, endedAt,
                version, revision, items, foreignPrices, discounts, instead, unreckoned, collection);
    }

    /**
     * The same for an instant that may be before what reduces it began: what Stripe makes late for that instant, it reduces by whatever is on the
     * subscription when it makes it.
     */
    public AccountSubscription reducedBy(Instant at) {
        boolean later = Stream.concat(items.stream().flatMap(item -> item.discounts().stream()).map(ItemDiscount::since), discounts.stream().map(Discount::from)).anyMatch(at::isBefore);
        return !later ? this : new AccountSubscription(
                account, id, product, stripeId, state, interval, mode, anchor, period, trialUntil, cancelAt, balance, startedAt, endedAt,
                version, revision, items.stream().map(item -> item.reducedBy(at)).toList(), foreignPrices,
                discounts.stream().map(discount -> discount.begunBy(at)).toList(), scheduled, unreckoned, collection);
    }

    /** The same as it comes to be in a period, perhaps another one, with nothing on the customer's balance. */
    public AccountSubscription becoming(
            List<SubscriptionItem> sold, Interval billed, BillingAnchor counted, Period running, List<Discount> reduced, List<ScheduledChange> waiting) {
        boolean paid = state == SubscriptionState.TRIALING && trialUntil != null && !running.from().isBefore(trialUntil);
        return new AccountSubscription(
                account, id, product, stripeId, paid ? SubscriptionState.ACTIVE : state, billed, mode, counted, running, trialUntil, cancelAt,
                Money.zero(balance.currency()), startedAt, endedAt, version, revision, sold, foreignPrices, reduced, waiting, unreckoned, collection);
    }

    /** The same with another way of being paid for, which every quote looks at. */
    AccountSubscription collecting(Collection other) {
        return new AccountSubscription(
                account, id, product, stripeId, state, interval, mode, anchor, period, trialUntil, cancelAt, balance, startedAt, endedAt,
                version + 1, revision + 1, items, foreignPrices, discounts, scheduled, unreckoned, other);
    }

    /** The same, over. */
    AccountSubscription ending(Instant at) {
        return new AccountSubscription(
                account, id, product, stripeId, SubscriptionState.CANCELED, interval, mode, anchor, period, trialUntil, cancelAt, balance,
                startedAt, at, version + 1, revision + 1, items, foreignPrices, discounts, scheduled, unreckoned, collection);
    }

    /** Where the latest invoice can be paid, while it is open and Stripe has a page for it. */
    public @Nullable String openInvoiceUrl() {
        return collection.invoiceUrl();
    }

    /** Whether it goes on with another period after this one. */
    public boolean renews() {
        return cancelAt == null;
    }

    /** From where its next periods are counted: Stripe counts from the end of a period where its anchor has no boundary there, as after a change of interval. */
    public BillingAnchor renewals() {
        return anchor.begins(interval, period.until()) ? anchor : new BillingAnchor(period.until());
    }

    /** The item that carries the plan; the others are add-ons. */
    public SubscriptionItem planItem() {
        return items.stream().filter(SubscriptionItem::carriesPlan).findFirst().orElseThrow();
    }

    public SubscriptionTerms terms() {
        return new SubscriptionTerms(items.stream().map(item -> new ItemTerms(item.id(), item.price(), item.quantity(), item.bundle())).toList(), renews());
    }

    /** What was bought beside the plan, in Stripe's order. */
    public List<SubscriptionItem> addOns(CatalogSnapshot catalog) {
        return items.stream().filter(item -> !item.carriesPlan() && !catalog.version(item.planVersion()).plan().tier()).toList();
    }

    /** What its items are, the plan first. */
    public List<Bought> bought(CatalogSnapshot catalog) {
        return Bought.of(this, catalog);
    }

    /** What was bought of a feature in all: the plan's limit with what add-ons add to it. */
    public EffectiveLimit limit(Feature feature, CatalogSnapshot catalog) {
        return EffectiveLimit.of(bought(catalog).stream().flatMap(each -> each.granted(feature).stream()).map(Bought.Granted::source).toList());
    }

    public PlanVersion planVersion(CatalogSnapshot catalog) {
        return catalog.version(planItem().planVersion());
    }

    /** The items as {@code pricing} sees them. */
    public List<BilledItem> billed(CatalogSnapshot catalog) {
        return items.stream().map(item -> new BilledItem(priced(item, catalog), item.debits())).toList();
    }

    /** Whether nobody tries any more to collect what it owes, though Stripe calls it past due as long as it is not paid. */
    public boolean givenUp() {
        return state == SubscriptionState.PAST_DUE && collection.uncollectible();
    }

    /** The items that bring recurring revenue: none in a trial, after the end, or where what it owes was given up. */
    List<Item> recurring(CatalogSnapshot catalog) {
        return state.recurs() && !givenUp() ? items.stream().map(item -> priced(item, catalog)).toList() : List.of();
    }

    private Item priced(SubscriptionItem item, CatalogSnapshot catalog) {
        Plan plan = catalog.version(item.planVersion()).plan();
        return new Item(
                item.id().toString(), plan.id().toString(), plan.name(), catalog.version(item.planVersion()).sells(), catalog.price(item.price()).price(), item.quantity(),
                Stream.concat(item.bundled().stream(), discounts.stream()).toList());
    }

    /** The billing period that holds an instant, also one long past. */
    public Period periodHolding(Instant at) {
        return period.contains(at) ? period : anchor.periodContaining(interval, at);
    }

    /**
     * The billing period that held an instant, as far as it is known: there was none before the start, and of those before the anchor only
     * the trial is.
     */
    public Optional<Period> periodThatHeld(Instant at) {
        if (period.contains(at)) {
            return Optional.of(period);
        }
        if (at.isBefore(startedAt)) {
            return Optional.empty();
        }
        if (trialUntil != null && at.isBefore(trialUntil)) {
            return Optional.of(new Period(startedAt, trialUntil));
        }
        Period counted = anchor.periodContaining(interval, at);
        return Optional.of(counted).filter(each -> !each.from().isBefore(anchor.at()));
    }

    /** What one interval costs, after discounts that outlive one invoice, also those that came since the period began. */
    public Money recurringTotal(CatalogSnapshot catalog) {
        Stream<Discount> all = Stream.concat(items.stream().flatMap(item -> item.bundled().stream()), discounts.stream());
        Instant since = Stream.concat(Stream.of(period.from()), all.map(Discount::from)).max(Instant::compareTo).orElseThrow();
        return Quotation.recurring(items.stream().map(item -> priced(item, catalog)).toList(), since, balance.currency()).total();
    }

    /** How many seats may be held, those of packs among them; absent is unlimited, 0 where the product has none. */
    public @Nullable Long seatsBought(CatalogSnapshot catalog) {
        Optional<Feature> seats = catalog.featuresOf(product).stream().filter(Feature::seats).findFirst();
        return seats.isPresent() ? limit(seats.get(), catalog).limit().included() : Long.valueOf(0);
    }

    public boolean live() {
        return endedAt == null;
    }
}
