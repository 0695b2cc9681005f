package dev.headroom.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Results;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends several statements at once. That a statement is sent, waited for and answered costs more than what most statements do, on both sides. The driver has
 * each of them planned by itself, and plans none twice that comes often.
 */
@Service
public class Writes {

    /** What waits beyond that is not kept waiting: one text of thousands would be dear to make, and new each time. */
    private static final int MOST_WAITING = 50;

    /** Is among what is synchronized with a transaction from when nothing can wait for its commit any more. */
    private static final TransactionSynchronization CLOSED = new TransactionSynchronization() {};

    private final DSLContext db;

    Writes(DSLContext db) {
        this.db = db;
    }

    /** Carries out statements, at least one, in their order: each as if it was sent alone, after the one before. Nothing of any is left when one fails within a transaction. */
    public Results together(List<? extends Query> statements) {
        String all = IntStream.range(0, statements.size()).mapToObj(place -> "{" + place + "}").collect(Collectors.joining("; "));
        return db.resultQuery(all, statements.toArray(Query[]::new)).fetchMany();
    }

    /**
     * Has a statement carried out right before the running transaction commits, or earlier where there are many, together with others that wait for that and
     * after those that came before it. For what nobody reads within the transaction, and nobody else may fail over: the transaction fails with it.
     */
    public void beforeCommit(Query statement) {
        waiting().add(statement);
    }

    /** Carries out what waits for the commit, for whoever is about to read it. */
    public void now() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            found().forEach(Waiting::send);
        }
    }

    private Waiting waiting() {
        if (TransactionSynchronizationManager.getSynchronizations().contains(CLOSED)) {
            throw new IllegalStateException("The transaction is committed already");
        }
        return found().findFirst().orElseGet(this::first);
    }

    private Waiting first() {
        Waiting made = new Waiting(this);
        TransactionSynchronizationManager.registerSynchronization(made);
        return made;
    }

    /** Sends what waits in the transaction that is about to commit. Nothing can be added from then on: it would be lost. */
    static void close() {
        found().forEach(Waiting::send);
        TransactionSynchronizationManager.registerSynchronization(CLOSED);
    }

    private static Stream<Waiting> found() {
        return TransactionSynchronizationManager.getSynchronizations().stream().filter(Waiting.class::isInstance).map(Waiting.class::cast);
    }

    /** The statements of one transaction; set aside with it while another one runs. */
    private static final class Waiting implements TransactionSynchronization {

        private final Writes writes;
        private final List<Query> statements = new ArrayList<>();

        private Waiting(Writes writes) {
            this.writes = writes;
        }

        private void add(Query statement) {
            statements.add(statement);
            if (statements.size() == MOST_WAITING) {
                send();
            }
        }

        private void send() {
            if (!statements.isEmpty()) {
                List<Query> sent = List.copyOf(statements);
                statements.clear();
                writes.together(sent);
            }
        }
    }
}
