package dev.headroom.overage;

import dev.headroom.catalog.FeatureId;
import dev.headroom.money.UnitPrice;
import dev.headroom.time.Interval;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of a feature costs past a limit. Whoever pays as much for it, as often, pays the same price, whatever the plan.
 *
 * @param meter  Stripe's id of the meter that counts for it alone; absent until it is made
 * @param stripe Stripe's id of the price; absent until it is made
 */
record MeteredPrice(UUID id, FeatureId feature, UnitPrice each, Interval every, @Nullable String meter, @Nullable String stripe) {

    /** What makes two of them the same. */
    record Content(FeatureId feature, UnitPrice each, Interval every) {}

    Content content() {
        return new Content(feature, each, every);
    }
}
