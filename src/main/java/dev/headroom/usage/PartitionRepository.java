package dev.headroom.usage;

import static dev.headroom.usage.jooq.Tables.DROPPED;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.headroom.account.AccountId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class PartitionRepository {

    private static final String PREFIX = "event_";
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu_MM");
    /** Of the lock that lets one node at a time make or drop partitions. */
    private static final long LOCK = 7_364_201_933L;

    private static final String NOTE = """
            insert into usage.dropped as d (account_id, until, moved_until)
            select account_id, {1}, max(period_from) from {0} group by account_id
            on conflict (account_id) do update
            set until = greatest(d.until, excluded.until), moved_until = greatest(d.moved_until, excluded.moved_until)""";

    private final DSLContext db;

    PartitionRepository(DSLContext db) {
        this.db = db;
    }

    /** The months that have a partition. */
    Set<YearMonth> months() {
        return db.select(field("c.relname", String.class))
                .from(table("pg_inherits i join pg_class c on c.oid = i.inhrelid"))
                .where("i.inhparent = 'usage.event'::regclass")
                .fetch(row -> YearMonth.parse(row.value1().substring(PREFIX.length()), MONTH))
                .stream()
                .collect(toUnmodifiableSet());
    }

    /** Makes a month's partition unless it is there; in a transaction of its own, for writers wait until it ends. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void make(YearMonth month) {
        lock();
        db.execute("create table if not exists {0} partition of usage.event for values from ({1}) to ({2})",
                name("usage", PREFIX + MONTH.format(month)), inline(begins(month)), inline(begins(month.plusMonths(1))));
    }

    /** Drops a month with its events, and notes whose they were. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void drop(YearMonth month) {
        lock();
        if (months().contains(month)) {
            db.execute("lock table {0} in access exclusive mode", name("usage", PREFIX + MONTH.format(month)));
            db.execute(NOTE, name("usage", PREFIX + MONTH.format(month)), val(month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        db.execute("drop table if exists {0}", name("usage", PREFIX + MONTH.format(month)));
    }

    /** Which events of an account are not kept any more; empty while all of them are. */
    Optional<Dropped> dropped(AccountId account) {
        return db.selectFrom(DROPPED)
                .where(DROPPED.ACCOUNT_ID.eq(account.value()))
                .fetchOptional(row -> new Dropped(row.getUntil(), row.getMovedUntil()));
    }

    /**
     * Which events are not kept any more.
     *
     * @param until what happened before
     * @param moved where the latest billing period begins that one of them had counted in; absent while only events were dropped that may be 35 days
     *              older than that
     */
    record Dropped(Instant until, @Nullable Instant moved) {}

    private void lock() {
        db.select(field("pg_advisory_xact_lock({0})", Object.class, val(LOCK))).fetch();
    }

    private static String begins(YearMonth month) {
        return month.atDay(1) + " 00:00:00+00";
    }
}
