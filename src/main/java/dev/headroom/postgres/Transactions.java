package dev.headroom.postgres;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions after which something may happen that takes long: in the thread that has committed, once the connection is back in the pool. What
 * runs after a commit by Spring's own means still holds it.
 */
public class Transactions extends JdbcTransactionManager {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final ThreadLocal<List<Runnable>> afterwards = ThreadLocal.withInitial(ArrayList::new);

    Transactions(DataSource pool) {
        super(pool);
    }

    /** Has something done when the running transaction has committed and holds no connection any more; at once where none runs. */
    public void afterRelease(Runnable task) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            /** After everybody who may begin a transaction of his own, whose end would be taken for that of this one. */
            @Override
            public int getOrder() {
                return Ordered.LOWEST_PRECEDENCE;
            }

            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED) {
                    afterwards.get().add(task);
                }
            }
        });
    }

    /** What waits for the commit is sent after everything else that may still write. */
    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (status.isNewSynchronization()) {
            Writes.close();
        }
        super.doCommit(status);
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        super.doCleanupAfterCompletion(transaction);
        List<Runnable> tasks = afterwards.get();
        afterwards.remove();
        tasks.forEach(Transactions::run);
    }

    /** What was committed stays so, whatever comes of it. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.error("What was to happen after a transaction failed", failed);
        }
    }
}
