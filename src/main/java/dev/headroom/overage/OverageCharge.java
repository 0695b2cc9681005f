package dev.headroom.overage;

import dev.headroom.catalog.Feature;
import dev.headroom.pricing.Rating;
import dev.headroom.time.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What use of a feature past its limit adds to an account's next invoice, at one price.
 *
 * @param period     the billing period that it is billed with; absent where nothing runs that it could be billed on
 * @param overage    units and what they come to, before discounts and tax
 * @param reported   units that Stripe was told of in the period
 * @param rejected   units of these that it has said since it does not count, of which it names some only
 * @param pending    units that it is still to be told of; negative where it was told of more than counts now
 * @param reportedAt when it was told last; absent when it was not
 */
public record OverageCharge(
        Feature feature, @Nullable Period period, Rating.Overage overage, long reported, long rejected, long pending, @Nullable Instant reportedAt) {}
