package dev.headroom.usage;

import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.times;
import static org.jooq.impl.DSL.val;

import dev.headroom.catalog.FeatureId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Moves events between what is gathered, what counts, and what gave way. */
@Repository
class BackfilledRepository {

    private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};

    /** In all statements: the backfill, its account, its meters, its range, and now. */
    private static final String GIVE_WAY = """
            with gone as (
              delete from usage.event where account_id = {1} and feature_id = any ({2}) and at >= {3} and at < {4}
              returning account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at, backfill_id
            )
            insert into usage.replaced_event
              (backfill_id, account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at, of_backfill_id, body_hash, taken_at)
            select {0}, account_id, event_id, g.feature_id, g.at, g.quantity, g.properties, g.period_from, g.recorded_at, g.backfill_id, i.body_hash, i.at
            from gone g left join usage.event_identity i using (account_id, event_id)""";

    /**
     * Takes the identities of what was gathered, in their order; what is known is gathered no more. An identity may be that of something that gave way
     * in the range, to this backfill or an earlier one, and did not come again. Those that are forgotten are looked for among the events of the range.
     */
    private static final String TAKE = """
            with fresh as materialized (
              select s.event_id, s.body_hash
              from usage.backfill_event s
              left join usage.event e
                on e.event_id = s.event_id and e.account_id = {1} and e.feature_id = any ({2}) and e.at >= {3} and e.at < {4}
              where s.backfill_id = {0} and e.event_id is null
              order by s.event_id
            ), living as materialized (
              select e.event_id
              from usage.event e join usage.backfill_event s on s.backfill_id = {0} and s.event_id = e.event_id
              where e.account_id = {1} and e.feature_id = any ({2})
            ), taken as (
              insert into usage.event_identity as i (account_id, event_id, body_hash, at)
              select {1}, event_id, body_hash, {5} from fresh
              on conflict (account_id, event_id) do update set body_hash = excluded.body_hash, at = excluded.at
              where exists (
                  select from usage.replaced_event r
                  where r.account_id = {1} and r.event_id = excluded.event_id and r.feature_id = any ({2}) and r.at >= {3} and r.at < {4})
                and excluded.event_id not in (select event_id from living)
              returning event_id
            )
            delete from usage.backfill_event s where s.backfill_id = {0} and not exists (select from taken t where t.event_id = s.event_id)""";

    private static final String GATHERED = """
            select event_id, feature_id, at, quantity, properties::text as properties, body_hash
            from usage.backfill_event
            where backfill_id = {0} and (feature_id, at, event_id) > ({1}, {2}, {3})
            order by feature_id, at, event_id
            limit {4}""";

    private static final String STORE = """
            insert into usage.event (account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at, backfill_id)
            select {1}, s.event_id, s.feature_id, s.at, s.quantity, s.properties, timestamptz 'epoch' + t.period_from * interval '1 microsecond', {2}, {0}
            from unnest({3}, {4}) as t (event_id, period_from) join usage.backfill_event s on s.backfill_id = {0} and s.event_id = t.event_id""";

    private static final String TAKE_BACK = """
            with gone as (
              delete from usage.event where account_id = {1} and feature_id = any ({2}) and at >= {3} and at < {4} and backfill_id = {0}
              returning account_id, event_id
            ), freed as (
              delete from usage.event_identity i using gone g where i.account_id = g.account_id and i.event_id = g.event_id
            )
            select count(*) from gone""";

    private static final String PUT_BACK = """
            insert into usage.event (account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at, backfill_id)
            select account_id, event_id, feature_id, at, quantity, properties, period_from, recorded_at, of_backfill_id
            from usage.replaced_event where backfill_id = {0}""";

    private static final String PUT_IDENTITIES_BACK = """
            insert into usage.event_identity (account_id, event_id, body_hash, at)
            select account_id, event_id, body_hash, taken_at from usage.replaced_event where backfill_id = {0} and body_hash is not null order by event_id
            on conflict do nothing""";

    /** Its events gave way to it, or it brings what had given way to this one. */
    private static final String LATER = """
            select b.id
            from usage.backfill b
            where b.account_id = {1} and b.state = 'APPLIED' and b.turn > (select turn from usage.backfill where id = {0})
              and ({2} > 0 and b.meters && {3} and b.range_from < {5} and b.range_until > {4}
                or exists (select from usage.replaced_event r where r.backfill_id = b.id and r.of_backfill_id = {0}))
            order by b.turn desc
            limit 1""";

    private static final String COME_AGAIN = """
            select count(*)
            from usage.replaced_event r
            join usage.event e on e.event_id = r.event_id and e.account_id = {1} and e.feature_id = any ({2}) and e.at >= {3} and e.at < {4}
            where r.backfill_id = {0}""";

    private static final String EARLIEST_PERIOD = """
            select least(
              (select min(period_from) from usage.event where account_id = {1} and feature_id = any ({2}) and at >= {3} and at < {4}),
              (select min(period_from) from usage.replaced_event where backfill_id = {0}))""";

    private final DSLContext db;
    private final JsonMapper json;

    BackfilledRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** What the meters had in the range does not count any more; returns how much that was. */
    int giveWay(Backfill backfill) {
        return db.execute(GIVE_WAY, parts(backfill, null));
    }

    /** Takes the identities of what was gathered, and forgets what had been counted before; returns how much that was. */
    int take(Backfill backfill, Instant now) {
        return db.execute(TAKE, parts(backfill, now));
    }

    private static QueryPart[] parts(Backfill backfill, @Nullable Instant now) {
        return new QueryPart[] {
            val(backfill.id()), val(backfill.account().value()), val(BackfillRepository.meters(backfill)), val(backfill.range().from()),
            val(backfill.range().until()), val(now, Instant.class)
        };
    }

    /** @param meter whose own event it is */
    record Gathered(String id, FeatureId meter, Instant at, long quantity, @Nullable Map<String, Object> properties, long hash) {}

    /** What is gathered, by meter and time, so many after another. */
    List<Gathered> gathered(Backfill backfill, @Nullable Gathered after, int most) {
        Field<UUID> meter = val(after == null ? new UUID(0, 0) : after.meter().value());
        Field<Instant> at = val(after == null ? Instant.EPOCH : after.at());
        return db.resultQuery(GATHERED, val(backfill.id()), meter, at, val(after == null ? "" : after.id()), val(most)).fetch(this::gathered);
    }

    private Gathered gathered(Record row) {
        return new Gathered(
                row.get("event_id", String.class), new FeatureId(row.get("feature_id", UUID.class)), row.get("at", Instant.class),
                row.get("quantity", Long.class),
                Optional.ofNullable(row.get("properties", String.class)).map(text -> json.readValue(text, PROPERTIES)).orElse(null),
                row.get("body_hash", Long.class));
    }

    /** Stores events that are gathered, in the periods that they know. */
    void store(Backfill backfill, List<AcceptedEvent> events, Instant now) {
        db.execute(STORE, val(backfill.id()), val(backfill.account().value()), val(now), val(texts(events, AcceptedEvent::id)),
                val(times(events, event -> event.period().from())));
    }

    /** One that was applied later and stands on this one: its events gave way to that, or that may bring what had given way to this. */
    Optional<UUID> later(Backfill backfill) {
        return db.resultQuery(LATER,
                        val(backfill.id()), val(backfill.account().value()), val(backfill.replaced()),
                        val(BackfillRepository.meters(backfill)), val(backfill.range().from()), val(backfill.range().until()))
                .fetchOptional(row -> row.get(0, UUID.class));
    }

    /** Its events do not count any more; returns how many there were. */
    int takeBack(Backfill backfill) {
        return db.resultQuery(TAKE_BACK, parts(backfill, null)).fetchSingle(row -> row.get(0, Integer.class));
    }

    /** How much of what gave way has come again by itself since. */
    int comeAgain(Backfill backfill) {
        return db.resultQuery(COME_AGAIN, parts(backfill, null)).fetchSingle(row -> row.get(0, Integer.class));
    }

    /** What gave way counts again; returns how much that was. */
    int putBack(Backfill backfill) {
        db.execute(PUT_IDENTITIES_BACK, val(backfill.id()));
        int back = db.execute(PUT_BACK, val(backfill.id()));
        db.execute("delete from usage.replaced_event where backfill_id = {0}", val(backfill.id()));
        return back;
    }

    /** Where the earliest billing period began in which any event of the range counts that is there, or gave way. */
    Optional<Instant> earliestPeriod(Backfill backfill) {
        return db.resultQuery(EARLIEST_PERIOD, parts(backfill, null)).fetchOptional(row -> row.get(0, Instant.class));
    }
}
