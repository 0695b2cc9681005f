package dev.headroom.usage;

import static dev.headroom.usage.Columns.longs;
import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static dev.headroom.usage.jooq.Tables.COUNTER;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule.Aggregation;
import dev.headroom.catalog.FeatureId;
import dev.headroom.postgres.Writes;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.Tally.Grain;
import dev.headroom.usage.Tally.Key;
import dev.headroom.usage.UsageCounted.Note;
import dev.headroom.usage.UsageCounted.Total;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.SQL;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class CounterRepository {

    private static final String RAISE = """
            with raised as (
              insert into {9} as c (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
              select account_id, grain, feature_id, grp, timestamptz 'epoch' + period_from * interval '1 microsecond',
                timestamptz 'epoch' + period_until * interval '1 microsecond', used, timestamptz 'epoch' + last_at * interval '1 microsecond'
              from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}) as t (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
              on conflict (account_id, grain, feature_id, grp, period_from) do update
              set used = {8}, period_until = greatest(c.period_until, excluded.period_until), last_at = greatest(c.last_at, excluded.last_at), revision = c.revision + 1
              returning new.grain, new.grp, new.account_id, new.feature_id, new.period_from, new.period_until, new.used, new.reserved, new.passed_at,
                coalesce(old.used, 0) as before, new.told, new.told_of, new.revision
            )
            select account_id, feature_id, period_from, period_until, used, reserved, passed_at, before, told, told_of, revision
            from raised where grain = 'PERIOD' and grp = ''""";

    /** Makes those that are not there; from here on nobody else changes any of them until the transaction ends. */
    private static final String LOCK = """
            insert into usage.counter as c (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
            select account_id, 'PERIOD', feature_id, '', timestamptz 'epoch' + period_from * interval '1 microsecond',
              timestamptz 'epoch' + period_until * interval '1 microsecond', 0, timestamptz 'epoch'
            from unnest({0}, {1}, {2}, {3}) with ordinality as t (account_id, feature_id, period_from, period_until, n) order by n
            on conflict (account_id, grain, feature_id, grp, period_from) do update
            set revision = c.revision + 1, period_until = greatest(c.period_until, excluded.period_until)
            returning account_id, feature_id, period_from, period_until, used, reserved, passed_at, revision""";

    private static final String HOLD = """
            update usage.counter c set reserved = c.reserved + t.amount, revision = c.revision + 1
            from unnest({0}, {1}, {2}, {3}) as t (account_id, feature_id, period_from, amount)
            where c.account_id = t.account_id and c.grain = 'PERIOD' and c.feature_id = t.feature_id and c.grp = ''
              and c.period_from = timestamptz 'epoch' + t.period_from * interval '1 microsecond'""";

    private static final String NOTE = """
            update usage.counter c set told = t.told, told_of = t.told_of, revision = c.revision + 1,
              passed_at = timestamptz 'epoch' + t.passed_at * interval '1 microsecond'
            from unnest({0}, {1}, {2}, {3}, {4}, {5}) as t (account_id, feature_id, period_from, told, told_of, passed_at)
            where c.account_id = t.account_id and c.grain = 'PERIOD' and c.feature_id = t.feature_id and c.grp = ''
              and c.period_from = timestamptz 'epoch' + t.period_from * interval '1 microsecond'""";

    private static final String WINDOWS = """
            select account_id, feature_id, period_from, period_until, used, reserved, passed_at, told, told_of, revision
            from usage.counter
            where account_id = any ({0}) and grain = 'PERIOD' and grp = '' and period_until > {1} and feature_id <> all ({2})""";

    /** Hours that have not ended before the days that count, and the values seen in those; what else is known stands at the whole. */
    private static final String ROLLING = """
            union all
            select w.account_id, w.feature_id, w.period_from, w.period_until, case f.aggregation
              when 'UNIQUE' then (
                select count(*) from usage.seen s
                where s.account_id = w.account_id and s.feature_id = w.feature_id and s.period_from = timestamptz 'epoch'
                  and s.last_at > timestamptz 'epoch' + f.since * interval '1 microsecond')
              else coalesce((
                select case f.aggregation
                  when 'MAX' then max(c.used)
                  when 'LATEST' then (array_agg(c.used order by c.last_at desc, c.used desc))[1]
                  else sum(c.used)::bigint end
                from usage.counter c
                where c.account_id = w.account_id and c.grain = 'HOUR' and c.feature_id = w.feature_id and c.grp = ''
                  and c.period_until > timestamptz 'epoch' + f.since * interval '1 microsecond'), 0)
              end, w.reserved, w.passed_at, w.told, w.told_of, w.revision
            from usage.counter w
            join unnest({2}, {3}, {4}) as f (feature_id, aggregation, since) on f.feature_id = w.feature_id
            where w.account_id = any ({0}) and w.grain = 'PERIOD' and w.grp = '' and w.period_from = {5}""";

    /** The versions of the terms in the same statement: these rows have no window. */
    private static final String VERSIONS = """
            union all
            select account_id, sources, null, null, version, 0, null, 0, null, 0 from usage.terms where account_id = any ({0}) or account_id = {6}""";

    /** Of a window that rolls, what stands at the whole is more than what is in it. */
    private static final String NEAR = """
            select account_id, feature_id, period_from, period_until, used, reserved, passed_at, revision
            from usage.counter
            where told > 0 and grain = 'PERIOD' and grp = '' and period_until > {0} and {1}
            order by case when feature_id = any ({2}) then told / 100.0 else used::numeric / told_of end desc, account_id, feature_id
            offset {3} limit {4}""";

    private final DSLContext db;
    private final Writes writes;

    CounterRepository(DSLContext db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    /**
     * Raises totals of one kind.
     *
     * @param books  in which of them
     * @param sorted by {@link Key#ORDER}
     * @return those of whole windows, as they are now
     */
    List<Total> raise(Books books, Aggregation aggregation, List<Tally> sorted) {
        return db.resultQuery(RAISE,
                        val(uuids(sorted, tally -> tally.key().account())), val(texts(sorted, tally -> tally.key().grain().name())),
                        val(uuids(sorted, tally -> tally.key().feature())), val(texts(sorted, tally -> tally.key().group())),
                        val(times(sorted, tally -> tally.key().window().from())), val(times(sorted, tally -> tally.key().window().until())),
                        val(longs(sorted, Tally::amount)), val(times(sorted, Tally::lastAt)), together(aggregation), DSL.sql(books.counters()))
                .fetch(row -> total(row, row.get("before", Long.class)));
    }

    /** The same as {@link Tally#and}, said to the database. */
    private static SQL together(Aggregation aggregation) {
        return DSL.sql(switch (aggregation) {
            case SUM, COUNT, UNIQUE -> "c.used + excluded.used";
            case MAX -> "greatest(c.used, excluded.used)";
            case LATEST -> "case when (excluded.last_at, excluded.used) > (c.last_at, c.used) then excluded.used else c.used end";
        });
    }

    /**
     * The counters of whole windows, which nobody else changes from here on until the transaction ends.
     *
     * @param sorted as {@link Counters#lock} sorts them
     */
    List<UsageCounter> lock(List<Key> sorted) {
        return db.resultQuery(LOCK,
                        val(uuids(sorted, Key::account)), val(uuids(sorted, Key::feature)), val(times(sorted, key -> key.window().from())),
                        val(times(sorted, key -> key.window().until())))
                .fetch(CounterRepository::counter);
    }

    /** An amount to hold back at a counter, or to give back if it is negative. */
    record Hold(Key key, long amount) {}

    /** @param holds no counter twice; all of them locked */
    void hold(List<Hold> holds) {
        db.execute(HOLD,
                val(uuids(holds, hold -> hold.key().account())), val(uuids(holds, hold -> hold.key().feature())),
                val(times(holds, hold -> hold.key().window().from())), val(longs(holds, Hold::amount)));
    }

    void note(List<Note> notes) {
        db.execute(NOTE,
                val(uuids(notes, note -> note.counter().account().value())), val(uuids(notes, note -> note.counter().feature().value())),
                val(times(notes, note -> note.counter().window().from())), val(longs(notes, note -> (long) note.told())),
                val(longs(notes, Note::toldOf)), val(longs(notes, note -> note.passedAt() == null ? null : Columns.micros(note.passedAt()))));
    }

    /**
     * What was used in every window that has not ended.
     *
     * @param rolling features whose windows roll: of these, what was used in the days up to now
     */
    List<Total> totals(Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return rows(windows(rolling), accounts, rolling, at).map(row -> total(row, row.get("used", Long.class)));
    }

    /** The same with the versions of the accounts' terms. */
    UsageSnapshot snapshot(Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        writes.now();
        Map<Boolean, List<Record>> rows = rows(windows(rolling) + "\n" + VERSIONS, accounts, rolling, at).stream()
                .collect(partitioningBy(row -> row.get("period_from") == null));
        Map<UUID, TermsRepository.Row> versions = rows.get(true).stream().collect(toMap(
                row -> row.get("account_id", UUID.class), row -> new TermsRepository.Row(row.get("used", Long.class), row.get("feature_id", UUID.class))));
        return new UsageSnapshot(TermsRepository.together(accounts, versions), rows.get(false).stream().map(CounterRepository::counter).toList());
    }

    List<UsageCounter> wholes(AccountId account, Collection<FeatureId> features) {
        return db.select(COUNTER.ACCOUNT_ID, COUNTER.FEATURE_ID, COUNTER.PERIOD_FROM, COUNTER.PERIOD_UNTIL, COUNTER.USED, COUNTER.RESERVED, COUNTER.PASSED_AT, COUNTER.REVISION)
                .from(COUNTER)
                .where(COUNTER.ACCOUNT_ID.eq(account.value()), COUNTER.GRAIN.eq(Grain.PERIOD.name()), COUNTER.GRP.eq(""),
                        COUNTER.FEATURE_ID.in(features.stream().map(FeatureId::value).toList()))
                .fetch(CounterRepository::counter);
    }

    List<AccountId> reached(FeatureId feature, long units) {
        return db.selectDistinct(COUNTER.ACCOUNT_ID.convertFrom(AccountId::new))
                .from(COUNTER)
                .where(COUNTER.FEATURE_ID.eq(feature.value()), COUNTER.GRAIN.eq(Grain.PERIOD.name()), COUNTER.GRP.eq(""), COUNTER.USED.ge(units))
                .fetch(Record1::value1);
    }

    List<UsageCounter> near(@Nullable FeatureId feature, List<Feature> rolling, Instant at, int skip, int most) {
        return db.resultQuery(NEAR,
                        val(at), feature == null ? DSL.noCondition() : COUNTER.FEATURE_ID.eq(feature.value()),
                        val(uuids(rolling, each -> each.id().value())), val(skip), val(most))
                .fetch(CounterRepository::counter);
    }

    List<UsageCounter> windows(Collection<FeatureId> features, Instant endedAfter, @Nullable UsageCounter after, int most) {
        return db.select(COUNTER.ACCOUNT_ID, COUNTER.FEATURE_ID, COUNTER.PERIOD_FROM, COUNTER.PERIOD_UNTIL, COUNTER.USED, COUNTER.RESERVED, COUNTER.PASSED_AT, COUNTER.REVISION)
                .from(COUNTER)
                .where(COUNTER.GRAIN.eq(Grain.PERIOD.name()), COUNTER.GRP.eq(""), COUNTER.PERIOD_UNTIL.gt(endedAfter),
                        COUNTER.FEATURE_ID.in(features.stream().map(FeatureId::value).toList()))
                .and(after == null ? DSL.noCondition() : DSL.row(COUNTER.PERIOD_UNTIL, COUNTER.ACCOUNT_ID, COUNTER.FEATURE_ID, COUNTER.PERIOD_FROM)
                        .gt(after.window().until(), after.account().value(), after.feature().value(), after.window().from()))
                .orderBy(COUNTER.PERIOD_UNTIL, COUNTER.ACCOUNT_ID, COUNTER.FEATURE_ID, COUNTER.PERIOD_FROM)
                .limit(most)
                .fetch(CounterRepository::counter);
    }

    private static String windows(List<Feature> rolling) {
        return rolling.isEmpty() ? WINDOWS : WINDOWS + "\n" + ROLLING;
    }

    private Result<Record> rows(String sql, Collection<AccountId> accounts, List<Feature> rolling, Instant at) {
        return db.resultQuery(sql,
                        val(accounts.stream().map(AccountId::value).toArray(UUID[]::new)), val(at),
                        val(uuids(rolling, feature -> feature.id().value())),
                        val(texts(rolling, feature -> Objects.requireNonNull(feature.meter()).aggregation().name())),
                        val(times(rolling, feature -> since(feature, at))), val(Reset.EVER.from()), val(TermsRepository.EVERYBODY))
                .fetch();
    }

    private static Instant since(Feature feature, Instant at) {
        return at.minus(Duration.ofDays(Objects.requireNonNull(feature.rollingDays())));
    }

    private static Total total(Record row, long before) {
        return new Total(counter(row), before, row.get("told", Integer.class), row.get("told_of", Long.class));
    }

    static UsageCounter counter(Record row) {
        return new UsageCounter(
                new AccountId(row.get("account_id", UUID.class)), new FeatureId(row.get("feature_id", UUID.class)),
                new Period(row.get("period_from", Instant.class), row.get("period_until", Instant.class)), row.get("used", Long.class),
                row.get("reserved", Long.class), row.get("passed_at", Instant.class), row.get("revision", Long.class));
    }
}
