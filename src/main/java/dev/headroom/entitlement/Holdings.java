package dev.headroom.entitlement;

import dev.headroom.catalog.Feature;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Period;
import dev.headroom.usage.UsageCounter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides about one account, as it was at one instant; answers any question about it without asking anybody.
 *
 * @param degraded whether nothing newer can be known, because the database cannot be reached
 */
record Holdings(Terms terms, List<UsageCounter> counters, Map<SubscriptionId, Long> seats, Instant asOf, boolean degraded) {

    Entitlement check(Feature feature, long requested, Instant at) {
        Entitlement answer = terms.answer(feature, counter(feature, terms.window(feature, at)), requested, at, asOf);
        return degraded ? answer.asLastKnown() : answer;
    }

    Holdings asLastKnown() {
        return new Holdings(terms, counters, seats, asOf, true);
    }

    private UsageCounter counter(Feature feature, Period window) {
        return feature.seats()
                ? new UsageCounter(terms.account().id(), feature.id(), window, seatsHeld(feature), 0, null)
                : counters.stream()
                        .filter(counter -> counter.feature().equals(feature.id()) && counter.window().from().equals(window.from()))
                        .findFirst()
                        .orElseGet(() -> UsageCounter.empty(terms.account().id(), feature.id(), window));
    }

    private long seatsHeld(Feature feature) {
        return Optional.ofNullable(terms.subscriptionFor(feature)).map(AccountSubscription::id).map(id -> seats.getOrDefault(id, 0L)).orElse(0L);
    }
}
