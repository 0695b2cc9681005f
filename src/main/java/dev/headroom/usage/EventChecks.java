package dev.headroom.usage;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.Check;
import dev.headroom.idempotency.InputHash;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.usage.Backfill.ClosedPeriods;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Loads, once a batch, what its events are looked at against. */
@Service
class EventChecks {

    /** A key that may only record sees nothing, yet what it records must be looked up. */
    private static final Actor.System SELF = new Actor.System("usage");

    private static final Duration NEVER_CLOSED = Duration.ofDays(100_000);

    private final Accounts accounts;
    private final Catalog catalog;
    private final BillingPeriods periods;
    private final InputHash hash;
    private final JsonMapper json;
    private final UsageProperties properties;

    EventChecks(
            Accounts accounts, Catalog catalog, BillingPeriods periods, InputHash hash, JsonMapper json, UsageProperties properties) {
        this.accounts = accounts;
        this.catalog = catalog;
        this.periods = periods;
        this.hash = hash;
        this.json = json;
        this.properties = properties;
    }

    EventCheck forBatch(List<UsageEvent> batch, Instant now) {
        Map<String, Account> known = known(batch);
        return check(known, periods.of(ids(known)), now);
    }

    /** For the events of a backfill: of its range, however long ago that is, in periods that are closed as it says. */
    EventCheck forBackfill(Backfill backfill, Instant now) {
        Account account = accounts.byId(SELF, backfill.account());
        Meters meters = meters(backfill, backfill.closedPeriods(), now);
        return new EventCheck(Map.of(account.key(), account), meters, now, at -> problem(backfill, at), this::hash);
    }

    /** How the events of a backfill count. */
    Meters meters(Backfill backfill, ClosedPeriods closedPeriods, Instant now) {
        Duration closing = switch (closedPeriods) {
            case ADJUST -> properties.closing();
            case RESTATE -> NEVER_CLOSED;
        };
        return new Meters(catalog.snapshot(), periods.since(backfill.account(), backfill.range().from()), now, closing, json);
    }

    private static Optional<String> problem(Backfill backfill, Instant at) {
        return backfill.range().contains(at) ? Optional.empty() : Optional.of("This backfill is of " + backfill.range());
    }

    /** Events from before are dropped. */
    Instant kept(Instant now) {
        return properties.eventsKept(now);
    }

    /** With what the one who asks knows of subscriptions, so that window and limit are of the same moment. */
    EventCheck forConsumption(Consumption consumption, Instant now) {
        Map<String, Account> known = known(List.of(consumption.event()));
        return check(known, ids(known).stream().collect(toMap(id -> id, _ -> consumption.subscriptions())), now);
    }

    private Map<String, Account> known(List<UsageEvent> batch) {
        return accounts.byKeys(SELF, batch.stream().map(UsageEvent::account).filter(Check::storable).collect(toSet()));
    }

    private static List<AccountId> ids(Map<String, Account> known) {
        return known.values().stream().map(Account::id).toList();
    }

    private EventCheck check(Map<String, Account> known, Map<AccountId, List<AccountSubscription>> subscriptions, Instant now) {
        Meters meters = new Meters(catalog.snapshot(), subscriptions, now, properties.closing(), json);
        return new EventCheck(known, meters, now, at -> EventCheck.recent(at, now), this::hash);
    }

    private long hash(UsageEvent event) {
        return ByteBuffer.wrap(hash.of(event)).getLong();
    }

    /** The event of what is used of a reservation: at the time at which it was made, in the window in which it is held back. */
    AcceptedEvent use(Reservation reservation, long quantity, Instant now) {
        UsageEvent event = new UsageEvent(
                reservation.eventId(), accounts.byId(SELF, reservation.account()).key(), catalog.snapshot().feature(reservation.feature()).key(), quantity,
                reservation.madeAt(), reservation.properties());
        return Objects.requireNonNull(forBatch(List.of(event), now).check(event).accepted()).within(reservation.window());
    }
}
