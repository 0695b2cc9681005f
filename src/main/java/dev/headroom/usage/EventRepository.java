package dev.headroom.usage;

import static dev.headroom.usage.Columns.longs;
import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.uuids;
import static dev.headroom.usage.jooq.Tables.EVENT_IDENTITY;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.headroom.usage.AcceptedEvent.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class EventRepository {

    /**
     * Takes the identities that nobody has and stores their events, in one statement. Columns travel as arrays: a thousand rows are parsed
     * as one statement with a dozen parameters. Times are microseconds since 1970.
     */
    private static final String STORE = """
            with sent as (
              select account_id, event_id, body_hash, feature_id, quantity, properties, n,
                timestamptz 'epoch' + at * interval '1 microsecond' as at, timestamptz 'epoch' + period_from * interval '1 microsecond' as period_from
              from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}) with ordinality
                as sent (account_id, event_id, body_hash, feature_id, at, quantity, properties, period_from, n)
            ), fresh as (
              insert into usage.event_identity (account_id, event_id, body_hash, at)
              select account_id, event_id, body_hash, {8} from sent
              on conflict do nothing
              returning account_id, event_id
            ), stored as (
              insert into usage.event (account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at)
              select account_id, event_id, feature_id, at, quantity, properties::jsonb, period_from, {8}
              from sent join fresh using (account_id, event_id)
            )
            select n from sent join fresh using (account_id, event_id)""";

    /** Takes the identities that nobody has; the one who waits for another's learns here whether that one came through. */
    private static final String TAKE = """
            insert into usage.event_identity (account_id, event_id, body_hash, at)
            select account_id, event_id, body_hash, {3} from unnest({0}, {1}, {2}) with ordinality as t (account_id, event_id, body_hash, n) order by n
            on conflict do nothing
            returning account_id, event_id""";

    private static final String GIVE_BACK = """
            delete from usage.event_identity using unnest({0}, {1}) as t (account_id, event_id)
            where event_identity.account_id = t.account_id and event_identity.event_id = t.event_id""";

    private static final String INSERT = """
            insert into usage.event (account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at)
            select account_id, event_id, feature_id, timestamptz 'epoch' + at * interval '1 microsecond', quantity, properties::jsonb,
              timestamptz 'epoch' + period_from * interval '1 microsecond', {7}
            from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}) as t (account_id, event_id, feature_id, at, quantity, properties, period_from)""";

    private final DSLContext db;
    private final JsonMapper json;

    EventRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /**
     * Stores events in the order of their identities, so that no two batches wait for each other.
     *
     * @param sorted no identity twice
     * @return those that were not stored before
     */
    List<AcceptedEvent> store(List<AcceptedEvent> sorted, Instant now) {
        return db.resultQuery(STORE,
                        accounts(sorted), ids(sorted), val(longs(sorted, AcceptedEvent::hash)), meters(sorted), times(sorted), quantities(sorted),
                        properties(sorted), periods(sorted), val(now))
                .fetch(row -> sorted.get(row.get(0, Integer.class) - 1));
    }

    /**
     * Only takes the identities, for whoever decides after that; in the order of the identities as well.
     *
     * @param sorted no identity twice
     * @return those that were free
     */
    Set<Identity> take(List<AcceptedEvent> sorted, Instant now) {
        return Set.copyOf(db.resultQuery(TAKE, accounts(sorted), ids(sorted), val(longs(sorted, AcceptedEvent::hash)), val(now))
                .fetch(row -> new Identity(row.get(0, UUID.class), row.get(1, String.class))));
    }

    /** Frees identities that were taken in this transaction. */
    void giveBack(List<AcceptedEvent> events) {
        db.execute(GIVE_BACK, accounts(events), ids(events));
    }

    /** Stores events whose identities are taken. */
    void insert(List<AcceptedEvent> events, Instant now) {
        db.execute(INSERT, accounts(events), ids(events), meters(events), times(events), quantities(events), properties(events), periods(events), val(now));
    }

    private static Field<UUID[]> accounts(List<AcceptedEvent> events) {
        return val(uuids(events, event -> event.account().id().value()));
    }

    private static Field<String[]> ids(List<AcceptedEvent> events) {
        return val(texts(events, AcceptedEvent::id));
    }

    private static Field<UUID[]> meters(List<AcceptedEvent> events) {
        return val(uuids(events, event -> event.meter().id().value()));
    }

    private static Field<Long[]> times(List<AcceptedEvent> events) {
        return val(Columns.times(events, AcceptedEvent::at));
    }

    private static Field<Long[]> quantities(List<AcceptedEvent> events) {
        return val(longs(events, AcceptedEvent::quantity));
    }

    private Field<String[]> properties(List<AcceptedEvent> events) {
        return val(texts(events, event -> event.properties() == null ? null : json.writeValueAsString(event.properties())));
    }

    private static Field<Long[]> periods(List<AcceptedEvent> events) {
        return val(Columns.times(events, event -> event.period().from()));
    }

    /** What was stored under identities before. */
    Map<Identity, Long> hashes(List<AcceptedEvent> events) {
        return db.select(EVENT_IDENTITY.ACCOUNT_ID, EVENT_IDENTITY.EVENT_ID, EVENT_IDENTITY.BODY_HASH)
                .from(EVENT_IDENTITY)
                .where(row(EVENT_IDENTITY.ACCOUNT_ID, EVENT_IDENTITY.EVENT_ID)
                        .in(events.stream().map(event -> row(event.account().id().value(), event.id())).toList()))
                .fetch()
                .stream()
                .collect(toMap(found -> new Identity(found.value1(), found.value2()), found -> found.value3()));
    }

    /** Forgets up to so many identities that were recorded before an instant; returns how many. */
    int forget(Instant before, int most) {
        return db.execute("""
                delete from usage.event_identity where ctid = any (array(
                  select ctid from usage.event_identity where at < {0} limit {1}))""", val(before), val(most));
    }
}
