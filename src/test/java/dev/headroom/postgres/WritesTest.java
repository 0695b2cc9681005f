package dev.headroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.val;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is sent together is as if each was sent alone, and what waits for a commit is in it. */
@HeadroomTest
class WritesTest {

    @Autowired
    Writes writes;

    @Autowired
    DSLContext db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    StatementCounter statements;

    @BeforeEach
    void begin() {
        db.execute("create table if not exists public.written (number int primary key)");
        db.execute("truncate public.written");
    }

    @Test
    void whatIsSentTogetherIsCarriedOutInOrderAndEachStatementSeesTheOnesBefore() {
        List<?> found = writes.together(List.of(insert(1), insert(2), db.query("delete from public.written where number = 1"), all())).getLast().getValues(0);
        assertThat(found).isEqualTo(List.of(2));
    }

    @Test
    void whatWaitsForTheCommitIsOneStatementAndInIt() {
        int sent = statements.during(() -> transaction.executeWithoutResult(_ -> {
            writes.beforeCommit(insert(1));
            writes.beforeCommit(insert(2));
            writes.beforeCommit(db.query("update public.written set number = number + 10"));
        }));

        assertThat(sent).isEqualTo(1);
        assertThat(numbers()).containsExactly(11, 12);
    }

    @Test
    void manyAreSentAFewAtATime() {
        int sent = statements.during(() -> transaction.executeWithoutResult(_ -> IntStream.range(0, 120).forEach(number -> writes.beforeCommit(insert(number)))));
        assertThat(sent).isEqualTo(3);
        assertThat(numbers()).hasSize(120);
    }

    @Test
    void whoeverReadsHasItCarriedOutBefore() {
        transaction.executeWithoutResult(_ -> {
            writes.beforeCommit(insert(1));
            assertThat(numbers()).isEmpty();
            writes.now();
            assertThat(numbers()).containsExactly(1);
            writes.beforeCommit(insert(2));
        });
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void aTransactionFailsWithWhatWaited() {
        db.execute("insert into public.written values (1)");
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
            insert(2).execute();
            writes.beforeCommit(insert(3));
            writes.beforeCommit(insert(1));
        })).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(numbers()).as("nothing of it is left").containsExactly(1);
    }

    @Test
    void whatWaitedInATransactionThatFailedIsNotSentInTheNext() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
            writes.beforeCommit(insert(1));
            throw new IllegalStateException("changed its mind");
        })).hasMessage("changed its mind");
        transaction.executeWithoutResult(_ -> writes.beforeCommit(insert(2)));
        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void aTransactionWithinAnotherSendsItsOwnAlone() {
        TransactionTemplate within = new TransactionTemplate(transaction.getTransactionManager());
        within.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transaction.executeWithoutResult(outer -> {
            writes.beforeCommit(insert(1));
            within.executeWithoutResult(_ -> writes.beforeCommit(insert(2)));
            outer.setRollbackOnly();
        });

        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void whatIsSaidWhileItIsBeingCommittedIsInItAndAfterwardsIsRefused() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                writes.beforeCommit(insert(1));
            }

            @Override
            public void afterCommit() {
                writes.beforeCommit(insert(2));
            }
        }))).hasMessageContaining("committed already");
        assertThat(numbers()).containsExactly(1);
    }

    @Test
    void afterTheCommitOfOneForWhichNothingWaitedNothingCanEither() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                writes.beforeCommit(insert(1));
            }
        }))).hasMessageContaining("committed already");
        transaction.executeWithoutResult(_ -> writes.beforeCommit(insert(2)));
        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void outsideOfATransactionNothingCanWaitForItsCommit() {
        assertThatThrownBy(() -> writes.beforeCommit(insert(1))).isInstanceOf(IllegalStateException.class);
        writes.now();
    }

    private Query insert(int number) {
        return db.query("insert into public.written values ({0})", val(number));
    }

    private Query all() {
        return db.resultQuery("select number from public.written order by number");
    }

    private List<Integer> numbers() {
        return db.resultQuery("select number from public.written order by number").fetch(0, Integer.class);
    }
}
