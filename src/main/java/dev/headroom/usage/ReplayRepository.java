package dev.headroom.usage;

import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import dev.headroom.usage.Difference.Amount;
import dev.headroom.usage.Difference.OfReserved;
import dev.headroom.usage.Difference.OfTotal;
import dev.headroom.usage.Difference.OfValue;
import dev.headroom.usage.Difference.Sighting;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads events again, and compares what is kept with what they say; never more of either in memory than a few thousand rows. */
@Repository
class ReplayRepository {

    private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {};
    private static final int AT_ONCE = 10_000;

    private static final String NEXT = """
            select least(
              (select account_id from usage.counter where account_id > {0} order by account_id limit 1),
              (select account_id from usage.event where account_id > {0} order by account_id limit 1),
              (select account_id from usage.seen where account_id > {0} order by account_id limit 1),
              (select account_id from usage.reservation where account_id > {0} order by account_id limit 1))""";

    private static final String EVENTS = """
            select event_id, feature_id, at, quantity, properties::text as properties, period_from
            from usage.event
            where account_id = {0} and feature_id = any ({1})
            order by feature_id, at""";

    private static final String ENDS = """
            select feature_id, period_from, period_until
            from usage.counter
            where account_id = {0} and grain = 'PERIOD' and grp = '' and feature_id = any ({1})""";

    /** From where on which features are looked at. */
    private static final String EVIDENCE = """
            with evidence as (
              select feature_id, is_unique, by_calendar,
                timestamptz 'epoch' + windows * interval '1 microsecond' as windows, timestamptz 'epoch' + hours * interval '1 microsecond' as hours,
                timestamptz 'epoch' + seen * interval '1 microsecond' as seen
              from unnest({1}, {2}, {3}, {4}, {5}, {7}) as t (feature_id, is_unique, by_calendar, windows, hours, seen)
            )
            """;

    /**
     * A window that is kept with nothing in it was made by somebody who was denied; an hour without a unique value lost it to an earlier one. The latest
     * event of unique values is as their first sights came, in whatever order, and is not looked at.
     */
    private static final String TOTALS = EVIDENCE + """
            , kept as (
              select c.grain, c.feature_id, c.grp, c.period_from, c.period_until, c.used, c.last_at
              from usage.counter c join evidence e using (feature_id)
              where c.account_id = {0} and c.period_from >= case c.grain when 'HOUR' then e.hours else e.windows end
            ), replayed as (
              select r.grain, r.feature_id, r.grp, r.period_from, r.period_until, r.used, r.last_at
              from pg_temp.replayed_counter r join evidence e using (feature_id)
              where r.account_id = {0} and r.period_from >= case r.grain when 'HOUR' then e.hours else e.windows end
            )
            select grain, feature_id, grp, period_from, coalesce(r.period_until, k.period_until) as period_until,
              k.used as kept_used, k.last_at as kept_at, k.period_until as kept_until,
              r.used as replayed_used, r.last_at as replayed_at, r.period_until as replayed_until
            from kept k
            full join replayed r using (grain, feature_id, grp, period_from)
            join evidence e using (feature_id)
            where case
              when k.used is null then true
              when r.used is not null then k.used <> r.used or (not e.is_unique and k.last_at <> r.last_at) or (e.by_calendar and k.period_until <> r.period_until)
              when e.is_unique then k.used <> 0
              else k.used <> 0 or k.last_at <> timestamptz 'epoch' or grain <> 'PERIOD' or grp <> '' end
            order by feature_id, grain desc, period_from, grp""";

