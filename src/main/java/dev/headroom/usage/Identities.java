package dev.headroom.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Service;

/** What events were recorded under; forgotten once nothing that came with the same id would be recorded any more for its age. */
@Service
class Identities {

    private static final Duration KEPT = EventCheck.LATEST.plus(EventCheck.EARLIEST);
    private static final int AT_ONCE = 10_000;

    private final EventRepository events;
    private final InstantSource clock;

    Identities(EventRepository events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** A bounded number in each transaction. */
    void forget() {
        Instant before = clock.instant().minus(KEPT);
        int forgotten = AT_ONCE;
        while (forgotten == AT_ONCE) {
            forgotten = events.forget(before, AT_ONCE);
        }
    }
}
