package dev.headroom.stripe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Headroom meets Stripe.
 *
 * @param webhookUrl     the public address at which Stripe reaches {@code /webhooks/stripe}; without one its events are polled
 * @param connectTimeout how long a connection may take
 * @param readTimeout    how long an answer may take; then the same is asked again under the same key, twice, before it is unknown what happened
 */
@ConfigurationProperties("headroom.stripe")
record StripeProperties(
        @Nullable String webhookUrl, @DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration readTimeout) {}
