package dev.headroom;

import java.util.function.Supplier;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;

/**
 * Lets the thread that does something die before one of its statements, as a worker dies with its process: what was committed by then stays,
 * nothing of what came after is done. What catches exceptions does not catch this.
 */
public final class Mortality implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    /** Nobody is left to answer. */
    public static final class Death extends Error {

        private static final long serialVersionUID = 1L;

        private Death() {
            super("The worker died here because a test asked for it", null, false, false);
        }
    }

    private final transient ThreadLocal<Integer> left = new ThreadLocal<>();

    /**
     * @param statements how many are still sent; what sends no more than these lives
     * @throws Death before the one that follows
     */
    public <T> T dyingAfter(int statements, Supplier<T> work) {
        left.set(statements);
        try {
            return work.get();
        } catch (RuntimeException wrapped) {
            if (died(wrapped)) {
                throw new Death();
            }
            throw wrapped;
        } finally {
            left.remove();
        }
    }

    /** Spring wraps what an event's listener throws. */
    private static boolean died(Throwable thrown) {
        return thrown instanceof Death || thrown.getCause() != null && died(thrown.getCause());
    }

    @Override
    public void executeStart(ExecuteContext context) {
        Integer now = left.get();
        if (now != null) {
            if (now == 0) {
                // What is read row by row keeps its connection where nothing has failed as far as jOOQ knows, and nobody would ever give it back.
                context.exception(new DataAccessException("The worker dies before this statement"));
                throw new Death();
            }
            left.set(now - 1);
        }
    }
}
