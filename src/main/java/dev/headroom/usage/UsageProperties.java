package dev.headroom.usage;

import java.time.Duration;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param parallel how many transactions record at the same time; what comes on top waits and goes together
 * @param closing how long after its end a billing period still takes late events; what comes later counts in the one that runs
 * @param kept    how long events are kept, whole months; totals stay
 */
@ConfigurationProperties("headroom.usage")
record UsageProperties(@DefaultValue("2") int parallel, @DefaultValue("P3D") Duration closing, @DefaultValue("P26M") Period kept) {}
