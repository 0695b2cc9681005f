package dev.headroom.demo;

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
        return new Population(seed, endedAt)
                .of(DemoFiles.companies().stream().limit(accounts).toList(), DemoFiles.firstNames(), DemoFiles.lastNames());
    }
}
