package dev.headroom.stripe;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Headroom meets Stripe.
 *
 * @param webhookUrl the public address at which Stripe reaches {@code /webhooks/stripe}; without one its events are polled
 * @param jobs       whether events are drained and polled in the background; tests drain by hand
 */
@ConfigurationProperties("headroom.stripe")
record StripeProperties(@Nullable String webhookUrl, @DefaultValue("true") boolean jobs) {}
