package dev.headroom.usage;

import java.time.Duration;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param closing how long after its end a billing period still takes late events; what comes later counts in the one that runs
 * @param kept    how long events are kept, whole months; totals stay
 */
@ConfigurationProperties("headroom.usage")
record UsageProperties(@DefaultValue("P3D") Duration closing, @DefaultValue("P26M") Period kept) {}
