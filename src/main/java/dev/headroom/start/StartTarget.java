package dev.headroom.start;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.pricing.Item;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription would be when it begins.
 *
 * @param trialUntil a whole second
 * @param bundle     that reduces it from the beginning
 */
public record StartTarget(PlanVersion version, PlanPrice price, long quantity, @Nullable Instant trialUntil, @Nullable Bundle bundle) {

    /** Whether something is to be paid before it begins. */
    public boolean dueAtOnce() {
        return trialUntil == null && price.price().rate(quantity).amount().isPositive();
    }

    /** The same with the trial that was promised. */
    StartTarget trialUntil(@Nullable Instant promised) {
        return new StartTarget(version, price, quantity, promised, bundle);
    }

    public ItemTerms terms() {
        return new ItemTerms(null, price.id(), quantity, Optional.ofNullable(bundle).map(Bundle::id).orElse(null));
    }

    /** As {@code pricing} sees it. */
    Item priced(Instant at) {
        String ref = price.id().toString();
        return new Item(
                ref, version.plan().id().toString(), version.plan().name(), version.sells(), price.price(), quantity,
                Optional.ofNullable(bundle).map(reducing -> List.of(reducing.from(at, ref))).orElse(List.of()));
    }
}
