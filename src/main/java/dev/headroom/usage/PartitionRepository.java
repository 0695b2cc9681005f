package dev.headroom.usage;

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
            insert into usage.dropped as d (account_id, until)
            select distinct account_id, {1} from {0}
            on conflict (account_id) do update set until = greatest(d.until, excluded.until)""";

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
            db.execute(NOTE, name("usage", PREFIX + MONTH.format(month)), val(month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        db.execute("drop table if exists {0}", name("usage", PREFIX + MONTH.format(month)));
    }

    /** Before which no event of an account is kept any more; empty while all of them are. */
    Optional<Instant> droppedUntil(AccountId account) {
        return db.resultQuery("select until from usage.dropped where account_id = {0}", val(account.value())).fetchOptional(row -> row.get(0, Instant.class));
    }

    private void lock() {
        db.select(field("pg_advisory_xact_lock({0})", Object.class, val(LOCK))).fetch();
    }

    private static String begins(YearMonth month) {
        return month.atDay(1) + " 00:00:00+00";
    }
}
