package dev.headroom;

import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/**
 * Counts the statements that the product sends to PostgreSQL for somebody. What a memory renews by itself once a minute, in the pool that
 * all share, is asked by nobody and would be counted for whoever asks something in that moment.
 */
public final class StatementCounter implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private final AtomicInteger statements = new AtomicInteger();

    @Override
    public void executeStart(ExecuteContext context) {
        if (!(Thread.currentThread() instanceof ForkJoinWorkerThread)) {
            statements.incrementAndGet();
        }
    }

    /** How many statements something sends; nothing else may run meanwhile. */
    public int during(Runnable something) {
        int before = statements.get();
        something.run();
        return statements.get() - before;
    }
}
