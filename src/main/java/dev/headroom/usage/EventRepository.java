package dev.headroom.usage;

import static dev.headroom.usage.jooq.Tables.EVENT_IDENTITY;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.headroom.usage.AcceptedEvent.Identity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
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
                        val(array(sorted, event -> event.account().id().value(), new UUID[0])),
                        val(array(sorted, AcceptedEvent::id, new String[0])),
                        val(longs(sorted, AcceptedEvent::hash)),
                        val(array(sorted, event -> event.meter().id().value(), new UUID[0])),
                        val(longs(sorted, event -> micros(event.at()))),
                        val(longs(sorted, AcceptedEvent::quantity)),
                        val(array(sorted, this::properties, new String[0])),
                        val(longs(sorted, event -> micros(event.period().from()))),
                        val(now))
                .fetch(row -> sorted.get(row.get(0, Integer.class) - 1));
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

    private String properties(AcceptedEvent event) {
        return event.properties() == null ? null : json.writeValueAsString(event.properties());
    }

    private static <T> T[] array(List<AcceptedEvent> events, Function<AcceptedEvent, T> column, T[] empty) {
        return events.stream().map(column).toList().toArray(empty);
    }

    private static Long[] longs(List<AcceptedEvent> events, ToLongFunction<AcceptedEvent> column) {
        return events.stream().map(column::applyAsLong).toArray(Long[]::new);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
