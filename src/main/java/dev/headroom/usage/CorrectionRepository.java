package dev.headroom.usage;

import static dev.headroom.usage.Columns.texts;
import static dev.headroom.usage.Columns.times;
import static dev.headroom.usage.Columns.uuids;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.usage.Difference.OfValue;
import dev.headroom.usage.Difference.Sighting;
import dev.headroom.usage.Tally.Key;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/**
 * Makes what is kept say what the events say, row by row: first each is held, then the events are read, then it is written. Held in the order of
 * whoever counts unique values, see {@link Counters}: windows, values, everything else.
 */
@Repository
class CorrectionRepository {

    private static final String NAME_COUNTERS = """
            create temporary table held_counter on commit drop as
            select account_id, grain, feature_id, grp, timestamptz 'epoch' + period_from * interval '1 microsecond' as period_from,
              timestamptz 'epoch' + period_until * interval '1 microsecond' as period_until, n
            from unnest({0}, {1}, {2}, {3}, {4}, {5}) with ordinality as t (account_id, grain, feature_id, grp, period_from, period_until, n)""";

    /** Those that are missing are made, for otherwise somebody else could make them meanwhile. */
    private static final String HOLD_COUNTERS = """
            insert into usage.counter as c (account_id, grain, feature_id, grp, period_from, period_until, used, last_at)
            select account_id, grain, feature_id, grp, period_from, period_until, 0, timestamptz 'epoch' from pg_temp.held_counter where (grain = 'PERIOD' and grp = '') = {0} order by n
            on conflict (account_id, grain, feature_id, grp, period_from) do update set revision = c.revision + 1""";

    private static final String NAME_VALUES = """
            create temporary table held_seen on commit drop as
            select account_id, feature_id, timestamptz 'epoch' + period_from * interval '1 microsecond' as period_from, value,
              timestamptz 'epoch' + first_at * interval '1 microsecond' as first_at, timestamptz 'epoch' + last_at * interval '1 microsecond' as last_at, n
            from unnest({0}, {1}, {2}, {3}, {4}, {5}) with ordinality as t (account_id, feature_id, period_from, value, first_at, last_at, n)""";

    private static final String HOLD_VALUES = """
            insert into usage.seen as s (account_id, feature_id, period_from, value, first_at, last_at)
            select account_id, feature_id, period_from, value, first_at, last_at from pg_temp.held_seen order by n
            on conflict (account_id, feature_id, period_from, value) do update set first_at = s.first_at""";

    private static final String CORRECT_TOTALS = """
            update usage.counter c
            set used = coalesce(r.used, 0), last_at = coalesce(r.last_at, timestamptz 'epoch'), period_until = coalesce(r.period_until, c.period_until),
              revision = c.revision + 1
            from pg_temp.held_counter h
            left join pg_temp.replayed_counter r using (account_id, grain, feature_id, grp, period_from)
            where c.account_id = h.account_id and c.grain = h.grain and c.feature_id = h.feature_id and c.grp = h.grp and c.period_from = h.period_from
              and (r.used is not null or (c.grain = 'PERIOD' and c.grp = ''))""";

    private static final String DROP_TOTALS = """
            delete from usage.counter c
            using pg_temp.held_counter h
            where c.account_id = h.account_id and c.grain = h.grain and c.feature_id = h.feature_id and c.grp = h.grp and c.period_from = h.period_from
              and (c.grain <> 'PERIOD' or c.grp <> '')
              and not exists (
                select from pg_temp.replayed_counter r
                where r.account_id = h.account_id and r.grain = h.grain and r.feature_id = h.feature_id and r.grp = h.grp and r.period_from = h.period_from)""";

    private static final String CORRECT_RESERVED = """
            update usage.counter c
            set reserved = open.quantity
            from pg_temp.held_counter h
            cross join lateral (
              select coalesce(sum(quantity), 0)::bigint as quantity
              from usage.reservation r
              where r.account_id = h.account_id and r.feature_id = h.feature_id and r.period_from = h.period_from and r.state = 'OPEN') open
            where h.grain = 'PERIOD' and h.grp = '' and c.account_id = h.account_id and c.grain = h.grain and c.feature_id = h.feature_id and c.grp = ''
              and c.period_from = h.period_from and c.reserved <> open.quantity""";

