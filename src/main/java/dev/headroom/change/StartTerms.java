package dev.headroom.change;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a requested start would be. */
sealed interface StartTerms {

    record NotOnSale(Plan plan) implements StartTerms {}

    /** @param bundle that reduces it from the beginning */
    record Sold(PlanVersion version, PlanPrice price, long quantity, @Nullable Instant trialUntil, @Nullable BundleId bundle) implements StartTerms {

        boolean dueAtOnce() {
            return trialUntil == null && price.price().rate(quantity).amount().isPositive();
        }
    }
}
