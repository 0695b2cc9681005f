package dev.headroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries.Mark;
import dev.headroom.occasion.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A page of the log costs the same however long the log is. */
@HeadroomTest
class AuditPagesTest {

    private static final Actor READER = new Actor.System("test");
    private static final int PAGE = 51;
    private static final int MOST = 100_000;

    @Autowired
    AuditEntries entries;

    @Autowired
    StatementCounter statements;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext db;

    /** Entries cannot be deleted again, so these are never committed. */
    @Test
    void aPageOfAHundredThousandIsOneStatementAndItsOwnRows() {
        transaction.executeWithoutResult(running -> {
            running.setRollbackOnly();
            UUID account = UUID.randomUUID();
            String number = account.toString().substring(0, 8);
            db.execute("""
                    insert into audit.entry (id, account_id, at, actor, operation, subject, subject_id, part_of, part_of_id, origin, reason, correlation_id, after)
                    select gen_random_uuid(), case when n % 1000 = 0 then {0} end, timestamptz '2020-01-01T00:00:00Z' + n * interval '1 second', 'api-key:' || n % 7 || {1},
                      case when n % 500 = 0 then 'rare' else 'usual' end || {1}, 'thing' || {1}, n % 400 || {1}, 'whole' || {1}, n % 2 || {1}, case when n % 900 = 0 then 'STRIPE' else 'API_KEY' end,
                      case when n % 700 = 0 then 'because ' || {1} end, gen_random_uuid(), jsonb_build_object('name', 'Thing ' || n)
                    from generate_series(1, {2}) n""", val(account), val(number), val(MOST));
            db.execute("analyze audit.entry");
            Instant noon = Instant.parse("2020-01-01T12:00:00Z");
            Map<String, AuditFilter> filters = Map.of(
                    "all", filter(null, null, null, null, null, null, null, null),
                    "actor", filter("api-key:3" + number, null, null, null, null, null, null, null),
                    "operation", filter(null, "rare" + number, null, null, null, null, null, null),
                    "subject", AuditFilter.ofSubject("thing" + number, "17" + number),
                    "parts", AuditFilter.ofSubject("whole" + number, "1" + number),
                    "account", AuditFilter.ofAccount(account),
                    "origin", filter(null, null, null, Origin.STRIPE, null, noon, null, null),
                    "times", filter(null, null, null, null, null, noon, noon.plusSeconds(300), null),
                    "words", filter(null, null, null, null, null, null, null, "becau " + number));
            filters.forEach((name, filter) -> {
                int asked = statements.during(() -> assertThat(read(filter, null)).as(name).isBetween(1L, 10L * PAGE));
                // Before and after it, one for the numbers of rows.
                assertThat(asked).as(name).isEqualTo(3);
            });
            Mark far = new Mark(Instant.parse("2020-01-01T03:00:00Z"), new UUID(0, 0));
            assertThat(read(filters.get("all"), far)).as("far down").isBetween(1L, 10L * PAGE);
            assertThat(read(filters.get("actor"), far)).as("far down of one actor").isBetween(1L, 10L * PAGE);
        });
    }

    private static AuditFilter filter(String actor, String operation, UUID account, Origin origin, UUID correlation, Instant from, Instant until, String text) {
        return new AuditFilter(actor, operation, null, null, account, origin, correlation, from, until, text);
    }

    /** How many rows of the table PostgreSQL looked at for a page: a few for each of its own where it takes another order than the one that it filters by. */
    private long read(AuditFilter filter, Mark after) {
        long before = rows();
        List<AuditEntry> page = entries.page(READER, filter, after, PAGE);
        assertThat(page).isNotEmpty().isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
        return rows() - before;
    }

    private long rows() {
        return db.fetchSingle("select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where schemaname = 'audit' and relname = 'entry'").get(0, Long.class);
    }
}
