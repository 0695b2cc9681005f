package dev.headroom.usage;

import static dev.headroom.usage.Columns.uuids;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Deletes by account and feature, so that every statement reads the ranges of a key in which there is something to delete, and no more. */
@Repository
class LeftoverRepository {

    /** One after the other from the index, however many rows each has. */
    private static final String ACCOUNTS = """
            with recursive one (account_id, n) as (
              (select account_id, 1 from usage.counter where account_id > {0} order by account_id limit 1)
              union all
              select (select c.account_id from usage.counter c where c.account_id > one.account_id order by c.account_id limit 1), n + 1
              from one
              where one.account_id is not null and n < {1}
            )
            select account_id from one where account_id is not null order by account_id""";

    /** Another node that deletes the same is not waited for. */
    private static final String DELETE_HOURS = """
            delete from usage.counter where ctid = any (array(
              select c.ctid
              from unnest({0}) as a (account_id)
              cross join unnest({1}) as f (feature_id)
              cross join lateral (
                select h.ctid
                from usage.counter h
                where h.account_id = a.account_id and h.grain = 'HOUR' and h.feature_id = f.feature_id and h.grp = '' and h.period_until <= {3}
                  and h.period_from < {3} and (f.feature_id <> all ({2}) or exists (
                    select from usage.counter later
                    where later.account_id = h.account_id and later.grain = 'HOUR' and later.feature_id = h.feature_id and later.grp = ''
                      and later.period_from > h.period_from and later.period_until <= {3}))
                limit {4}
                for update skip locked) c
              limit {4}))""";

    /** The same of hours of groups, which are there where a window rolls. */
    private static final String DELETE_GROUPS = DELETE_HOURS.replace("grp = ''", "grp <> ''");

    /** One after the other from the index, however many values each has. */
    private static final String WINDOWS = """
            with recursive one (account_id, feature_id, period_from, n) as (
              (select account_id, feature_id, period_from, 1
              from usage.seen
              where (account_id, feature_id, period_from) > ({0}, {1}, {2})
              order by account_id, feature_id, period_from limit 1)
              union all
              select next.account_id, next.feature_id, next.period_from, n + 1
              from one
              cross join lateral (
                select s.account_id, s.feature_id, s.period_from
                from usage.seen s
                where (s.account_id, s.feature_id, s.period_from) > (one.account_id, one.feature_id, one.period_from)
                order by s.account_id, s.feature_id, s.period_from limit 1) next
              where n < {3}
            )
            select account_id, feature_id, period_from, exists (
              select from usage.counter w
              where w.account_id = one.account_id and w.grain = 'PERIOD' and w.feature_id = one.feature_id and w.grp = ''
                and w.period_from = one.period_from and w.period_until <= {4}) as is_over
            from one
            order by account_id, feature_id, period_from""";

    private static final String DELETE_VALUES = """
            delete from usage.seen where ctid = any (array(
              select ctid from usage.seen where account_id = {0} and feature_id = {1} and period_from = {2} limit {3} for update skip locked))""";

    /** Of windows that roll, which all begin at the same instant and have no end. */
    private static final String DELETE_UNSEEN = """
            delete from usage.seen where ctid = any (array(
              select v.ctid
              from unnest({0}) as a (account_id)
              cross join unnest({1}) as f (feature_id)
              cross join lateral (
                select s.ctid
                from usage.seen s
                where s.account_id = a.account_id and s.feature_id = f.feature_id and s.period_from = timestamptz 'epoch' and s.last_at < {2}
                limit {3}
                for update skip locked) v
              limit {3}))""";

    /** One that is being reversed is left alone. */
    private static final String DELETE_REPLACED = """
            delete from usage.replaced_event where ctid = any (array(
              select r.ctid
              from usage.backfill b join usage.replaced_event r on r.backfill_id = b.id
              where b.range_from < {0}
              limit {1}
              for update skip locked))""";

    private final DSLContext db;

    LeftoverRepository(DSLContext db) {
        this.db = db;
    }

    /** The next accounts of which anything is counted, in the order of their ids. */
    List<AccountId> accounts(UUID after, int most) {
        return db.resultQuery(ACCOUNTS, val(after), val(most)).fetch(row -> new AccountId(row.get(0, UUID.class)));
    }

    /**
     * @param features of which old hours are deleted
     * @param latest   those of them of which the last old hour stays
     * @param before   hours that ended by then
     * @return how many were deleted
     */
    int deleteHours(List<AccountId> accounts, List<FeatureId> features, List<FeatureId> latest, Instant before, int most) {
        return db.execute(DELETE_HOURS,
                val(uuids(accounts, AccountId::value)), val(uuids(features, FeatureId::value)), val(uuids(latest, FeatureId::value)), val(before), val(most));
    }

    /**
     * The same of their groups.
     *
     * @param features whose groups are kept by the hour
     */
    int deleteGroups(List<AccountId> accounts, List<FeatureId> features, Instant before, int most) {
        return db.execute(DELETE_GROUPS,
                val(uuids(accounts, AccountId::value)), val(uuids(features, FeatureId::value)), val(new UUID[0]), val(before), val(most));
    }

    /**
     * @param rolling features whose windows roll
     * @param before  values that were seen last before then
     * @return how many were deleted
     */
    int deleteUnseen(List<AccountId> accounts, List<FeatureId> rolling, Instant before, int most) {
        return db.execute(DELETE_UNSEEN, val(uuids(accounts, AccountId::value)), val(uuids(rolling, FeatureId::value)), val(before), val(most));
    }

    /** A window that has values, and whether it ended long enough ago. */
    record Window(UUID account, UUID feature, Instant from, boolean isOver) {

        static final Window BEFORE_ALL = new Window(new UUID(0, 0), new UUID(0, 0), Instant.EPOCH, false);
    }

    /** The next windows that have values. */
    List<Window> windows(Window after, Instant endedBy, int most) {
        return db.resultQuery(WINDOWS, val(after.account()), val(after.feature()), val(after.from()), val(most), val(endedBy)).fetch(row -> new Window(
                row.get("account_id", UUID.class), row.get("feature_id", UUID.class), row.get("period_from", Instant.class),
                row.get("is_over", Boolean.class)));
    }

    /** Returns how many were deleted. */
    int deleteValues(Window window, int most) {
        return db.execute(DELETE_VALUES, val(window.account()), val(window.feature()), val(window.from()), val(most));
    }

    /**
     * @param kept of backfills whose range begins before
     * @return how many were deleted
     */
    int deleteReplaced(Instant kept, int most) {
        return db.execute(DELETE_REPLACED, val(kept), val(most));
    }
}
