package dev.headroom.stripe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Service;

/**
 * Requests of ours of which all that they did is recorded, by their idempotency keys: nobody need look at what Stripe's events tell of them. That stays
 * true for ever; what this node has forgotten, or another one asked, is looked at once more.
 */
@Service
class AnsweredRequests {

    /** Their events come within moments. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Cache<String, Boolean> recorded = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    void add(String key) {
        recorded.put(key, true);
    }

    /** Whether an event tells of nothing else. */
    boolean explain(Told told) {
        return told.request() != null && recorded.getIfPresent(told.request()) != null;
    }
}
