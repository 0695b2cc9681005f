package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.limits.Decision;
import dev.headroom.limits.Demand;
import dev.headroom.limits.EffectiveLimit;
import dev.headroom.limits.Limit;
import dev.headroom.limits.Source;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageCounter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that decides about one account, as it was at one instant; answers any question about it without asking anybody. */
record Holdings(
        Account account, List<Held> subscriptions, List<UsageCounter> counters, Map<SubscriptionId, Long> seats, Instant asOf) {

    /** A subscription with the catalogue's side of it. */
    record Held(AccountSubscription subscription, PlanVersion version) {

        /** What its plan grants of a feature, with the quantity that was bought. */
        Optional<Granted> granted(Feature feature) {
            return subscription.state().grants()
                    ? version.entitlement(feature).map(entitlement -> new Granted(entitlement, limit(entitlement), version))
                    : Optional.empty();
        }

        private Limit limit(PlanEntitlement entitlement) {
            AccountSubscription.SubscriptionItem item = subscription.planItem();
            return entitlement.limit(subscription.balance().currency(), item.quantity(), version.soldFlat(item.price()));
        }
    }

    record Granted(PlanEntitlement entitlement, Limit limit, PlanVersion version) {}

    Entitlement check(Feature feature, long requested, Instant at) {
        Optional<Held> held = subscriptions.stream().filter(each -> each.subscription().product().equals(feature.product())).findFirst();
        Optional<Granted> granted = held.flatMap(each -> each.granted(feature));
        EffectiveLimit limit = EffectiveLimit.of(granted.stream()
                .map(each -> new Source(Source.Kind.PLAN, each.version().id().toString(), each.limit()))
                .toList());
        Period window = window(feature, held, at);
        long used = feature.seats() ? seatsOf(held) : used(feature, window);
        Decision standing = Decision.on(limit, Demand.of(used, 0, at));
        Decision asked = counts(feature) ? Decision.on(limit, Demand.of(used, requested, at)) : standing;
        return new Entitlement(
                account.id(), feature, requested, asked.allowed(), asked.reason(), standing.state(), granted.isPresent() ? limit.limit().included() : null, used,
                standing.remaining(), standing.usedPercent(), asked.graceUntil(), feature.reset() == Reset.NEVER || feature.reset() == Reset.ROLLING ? null : window.until(),
                granted.map(each -> each.entitlement().setting()).orElse(null), granted.map(Granted::version).orElse(null), asOf);
    }

    private static boolean counts(Feature feature) {
        return feature.kind() == FeatureKind.METER || feature.kind() == FeatureKind.ALLOWANCE;
    }

    private Period window(Feature feature, Optional<Held> held, Instant at) {
        Period billing = held.map(each -> each.subscription().periodHolding(at)).orElseGet(() -> Reset.calendarMonth(at, account.zone()));
        return feature.reset().window(at, account.zone(), billing);
    }

    private long used(Feature feature, Period window) {
        return counters.stream()
                .filter(counter -> counter.feature().equals(feature.id()) && counter.window().equals(window))
                .mapToLong(UsageCounter::used)
                .sum();
    }

    private long seatsOf(Optional<Held> held) {
        return held.map(each -> seats.getOrDefault(each.subscription().id(), 0L)).orElse(0L);
    }

    /** The subscription that grants a product's features. */
    @Nullable AccountSubscription subscriptionFor(Feature feature) {
        return subscriptions.stream()
                .map(Held::subscription)
                .filter(subscription -> subscription.product().equals(feature.product()))
                .findFirst()
                .orElse(null);
    }
}