    /** Values of a window that is over for so long that nobody needs them are deleted, and not missed; those of one that rolls when they are seen no more. */
    private static final String VALUES = EVIDENCE + """
            , kept as (
              select s.feature_id, s.period_from, s.value, s.first_at, s.last_at
              from usage.seen s join evidence e using (feature_id)
              where s.account_id = {0} and s.period_from >= e.windows
            ), replayed as (
              select r.feature_id, r.period_from, r.value, r.first_at, r.last_at
              from pg_temp.replayed_seen r join evidence e using (feature_id)
              where r.account_id = {0} and r.period_from >= e.windows
            )
            select feature_id, period_from, value, k.first_at as kept_first, k.last_at as kept_last, r.first_at as replayed_first, r.last_at as replayed_last
            from kept k
            full join replayed r using (feature_id, period_from, value)
            join evidence e using (feature_id)
            where greatest(k.last_at, r.last_at) >= e.seen and (k.first_at, k.last_at) is distinct from (r.first_at, r.last_at)
              and not exists (
                select from usage.counter c
                where c.account_id = {0} and c.grain = 'PERIOD' and c.feature_id = coalesce(k.feature_id, r.feature_id) and c.grp = ''
                  and c.period_from = coalesce(k.period_from, r.period_from) and c.period_until <= {6})
            order by feature_id, period_from, value""";

    private static final String RESERVED = """
            with open as (
              select feature_id, period_from, min(period_until) as period_until, sum(quantity)::bigint as quantity
              from usage.reservation
              where account_id = {0} and state = 'OPEN'
              group by feature_id, period_from
            ), kept as (
              select feature_id, period_from, period_until, reserved from usage.counter where account_id = {0} and grain = 'PERIOD' and grp = ''
            )
            select feature_id, period_from, coalesce(k.period_until, o.period_until) as period_until, coalesce(reserved, 0) as kept, coalesce(quantity, 0) as open
            from kept k
            full join open o using (feature_id, period_from)
            where coalesce(reserved, 0) <> coalesce(quantity, 0)
            order by feature_id, period_from""";

    private static final String OUT_OF_REACH = EVIDENCE + """
            select count(*)
            from usage.counter c join evidence e using (feature_id)
            where c.account_id = {0} and c.grain = 'PERIOD' and c.grp = '' and c.period_from < e.windows""";

    private final DSLContext db;
    private final JsonMapper json;

