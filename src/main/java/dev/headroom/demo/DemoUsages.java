package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.usage.UsageEvent;
import dev.headroom.usage.Usages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Service;

/** Records what the made-up customers use: their history, and since then day after day, so that no demo stands still. */
@Service
class DemoUsages {

    /** What was missed for longer stays missed; events older than 35 days would be refused. */
    private static final Duration MADE_UP_FOR = Duration.ofDays(30);

    private final VendorRepository vendors;
    private final Usages usages;
    private final InstantSource clock;

    DemoUsages(VendorRepository vendors, Usages usages, InstantSource clock) {
        this.vendors = vendors;
        this.usages = usages;
        this.clock = clock;
    }

    /** Every event has an id of its own, so that it counts once, however many nodes record it and however often. */
    void record(List<UsageEvent> events) {
        for (int from = 0; from < events.size(); from += Usages.LARGEST_BATCH) {
            usages.record(SELF, List.copyOf(events.subList(from, Math.min(events.size(), from + Usages.LARGEST_BATCH))));
        }
    }

    /** Makes up for the days that ended since the last time; does nothing without a demo vendor that was loaded to its end. */
    void catchUp() {
        vendors.find().filter(vendor -> vendor.loadedAt() != null).ifPresent(vendor -> catchUp(vendor, clock.instant()));
    }

    private void catchUp(Vendor vendor, Instant now) {
        Instant least = now.minus(MADE_UP_FOR);
        Instant told = vendors.usedUntil();
        record(vendor.usesAfterwards(told.isBefore(least) ? least : told, now));
        vendors.usedUntil(now);
    }
}
