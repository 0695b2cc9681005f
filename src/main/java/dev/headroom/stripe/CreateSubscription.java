package dev.headroom.stripe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks Stripe for a new subscription with one item; it fails whole when the first payment does.
 *
 * @param reference our id of it, kept in the metadata
 */
public record CreateSubscription(String customer, String price, long quantity, @Nullable Instant trialUntil, String reference)
        implements SubscriptionCommand {}
