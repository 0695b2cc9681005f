package dev.headroom.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Service;

/** What events were recorded and amounts reserved under; forgotten once nothing that came with the same id would be recorded any more for its age. */
@Service
class Identities {

    private static final Duration KEPT = EventCheck.LATEST.plus(EventCheck.EARLIEST);
    private static final int AT_ONCE = 10_000;

    private final EventRepository events;
    private final ReservationRepository reservations;
    private final InstantSource clock;

    Identities(EventRepository events, ReservationRepository reservations, InstantSource clock) {
        this.events = events;
        this.reservations = reservations;
        this.clock = clock;
    }

    /** Reservations first: an id that comes back must find neither. A bounded number in each transaction. */
    void forget() {
        Instant before = clock.instant().minus(KEPT);
        Leftovers.untilNoneIsLeft(AT_ONCE, most -> reservations.forget(before, most));
        Leftovers.untilNoneIsLeft(AT_ONCE, most -> events.forget(before, most));
    }
}
