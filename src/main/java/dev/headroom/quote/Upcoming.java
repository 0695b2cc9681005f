package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.quote.Target.Taken;
import dev.headroom.quote.Targets.Answer;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What a subscription will be with its next period: what waits is made in its order, at the prices that were promised. */
final class Upcoming {

    private Upcoming() {}

    /** @param base what the subscription is when the period ends */
    static Target of(AccountSubscription subscription, Target base, CatalogSnapshot catalog, List<Bundle> bundles) {
        List<Step> steps = steps(subscription.waiting(subscription.imminent()), base, catalog, bundles);
        return steps.isEmpty() ? base : steps.getLast().to();
    }

    /** What one of them makes of what those before it have made. */
    record Step(UUID change, Target from, Target to) {}

    static List<Step> steps(AccountSubscription subscription, Target base, CatalogSnapshot catalog, List<Bundle> bundles) {
        Bundling promised = Bundling.promised(subscription, base, bundles);
        List<Step> steps = new ArrayList<>();
        Target upcoming = base;
        for (ScheduledChange waiting : subscription.scheduled()) {
            Targets targets = new Targets(subscription.account().value(), upcoming, subscription.balance().currency(), catalog, waiting.prices(), 0, promised::of);
            Target next = switch (targets.find(waiting.requested())) {
                case Answer.Found(Target target) -> target;
                // What another change has made of the rest has nothing left for this one to do.
                case Answer.Refused _ -> upcoming;
            };
            next = next.taking(taken(waiting, subscription, catalog)).prorated(waiting.prorated()).together(waiting.requested().other().orElse(null));
            steps.add(new Step(waiting.change(), upcoming, next));
            upcoming = next.prorated(true).together(null);
        }
        return steps;
    }

    /** What it was accepted with is promised, whatever is on offer by now. */
    private static List<Taken> taken(ScheduledChange waiting, AccountSubscription subscription, CatalogSnapshot catalog) {
        Instant from = Objects.requireNonNullElse(waiting.date(), subscription.period().until());
        return waiting.requested().namedOffers().stream().map(key -> new Taken(catalog.requireOffer("change.offer", key), from, true)).toList();
    }
}
