package dev.headroom.usage;

import dev.headroom.usage.Reservation.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Service;

/** Turns what was held back into use. */
@Service
class Commitments {

    private final EventChecks checks;
    private final EventRepository events;
    private final Counters counters;
    private final Holds holds;
    private final Transactions transactions;
    private final InstantSource clock;

    Commitments(
            EventChecks checks, EventRepository events, Counters counters, Holds holds, Transactions transactions, InstantSource clock) {
        this.checks = checks;
        this.events = events;
        this.counters = counters;
        this.holds = holds;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** False when it is not open any more. */
    boolean commit(Reservation open, long quantity) {
        Instant now = clock.instant();
        AcceptedEvent event = checks.use(open, quantity, now);
        return transactions.within(() -> {
            counters.lock(Counters.wholes(List.of(event)));
            if (!holds.end(open, State.COMMITTED, quantity)) {
                return false;
            }
            events.insert(List.of(event), now);
            counters.countLocked(List.of(event), now);
            return true;
        });
    }
}
