package dev.headroom.subscription;

import dev.headroom.pricing.Movement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription is no longer what it was: published in the transaction that recorded it, and stored as a movement.
 *
 * @param before absent for a new one
 * @param cause  what led to it, opaque: {@code plan-change:…}, {@code start:…}, {@code stripe:…}
 */
public record SubscriptionChanged(
        @Nullable AccountSubscription before, AccountSubscription after, Movement movement, String cause, Instant at) {}