    private static final String CORRECT_VALUES = """
            update usage.seen s
            set first_at = r.first_at, last_at = r.last_at
            from pg_temp.held_seen h
            join pg_temp.replayed_seen r using (account_id, feature_id, period_from, value)
            where s.account_id = h.account_id and s.feature_id = h.feature_id and s.period_from = h.period_from and s.value = h.value""";

    private static final String DROP_VALUES = """
            delete from usage.seen s
            using pg_temp.held_seen h
            where s.account_id = h.account_id and s.feature_id = h.feature_id and s.period_from = h.period_from and s.value = h.value
              and not exists (
                select from pg_temp.replayed_seen r
                where r.account_id = h.account_id and r.feature_id = h.feature_id and r.period_from = h.period_from and r.value = h.value)""";

    /** Of windows that ended by then; what is there stays as it is, and cannot be deleted until the transaction ends. */
    private static final String REMEMBER = """
            insert into usage.seen as s (account_id, feature_id, period_from, value, first_at, last_at)
            select r.account_id, r.feature_id, r.period_from, r.value, r.first_at, r.last_at
            from pg_temp.replayed_seen r
            join usage.counter c on c.account_id = r.account_id and c.grain = 'PERIOD' and c.feature_id = r.feature_id and c.grp = ''
              and c.period_from = r.period_from
            where r.feature_id = any ({0}) and c.period_until <= {1}
            on conflict (account_id, feature_id, period_from, value) do update set first_at = s.first_at""";

    private static final String FORGET = """
            delete from usage.seen s
            using usage.counter c
            where s.account_id = {0} and s.feature_id = any ({1})
              and c.account_id = s.account_id and c.grain = 'PERIOD' and c.feature_id = s.feature_id and c.grp = '' and c.period_from = s.period_from
              and c.period_until <= {2}""";

    private final DSLContext db;

    CorrectionRepository(DSLContext db) {
        this.db = db;
    }

    /**
     * Nobody else changes these until the transaction ends.
     *
     * @param counters in the order in which everybody holds them, none twice
     * @param values   likewise
     */
    void hold(List<Key> counters, List<OfValue> values) {
        db.execute(NAME_VALUES,
                val(uuids(values, each -> each.key().account())), val(uuids(values, each -> each.key().feature())),
                val(times(values, each -> each.key().window().from())), val(texts(values, OfValue::value)),
                val(times(values, each -> either(each).first())), val(times(values, each -> either(each).last())));
        db.execute(NAME_COUNTERS,
                val(uuids(counters, Key::account)), val(texts(counters, key -> key.grain().name())), val(uuids(counters, Key::feature)),
                val(texts(counters, Key::group)), val(times(counters, key -> key.window().from())), val(times(counters, key -> key.window().until())));
        db.execute("analyze pg_temp.held_counter, pg_temp.held_seen");
        db.execute(HOLD_COUNTERS, val(true));
        db.execute(HOLD_VALUES);
        db.execute(HOLD_COUNTERS, val(false));
    }

    private static Sighting either(OfValue value) {
        return value.kept() == null ? Objects.requireNonNull(value.replayed()) : value.kept();
    }

    /** Brings values back that were deleted because their windows had ended by some time. */
    void remember(Set<FeatureId> features, Instant endedBy) {
        db.execute(REMEMBER, val(uuids(List.copyOf(features), FeatureId::value)), val(endedBy));
    }

    /** Deletes values because their windows had ended by some time. */
    void forget(AccountId account, Set<FeatureId> features, Instant endedBy) {
        db.execute(FORGET, val(account.value()), val(uuids(List.copyOf(features), FeatureId::value)), val(endedBy));
    }

    /** Writes what the events say, where something is held; what no event speaks of is emptied, or removed where nothing else stands there. */
    void correct() {
        db.execute(CORRECT_VALUES);
        db.execute(DROP_VALUES);
        db.execute(CORRECT_TOTALS);
        db.execute(DROP_TOTALS);
        db.execute(CORRECT_RESERVED);
    }
}
