package dev.headroom.sandbox;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param port       where the sandbox listens on 127.0.0.1; 0 for where it did the last time, at first any free port
 * @param jobs       whether renewals and webhooks happen by themselves; tests and demo loaders do them by hand
 * @param taxPercent what {@code automatic_tax} adds to everything, such as 19; none when absent, and then asking for it is refused
 */
@ConfigurationProperties("headroom.sandbox")
record SandboxProperties(@DefaultValue("0") int port, @DefaultValue("true") boolean jobs, @Nullable BigDecimal taxPercent) {}
