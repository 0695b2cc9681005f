package dev.headroom.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param kept how long a key is remembered; after that the same key is a new command */
@ConfigurationProperties("headroom.idempotency")
record IdempotencyProperties(@DefaultValue("35d") Duration kept) {}
