package dev.headroom.subscription;

import dev.headroom.money.Money;
import dev.headroom.pricing.GrowthKind;
import java.time.Instant;
import java.util.UUID;

/** A stored {@link SubscriptionChanged}, for histories. */
public record RecordedMovement(
        UUID id, SubscriptionId subscription, Instant at, GrowthKind growth, Money mrrBefore, Money mrrAfter, String cause, String actor) {}
