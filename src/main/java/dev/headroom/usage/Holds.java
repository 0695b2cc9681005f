package dev.headroom.usage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.usage.AcceptedEvent.Identity;
import dev.headroom.usage.CounterRepository.Hold;
import dev.headroom.usage.Reservation.State;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** What is held back: each reservation and, in the same transaction, the counter that it is held back at. */
@Service
class Holds {

    private static final int AT_ONCE = 500;

    private final ReservationRepository reservations;
    private final Counters counters;
    private final CounterRepository rows;
    private final ApplicationEventPublisher publisher;
    private final Transactions transactions;
    private final InstantSource clock;

    Holds(
            ReservationRepository reservations, Counters counters, CounterRepository rows, ApplicationEventPublisher publisher,
            Transactions transactions, InstantSource clock) {
        this.reservations = reservations;
        this.counters = counters;
        this.rows = rows;
        this.publisher = publisher;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Within a transaction that has locked their counters. */
    void make(List<Reservation> made) {
        reservations.insert(made);
        hold(made.stream().collect(groupingBy(Holds::key, summingLong(Reservation::quantity))).entrySet().stream()
                .map(entry -> new Hold(entry.getKey(), entry.getValue()))
                .toList());
    }

    Map<Identity, Reservation> made(Collection<Identity> identities) {
        return identities.isEmpty() ? Map.of() : reservations.byIdentities(identities);
    }

    Optional<Reservation> byId(UUID id) {
        return reservations.byId(id).map(found -> found.at(clock.instant()));
    }

    /** Within a transaction that has locked its counter; false when it is not open any more. */
    boolean end(Reservation open, State how, long committed) {
        if (!reservations.end(open.id(), how, committed, clock.instant())) {
            return false;
        }
        hold(List.of(new Hold(key(open), -open.quantity())));
        return true;
    }

    /** Gives back what it holds; false when it is not open any more. */
    boolean release(Reservation open) {
        return transactions.within(() -> {
            counters.lock(List.of(key(open)));
            return end(open, State.RELEASED, 0);
        });
    }

    /** Within a transaction that has locked these counters: what they no longer hold back, as negative amounts. */
    List<Hold> expire(List<Key> locked, Instant now) {
        List<Hold> freed = locked.isEmpty() ? List.of() : reservations.expire(locked, now);
        if (!freed.isEmpty()) {
            hold(freed);
        }
        return freed;
    }

    /** Gives back everything that has expired, some counters in each transaction. */
    void expire() {
        Instant now = clock.instant();
        for (List<Key> due = reservations.due(now, AT_ONCE); !due.isEmpty(); due = reservations.due(now, AT_ONCE)) {
            List<Key> held = due;
            transactions.within(() -> {
                counters.lock(held);
                return expire(held, now);
            });
        }
    }

    private void hold(List<Hold> holds) {
        rows.hold(holds);
        publisher.publishEvent(new UsageCounted(holds.stream().map(hold -> new AccountId(hold.key().account())).collect(toSet()), List.of()));
    }

    private static Key key(Reservation reservation) {
        return new Key(reservation.account().value(), reservation.feature().value(), Grain.PERIOD, "", reservation.window());
    }
}
