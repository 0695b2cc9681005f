package dev.headroom.demo;

import dev.headroom.usage.UsageEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo vendor is made from.
 *
 * @param endedAt  the first start of this database, where the history ends
 * @param loadedAt absent while it is not loaded to its end
 */
record Vendor(long seed, int accounts, Instant endedAt, @Nullable Instant loadedAt) {

    /** The beginning of the day on which the first of the accounts may come. */
    Instant begunAt() {
        return Population.monthsBefore(endedAt, Population.MONTHS).truncatedTo(ChronoUnit.DAYS);
    }

    List<Biography> biographies() {
        return population().biographies();
    }

    /** What the accounts use of what they had at the end of the history, in days that ended after {@code since} and by {@code until}. */
    List<UsageEvent> usesAfterwards(Instant since, Instant until) {
        return population().usesAfterwards(since, until);
    }

    private Population population() {
        return new Population(seed, endedAt, DemoFiles.companies().stream().limit(accounts).toList(), DemoFiles.firstNames(), DemoFiles.lastNames());
    }
}
