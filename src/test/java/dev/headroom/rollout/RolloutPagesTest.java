package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.actor.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A page of roll-outs, and of the accounts of one, costs the same however many accounts were moved. */
@HeadroomTest
class RolloutPagesTest {

    private static final Actor READER = new Actor.System("test");
    private static final int PAGE = 50;
    private static final int FEW = 100;

    @Autowired
    Rollouts rollouts;

    @Autowired
    MoveRepository moves;

    @Autowired
    StatementCounter statements;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext db;

    /** What a page cost. */
    private record Cost(int statements, long rows) {}

    @Test
    void aPageCostsTheSameAtAHundredAndAtThousandsOfMoves() {
        List<Cost> few = costs(FEW);
        List<Cost> many = costs(5_000);
        assertThat(many.stream().map(Cost::statements).toList()).isEqualTo(few.stream().map(Cost::statements).toList());
        assertThat(many.getLast().statements()).as("of accounts").isEqualTo(1);
        // Where there are few PostgreSQL may read all there are, of other roll-outs too, rather than an index.
        assertThat(many).allSatisfy(cost -> assertThat(cost.rows()).isLessThanOrEqualTo((long) PAGE));
    }

    /** Of the list with its counts, of one roll-out's accounts, and of those of one outcome. */
    private List<Cost> costs(int count) {
        return transaction.execute(open -> {
            open.setRollbackOnly();
            UUID id = UUID.randomUUID();
            db.execute("""
                    insert into rollout.rollout (id, plan_id, plan_key, version_id, number, impact_id, choice, reason, state, decided_by, decided_at, publish_at)
                    select {0}, gen_random_uuid(), {1}, gen_random_uuid(), 2, gen_random_uuid(), choice, 'x', 'RUNNING', 'x', publish_at, publish_at
                    from (select jsonb_build_object('choice', jsonb_build_object('timing', 'NOW'), 'riseNoticeDays', 0, 'noticeDays', 0) as choice,
                      timestamptz '2020-01-01T00:00:00Z' as publish_at) t""", val(id), val(id.toString()));
            db.execute("""
                    insert into rollout.move (rollout_id, account_id, subscription_id, subscription_version, version_id, interval, quantity, currency, recurring_before_minor,
                      recurring_after_minor, mrr_before_minor, mrr_after_minor, state, due_at, changed_at)
                    select {0}, gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), 'MONTH', 1, 'USD', 100, 90, 100, 90,
                      case when n % 2 = 0 then 'MOVED' else 'SKIPPED' end, timestamptz '2020-01-01T00:00:00Z', timestamptz '2020-01-01T00:00:00Z'
                    from generate_series(1, {1}) n""", val(id), val(count));
            db.execute("analyze rollout.move");
            moves.finish(id, Instant.parse("2020-01-02T00:00:00Z"));
            return List.of(
                    cost(() -> {
                        List<Rollout> page = rollouts.page(READER, null, id.toString(), null, PAGE);
                        assertThat(rollouts.counts(READER, page.stream().map(Rollout::id).toList()).get(id).moved()).isEqualTo(count / 2);
                    }),
                    cost(() -> assertThat(rollouts.moves(READER, id, RolloutMove.State.MOVED, (RolloutMove) null, PAGE)).hasSize(PAGE)),
                    cost(() -> assertThat(rollouts.moves(READER, id, null, (RolloutMove) null, PAGE)).hasSize(PAGE)));
        });
    }

    private Cost cost(Runnable page) {
        long before = rows();
        int sent = statements.during(page);
        return new Cost(sent, rows() - before);
    }

    private long rows() {
        return db.fetchSingle("select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where schemaname = 'rollout' and relname = 'move'").get(0, Long.class);
    }
}
