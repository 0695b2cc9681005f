package dev.headroom.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param parallel how many transactions record at the same time; what comes on top waits and goes together
 * @param closing how long after its end a billing period still takes late events; what comes later counts in the one that runs
 * @param kept    how long events are kept, whole months; totals stay
 */
@ConfigurationProperties("headroom.usage")
record UsageProperties(@DefaultValue("2") int parallel, @DefaultValue("P3D") Duration closing, @DefaultValue("P26M") Period kept) {

    /** The first month whose events are kept. */
    YearMonth oldestMonth(Instant now) {
        return YearMonth.from(now.atZone(ZoneOffset.UTC)).minus(kept);
    }

    /** Events from before are dropped, a month at a time. */
    Instant eventsKept(Instant now) {
        return oldestMonth(now).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
