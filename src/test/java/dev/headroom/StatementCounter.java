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
    private final AtomicInteger rows = new AtomicInteger();

    @Override
    public void executeStart(ExecuteContext context) {
        if (!(Thread.currentThread() instanceof ForkJoinWorkerThread)) {
            statements.incrementAndGet();
        }
    }

    @Override
    public void recordEnd(ExecuteContext context) {
        if (!(Thread.currentThread() instanceof ForkJoinWorkerThread)) {
            rows.incrementAndGet();
        }
    }

    /** What something asked of the database. */
    public record Asked(int statements, int rows) {}

    /** How much something asks; nothing else may run meanwhile. */
    public Asked asked(Runnable something) {
        int before = rows.get();
        int sent = during(something);
        return new Asked(sent, rows.get() - before);
    }

    /** How many statements something sends; nothing else may run meanwhile. */
    public int during(Runnable something) {
        int before = statements.get();
        something.run();
        return statements.get() - before;
    }
}
