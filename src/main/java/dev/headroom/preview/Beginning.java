package dev.headroom.preview;

import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.subscription.SubscriptionTerms.ItemTerms;
import dev.headroom.time.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription begins with.
 *
 * @param offer      taken with it
 * @param trialUntil a whole second
 * @param stub       the part of a period that is billed first, of whole seconds; absent for a whole period or a trial
 */
public record Beginning(ItemTerms item, @Nullable OfferId offer, @Nullable Instant trialUntil, @Nullable Period stub) {}
