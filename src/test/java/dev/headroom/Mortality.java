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

    /** How many more it sends; less than none where it has died over one. */
    private final transient ThreadLocal<Integer> left = new ThreadLocal<>();

    /**
     * @param statements how many are still sent; what sends no more than these lives
     * @throws Death before the one that follows
     */
    public <T> T dyingAfter(int statements, Supplier<T> work) {
        left.set(statements);
        try {
            T answer = work.get();
            living();
            return answer;
        } catch (RuntimeException failed) {
            living();
            throw failed;
        } finally {
            left.remove();
        }
    }

    /** Spring wraps what an event's listener throws, so that somebody may have caught it, and would answer. */
    private void living() {
        if (left.get() < 0) {
            throw new Death();
        }
    }

    @Override
    public void executeStart(ExecuteContext context) {
        Integer now = left.get();
        if (now != null) {
            if (now <= 0) {
                left.set(-1);
                // What is read row by row keeps its connection where nothing has failed as far as jOOQ knows, and nobody would ever give it back.
                context.exception(new DataAccessException("The worker dies before this statement"));
                throw new Death();
            }
            left.set(now - 1);
        }
    }
}
