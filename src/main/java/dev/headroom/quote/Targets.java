package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Item;
import dev.headroom.quote.Quote.Target;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.PlanNotOnSale;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import dev.headroom.time.Interval;
import java.util.Optional;

/** What a requested change makes of a subscription. */
final class Targets {

    /** Either a target or a refusal. */
    sealed interface Answer {
        record Found(Target target) implements Answer {}

        record Refused(QuoteResult why) implements Answer {}
    }

    private Targets() {}

    /** @param held seats that members hold: moving to a plan that is sold by the seat takes as many, unless told otherwise */
    static Answer find(RequestedChange change, AccountSubscription subscription, CatalogSnapshot catalog, long held) {
        PlanVersion current = subscription.planVersion(catalog);
        Optional<PlanVersion> version = change.plan() == null || change.plan().equals(current.plan().key())
                ? Optional.of(current)
                : catalog.onSale(catalog.requirePlan("change.plan", change.plan()));
        if (version.isEmpty()) {
            Plan plan = catalog.requirePlan("change.plan", change.plan());
            return new Answer.Refused(new PlanNotOnSale(plan));
        }
        Interval interval = Optional.ofNullable(change.interval()).orElse(subscription.interval());
        return version.get()
                .price(interval, subscription.balance().currency())
                .map(price -> priced(change, subscription, version.get(), price, held))
                .orElseGet(() -> refused(Rule.NO_PRICE, version.get().plan().name() + " has no price by the " + word(interval) + " in "
                        + subscription.balance().currency()));
    }

    private static Answer priced(RequestedChange change, AccountSubscription subscription, PlanVersion version, PlanPrice price, long held) {
        boolean flat = price.price().model() instanceof ChargeModel.Flat;
        if (flat && change.seats() != null) {
            return refused(Rule.SEATS_NOT_SOLD, version.plan().name() + " has one price whatever the number of seats");
        }
        Target target = flat || change.seats() == null
                ? target(version, price, subscription, held)
                : new Target(version, price.id(), price.price().interval(), change.seats());
        SubscriptionItem item = subscription.planItem();
        return item.price().equals(target.price()) && item.quantity() == target.quantity()
                ? refused(Rule.NOTHING_CHANGES, "The subscription is already like that")
                : new Answer.Found(target);
    }

    /** With as many seats as now, or as members hold if that is more; with one where there is none, for nobody is sold nothing. */
    static Target target(PlanVersion version, PlanPrice price, AccountSubscription subscription, long held) {
        boolean flat = price.price().model() instanceof ChargeModel.Flat;
        return new Target(version, price.id(), price.price().interval(), flat ? 1 : Math.max(1, Math.max(subscription.planItem().quantity(), held)));
    }

    /** The item that a target makes of the subscription's plan; its discounts stay. */
    static Item item(Target target, AccountSubscription subscription, CatalogSnapshot catalog) {
        Item plan = subscription.billed(catalog).getFirst().item();
        return new Item(
                plan.ref(), target.version().plan().id().toString(), target.version().plan().name(), plan.kind(),
                catalog.price(target.price()).price(), target.quantity(), plan.discounts());
    }

    private static Answer refused(Rule rule, String reason) {
        return new Answer.Refused(new ChangeNotAllowed(rule, reason));
    }

    private static String word(Interval interval) {
        return switch (interval) {
            case MONTH -> "month";
            case YEAR -> "year";
        };
    }
}
