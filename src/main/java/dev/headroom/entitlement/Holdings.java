package dev.headroom.entitlement;

import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageCounter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Everything that decides about one account, as it was at one instant; answers any question about it without asking anybody.
 *
 * @param counters go on with what is counted on this node
 * @param degraded whether nothing newer can be known, because the database cannot be reached
 */
record Holdings(Terms terms, ConcurrentMap<Place, UsageCounter> counters, Map<SubscriptionId, Long> seats, Instant asOf, boolean degraded) {

    /** Where something is counted. */
    record Place(FeatureId feature, Instant from) {

        static Place of(UsageCounter counter) {
            return new Place(counter.feature(), counter.window().from());
        }
    }

    static Holdings of(Terms terms, List<UsageCounter> counters, Map<SubscriptionId, Long> seats, Instant asOf) {
        ConcurrentMap<Place, UsageCounter> byPlace = new ConcurrentHashMap<>();
        counters.forEach(counter -> byPlace.put(Place.of(counter), counter));
        return new Holdings(terms, byPlace, seats, asOf, false);
    }

    /** Commits may be told in another order than they were made in. */
    void count(UsageCounter counted) {
        counters.merge(Place.of(counted), counted, (known, told) -> told.revision() > known.revision() ? told : known);
    }

    Entitlement check(Feature feature, long requested, Instant at) {
        Entitlement answer = terms.answer(feature, counter(feature, terms.window(feature, at)), requested, at, asOf);
        return degraded ? answer.asLastKnown() : answer;
    }

    Holdings asLastKnown() {
        return new Holdings(terms, counters, seats, asOf, true);
    }

    private UsageCounter counter(Feature feature, Period window) {
        return feature.seats()
                ? new UsageCounter(terms.account().id(), feature.id(), window, seatsHeld(feature), 0, null, 0)
                : Optional.ofNullable(counters.get(new Place(feature.id(), window.from())))
                        .orElseGet(() -> UsageCounter.empty(terms.account().id(), feature.id(), window));
    }

    private long seatsHeld(Feature feature) {
        return Optional.ofNullable(terms.subscriptionFor(feature)).map(AccountSubscription::id).map(id -> seats.getOrDefault(id, 0L)).orElse(0L);
    }
}
