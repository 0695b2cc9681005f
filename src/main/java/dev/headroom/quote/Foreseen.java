package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.money.Money;
import dev.headroom.pricing.BilledItem;
import dev.headroom.pricing.Debit;
import dev.headroom.pricing.Discount;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Proration;
import dev.headroom.pricing.Quotation;
import dev.headroom.pricing.QuotationFacts;
import dev.headroom.pricing.Renewal;
import dev.headroom.quote.Target.Sold;
import dev.headroom.quote.Target.Taken;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ItemDiscount;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.time.BillingAnchor;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription comes to be by itself: what waits is made in its time, and each period is renewed and paid for. What will be on the
 * customer's balance by then nobody knows; it is taken for nothing.
 */
record Foreseen(AccountSubscription subscription, CatalogSnapshot catalog, List<Bundle> bundles) {

    /** As it will be at a date, right before what is made then. */
    AccountSubscription at(Instant date) {
        Foreseen then = this;
        for (ScheduledChange waiting : subscription.coming()) {
            Instant made = waiting.date();
            if (made != null && made.isBefore(date)) {
                then = then.renewedUntil(made).making(waiting, made);
            }
        }
        return then.renewedUntil(date).subscription;
    }

    /** After a change at once. */
    Foreseen after(Target target, Instant at) {
        return changed(target, at, subscription.scheduled());
    }

    private Foreseen making(ScheduledChange waiting, Instant at) {
        List<ScheduledChange> rest = subscription.scheduled().stream().filter(each -> !each.equals(waiting)).toList();
        Foreseen alone = new Foreseen(subscription.waiting(List.of(waiting)), catalog, bundles);
        Target target = Upcoming.steps(alone.subscription, alone.current(), catalog, bundles).getFirst().to();
        return changed(target, at, rest);
    }

    private Foreseen changed(Target target, Instant at, List<ScheduledChange> rest) {
        Quotation made = quotation(at, target.proration(), target);
        return with(target, made.items(), made.period(), made.anchor(), rest);
    }

    private Foreseen renewedUntil(Instant date) {
        Foreseen then = this;
        while (!date.isBefore(then.subscription.period().until())) {
            then = then.renewed();
        }
        return then;
    }

    /** In the period after, as what waits for its beginning makes it. */
    private Foreseen renewed() {
        Target target = Upcoming.of(subscription, current(), catalog, bundles);
        Quotation last = quotation(subscription.period().until().minusSeconds(1), Proration.NONE, target);
        Invoice next = Objects.requireNonNull(last.next(), "A subscription without an end has a next invoice");
        Period period = new Period(next.at(), last.anchor().periodContaining(target.interval(), next.at()).until());
        List<ScheduledChange> rest = subscription.scheduled().stream().filter(each -> each.date() != null).toList();
        return with(target, Renewal.of(last.items(), period, nothing()).items(), period, last.anchor(), rest);
    }

    private Target current() {
        return Target.of(subscription, catalog, bundles);
    }

    private Money nothing() {
        return Money.zero(subscription.balance().currency());
    }

    private Quotation quotation(Instant at, Proration proration, Target target) {
        return Quotation.of(new QuotationFacts(
                at, subscription.mode(), proration, subscription.billed(catalog), target.priced(subscription, at), subscription.period(),
                subscription.anchor(), subscription.trialUntil(), null, nothing()));
    }

    private Foreseen with(Target target, List<BilledItem> billed, Period period, BillingAnchor anchor, List<ScheduledChange> rest) {
        Map<String, BilledItem> byRef = billed.stream().collect(Collectors.toMap(each -> each.item().ref(), Function.identity()));
        Map<String, SubscriptionItem> held = subscription.items().stream().collect(Collectors.toMap(each -> each.id().toString(), Function.identity()));
        List<SubscriptionItem> items = target.items().stream()
                .map(sold -> item(sold, held.get(sold.ref()), Objects.requireNonNull(byRef.get(sold.ref())).debits(), period.from()))
                .toList();
        Set<String> used = billed.stream().flatMap(each -> each.debits().stream()).flatMap(debit -> debit.discounts().stream()).collect(Collectors.toSet());
        List<Discount> discounts = Stream.concat(subscription.discounts().stream(), target.taken().stream().map(Taken::discount))
                .filter(discount -> !(discount.term() instanceof Term.Once) || !used.contains(discount.ref()))
                .toList();
        return new Foreseen(subscription.becoming(items, target.interval(), anchor, period, discounts, rest), catalog, bundles);
    }

    /** What comes new is called by its price until Stripe has given it a name. */
    private static SubscriptionItem item(Sold sold, @Nullable SubscriptionItem held, List<Debit> debits, Instant since) {
        Bundle bundle = sold.bundle();
        boolean bundled = held != null && bundle != null && bundle.id().equals(held.bundle());
        List<ItemDiscount> discounts = bundle == null ? List.of() : List.of(new ItemDiscount(bundle.from(since, sold.ref()).ref(), bundle.id(), bundle.off(), since));
        return new SubscriptionItem(
                held == null ? sold.price().id().value() : held.id(), held == null ? "" : held.stripeId(), sold.version().id(), sold.price().id(), sold.quantity(),
                sold.plan(), debits, bundled ? held.discounts() : discounts);
    }
}
