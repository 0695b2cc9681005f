package dev.headroom.quote;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param lifetime how long a quote can be accepted; it ends earlier with the billing period */
@ConfigurationProperties("headroom.quote")
record QuoteProperties(@DefaultValue("15m") Duration lifetime) {}
