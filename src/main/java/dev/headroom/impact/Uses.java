package dev.headroom.impact;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.usage.UsageCounter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page of accounts uses now. */
record Uses(Map<Key, UsageCounter> counters, Map<SubscriptionId, Long> seats, Instant at) {

    static final Uses NONE = new Uses(Map.of(), Map.of(), Instant.EPOCH);

    private record Key(AccountId account, FeatureId feature) {}

    /** @param counters of every window that has not ended; of several of one feature the one that holds the instant, and began last */
    static Uses of(List<UsageCounter> counters, Map<SubscriptionId, Long> seats, Instant at) {
        Map<Key, UsageCounter> running = new HashMap<>();
        counters.stream().filter(counter -> counter.window().contains(at)).forEach(counter -> running.merge(
                new Key(counter.account(), counter.feature()), counter, (one, other) -> one.window().from().isBefore(other.window().from()) ? other : one));
        return new Uses(running, seats, at);
    }

    long held(AccountSubscription subscription) {
        return seats.getOrDefault(subscription.id(), 0L);
    }

    long now(AccountSubscription subscription, Feature feature) {
        if (feature.seats()) {
            return held(subscription);
        }
        UsageCounter counter = counter(subscription, feature);
        return counter == null ? 0 : counter.used();
    }

    long expected(AccountSubscription subscription, Feature feature) {
        return Pace.expected(feature, counter(subscription, feature), now(subscription, feature), at);
    }

    private @Nullable UsageCounter counter(AccountSubscription subscription, Feature feature) {
        return counters.get(new Key(subscription.account(), feature.id()));
    }
}
