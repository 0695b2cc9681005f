package dev.headroom.reach;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.quote.Target;
import dev.headroom.reach.ReachLine.How;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of an account's subscriptions a bundle reduces; pure.
 *
 * @param others every other bundle that there is
 */
record BundleReach(Bundle bundle, List<Bundle> others, CatalogSnapshot catalog, Instant at) {

    /** What ends with its period has no further invoice that could be reduced. */
    Stream<ReachLine> lines(List<AccountSubscription> live) {
        return live.stream().filter(AccountSubscription::renews).flatMap(subscription -> line(subscription, live).stream());
    }

    private Optional<ReachLine> line(AccountSubscription subscription, List<AccountSubscription> live) {
        List<Bundle> all = Stream.concat(others.stream(), Stream.of(bundle)).toList();
        Target now = Target.of(subscription, catalog, all);
        if (now.isIn(bundle.id())) {
            return Optional.of(line(subscription, How.KEEPS, now.without(bundle.id()), now));
        }
        List<AccountSubscription> beside = live.stream().filter(other -> !other.id().equals(subscription.id())).toList();
        Target after = now.bundled(subscription, beside, catalog, all, at);
        return after.isIn(bundle.id())
                ? Optional.of(line(subscription, How.NEXT_CHANGE, now.bundled(subscription, beside, catalog, others, at), after))
                : Optional.empty();
    }

    private ReachLine line(AccountSubscription subscription, How how, Target before, Target after) {
        return new ReachLine(
                subscription.account(), how, subscription.product(), subscription.id(), after.version().id(), Standing.of(subscription),
                before.recurring(subscription, at).mrr(), after.recurring(subscription, at).mrr());
    }
}