    ReplayRepository(DSLContext db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** Makes {@link Books#REPLAYED}, empty; they are gone with the transaction, until which no event is dropped. To be called first in it. */
    void open() {
        db.execute("lock table usage.event in access share mode");
        db.execute("create temporary table replayed_counter (like usage.counter including all) on commit drop");
        db.execute("create temporary table replayed_seen (like usage.seen including all) on commit drop");
    }

    /** Lets the planner know what was written: nobody else ever looks at a temporary table. */
    void analyze() {
        db.execute("analyze pg_temp.replayed_counter, pg_temp.replayed_seen");
    }

    /** Empties what {@link #open} made, to be counted again in the same transaction. */
    void clear() {
        db.execute("truncate pg_temp.replayed_counter, pg_temp.replayed_seen");
    }

    /** The account after another of which anything is kept, in the order of their ids. */
    Optional<AccountId> next(UUID after) {
        return db.resultQuery(NEXT, val(after)).fetchOptional(row -> row.get(0, UUID.class)).map(AccountId::new);
    }

    /** @param period where the billing period began that it was counted in */
    record StoredEvent(String id, FeatureId meter, Instant at, long quantity, @Nullable Map<String, Object> properties, Instant period) {}

    /** The events of some meters, some thousands at a time; returns how many there were. */
    long events(AccountId account, Collection<FeatureId> meters, Consumer<List<StoredEvent>> each) {
        long events = 0;
        try (Cursor<Record> cursor = db.resultQuery(EVENTS, val(account.value()), val(uuids(List.copyOf(meters), FeatureId::value)))
                .fetchSize(AT_ONCE).fetchLazy()) {
            while (cursor.hasNext()) {
                List<StoredEvent> some = cursor.fetchNext(AT_ONCE).map(this::event);
                each.accept(some);
                events += some.size();
            }
        }
        return events;
    }

    private StoredEvent event(Record row) {
        String properties = row.get("properties", String.class);
        return new StoredEvent(
                row.get("event_id", String.class), new FeatureId(row.get("feature_id", UUID.class)), row.get("at", Instant.class),
                row.get("quantity", Long.class), properties == null ? null : json.readValue(properties, PROPERTIES), row.get("period_from", Instant.class));
    }

    /** The windows of some features, as they are kept. */
    Map<FeatureId, List<Period>> windows(AccountId account, Collection<FeatureId> features) {
        Map<FeatureId, List<Period>> windows = new HashMap<>();
        db.resultQuery(ENDS, val(account.value()), val(uuids(List.copyOf(features), FeatureId::value))).fetch().forEach(row ->
                windows.computeIfAbsent(new FeatureId(row.get("feature_id", UUID.class)), _ -> new ArrayList<>())
                        .add(new Period(row.get("period_from", Instant.class), row.get("period_until", Instant.class))));
        return windows;
    }

    /**
     * Tells of every difference, one by one.
     *
     * @param evidence what can be looked at
     * @param closed   values of windows that ended by then are not kept any more
     */
    void differences(AccountId account, List<Evidence> evidence, Instant closed, Consumer<Difference> each) {
        read(looking(TOTALS, account, evidence, closed), row -> each.accept(total(account, row)));
        read(looking(VALUES, account, evidence, closed), row -> each.accept(value(account, row)));
        read(db.resultQuery(RESERVED, val(account.value())), row -> each.accept(new OfReserved(
                key(account, row, Grain.PERIOD, ""), row.get("kept", Long.class), row.get("open", Long.class))));
    }

    /** How many windows reach back to what was dropped. */
    long outOfReach(AccountId account, List<Evidence> evidence) {
        return looking(OUT_OF_REACH, account, evidence, Instant.EPOCH).fetchSingle(row -> row.get(0, Long.class));
    }

    private ResultQuery<Record> looking(String sql, AccountId account, List<Evidence> evidence, Instant closed) {
        return db.resultQuery(sql,
                val(account.value()), val(uuids(evidence, each -> each.feature().id().value())),
                val(evidence.stream().map(Evidence::unique).toArray(Boolean[]::new)),
                val(evidence.stream().map(Evidence::endsByTheCalendar).toArray(Boolean[]::new)),
                val(times(evidence, Evidence::windows)), val(times(evidence, Evidence::hours)), val(closed),
                val(times(evidence, Evidence::seen)));
    }

    private static void read(ResultQuery<Record> query, Consumer<Record> each) {
        try (Cursor<Record> cursor = query.fetchSize(AT_ONCE).fetchLazy()) {
            cursor.forEach(each);
        }
    }

    private static OfTotal total(AccountId account, Record row) {
        return new OfTotal(
                key(account, row, Grain.valueOf(row.get("grain", String.class)), row.get("grp", String.class)), amount(row, "kept"), amount(row, "replayed"));
    }

    private static @Nullable Amount amount(Record row, String which) {
        Long used = row.get(which + "_used", Long.class);
        return used == null ? null : new Amount(used, row.get(which + "_at", Instant.class), row.get(which + "_until", Instant.class));
    }

    private static OfValue value(AccountId account, Record row) {
        Instant from = row.get("period_from", Instant.class);
        Key key = new Key(account.value(), row.get("feature_id", UUID.class), Grain.PERIOD, "", new Period(from, from.plusNanos(1)));
        return new OfValue(key, row.get("value", String.class), sighting(row, "kept"), sighting(row, "replayed"));
    }

    private static @Nullable Sighting sighting(Record row, String which) {
        Instant first = row.get(which + "_first", Instant.class);
        return first == null ? null : new Sighting(first, row.get(which + "_last", Instant.class));
    }

    private static Key key(AccountId account, Record row, Grain grain, String group) {
        return new Key(
                account.value(), row.get("feature_id", UUID.class), grain, group,
                new Period(row.get("period_from", Instant.class), row.get("period_until", Instant.class)));
    }
}
