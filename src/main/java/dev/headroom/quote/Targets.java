package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.PriceId;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.PlanNotOnSale;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.quote.Target.Sold;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.time.Interval;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a requested change makes of a subscription: first the plan with its interval and seats, then the add-ons.
 *
 * @param account whose it is: what is another one's own price is not there for it
 * @param base   what the change is made to
 * @param pinned prices that were promised before: their versions are sold whatever is on sale by now
 * @param held   seats that members hold: moving to a plan that is sold by the seat takes as many, unless told otherwise
 * @param bundled puts into bundles what then belongs into them
 */
record Targets(UUID account, Target base, Currency currency, CatalogSnapshot catalog, List<PriceId> pinned, long held, UnaryOperator<Target> bundled) {

    /** Either a target or a refusal. */
    sealed interface Answer {
        record Found(Target target) implements Answer {}

        record Refused(QuoteResult why) implements Answer {}
    }

    Answer find(RequestedChange change) {
        return change.onto() == null ? bought(change) : onto(catalog.version(new PlanVersionId(change.onto())), change);
    }

    /** With nothing left of the plan or add-on there is nothing that could be of another version. */
    private Answer onto(PlanVersion next, RequestedChange change) {
        return base.onto(next, currency, catalog, held)
                .map(moved -> change.seats() == null || isFlat(moved.plan().price()) ? moved : with(moved, moved.plan().times(change.seats())))
                .map(moved -> moved.terms().equals(base.terms())
                        ? refused(Rule.NOTHING_CHANGES, "The subscription is already like that")
                        : new Answer.Found(bundled.apply(moved)))
                .orElseGet(() -> noPrice(next, base.interval()));
    }

    private Answer bought(RequestedChange change) {
        Optional<PlanVersion> version = version(change);
        if (version.isEmpty()) {
            return new Answer.Refused(new PlanNotOnSale(catalog.requirePlan("change.plan", String.valueOf(change.plan()), account)));
        }
        Interval interval = Optional.ofNullable(change.interval()).orElse(base.interval());
        Optional<PlanPrice> price = version.get().price(interval, currency);
        if (price.isEmpty()) {
            return noPrice(version.get(), interval);
        }
        boolean flat = isFlat(price.get());
        if (flat && change.seats() != null) {
            return refused(Rule.SEATS_NOT_SOLD, version.get().plan().name() + " has one price whatever the number of seats");
        }
        Target moved = moved(version.get(), price.get());
        Target seated = flat || change.seats() == null ? moved : with(moved, moved.plan().times(change.seats()));
        return switch (new AddOnTargets(seated, interval, this).find(change.namedAddOns())) {
            case Answer.Found(Target target) -> target.terms().equals(base.terms())
                    ? refused(Rule.NOTHING_CHANGES, "The subscription is already like that")
                    : new Answer.Found(bundled.apply(target));
            case Answer.Refused refused -> refused;
        };
    }

    private Optional<PlanVersion> version(RequestedChange change) {
        PlanVersion current = base.version();
        return change.plan() == null || change.plan().equals(current.plan().key())
                ? Optional.of(current)
                : onSale(catalog.requirePlan("change.plan", change.plan(), account));
    }

    Optional<PlanVersion> onSale(Plan plan) {
        return pinned.stream().map(catalog::versionOf).filter(version -> version.plan().equals(plan)).findFirst().or(() -> catalog.onSale(plan));
    }

    /**
     * With another plan and all else as it is: as many seats as now, or as members hold beyond those of add-ons if that is more; one where
     * there is none, for nobody is sold nothing.
     */
    Target moved(PlanVersion version, PlanPrice price) {
        Sold plan = base.plan();
        long seats = isFlat(price) ? 1 : Math.max(1, Math.max(plan.quantity(), held - base.seatsOfAddOns(catalog, currency)));
        return with(base, new Sold(plan.item(), true, version, price, seats, plan.bundle()));
    }

    private static Target with(Target target, Sold plan) {
        return target.with(target.items().stream().map(item -> item.plan() ? plan : item).toList());
    }

    static boolean isFlat(PlanPrice price) {
        return price.price().model() instanceof ChargeModel.Flat;
    }

    private Answer noPrice(PlanVersion version, Interval interval) {
        return noPrice(version.plan(), interval, currency);
    }

    static Answer noPrice(Plan plan, Interval interval, Currency currency) {
        return refused(Rule.NO_PRICE, plan.name() + " has no price by the " + word(interval) + " in " + currency);
    }

    static Answer refused(Rule rule, String reason) {
        return new Answer.Refused(new ChangeNotAllowed(rule, reason));
    }

    private static String word(Interval interval) {
        return switch (interval) {
            case MONTH -> "month";
            case YEAR -> "year";
        };
    }
}
