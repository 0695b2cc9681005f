package dev.headroom.stripe;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How Headroom meets Stripe.
 *
 * @param webhookUrl the public address at which Stripe reaches {@code /webhooks/stripe}; without one its events are polled
 */
@ConfigurationProperties("headroom.stripe")
record StripeProperties(@Nullable String webhookUrl) {}
