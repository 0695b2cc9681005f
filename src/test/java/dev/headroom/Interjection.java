package dev.headroom;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/** Lets something happen right after a statement of the product's, inside the transaction that sent it but not in it: somebody else was quicker. */
public final class Interjection implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private record Awaited(String statement, Runnable something) {}

    private final transient AtomicReference<@Nullable Awaited> awaited = new AtomicReference<>();

    /** Once, after the next statement that begins so; whoever sent that waits for it. */
    public void after(String statement, Runnable something) {
        awaited.set(new Awaited(statement, something));
    }

    /** Whether what was awaited came. */
    public boolean happened() {
        return awaited.get() == null;
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        Awaited next = awaited.get();
        if (next != null && String.valueOf(context.sql()).startsWith(next.statement()) && awaited.compareAndSet(next, null)) {
            CompletableFuture.runAsync(next.something(), Thread::startVirtualThread).join();
        }
    }
}
