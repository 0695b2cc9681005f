package dev.headroom.usage;

import dev.headroom.postgres.Outages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Lets calls that come while others are under way wait and go together, in the order they came. Nobody waits when nobody is under way, so
 * a call alone is as fast as without it, and a crowd shares what costs the same for one and for many, such as a commit. Calls that fail
 * together are tried again one by one, so that each fails for reasons of its own only; not while the database cannot be reached, where each
 * would wait for it in turn.
 *
 * @param <I> what a caller brings
 * @param <O> what it gets
 */
final class Gathering<I, O> {

    private final Function<List<I>, List<O>> act;
    private final ToIntFunction<I> weight;
    private final int heaviest;
    private final int parallel;
    private final Deque<Call<I, O>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param act      answers each in its place; must be all or nothing when it throws
     * @param heaviest of what goes together; what weighs more goes alone
     * @param parallel how many may be under way
     */
    Gathering(Function<List<I>, List<O>> act, ToIntFunction<I> weight, int heaviest, int parallel) {
        this.act = act;
        this.weight = weight;
        this.heaviest = heaviest;
        this.parallel = parallel;
    }

    /** @param leads told true to act for itself and those behind it, or false when somebody else did */
    private record Call<I, O>(I input, CompletableFuture<Boolean> leads, CompletableFuture<O> answer) {}

    O call(I input) {
        Call<I, O> own = new Call<>(input, new CompletableFuture<>(), new CompletableFuture<>());
        if (begins(own) || own.leads().join()) {
            lead(own);
        }
        return outcome(own.answer());
    }

    /** What it failed with, not what carried that here. */
    private static <O> O outcome(CompletableFuture<O> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private synchronized boolean begins(Call<I, O> call) {
        if (running == parallel) {
            waiting.add(call);
            return false;
        }
        running++;
        return true;
    }

    private void lead(Call<I, O> own) {
        try {
            answer(gather(own));
        } finally {
            handOver();
        }
    }

    private synchronized List<Call<I, O>> gather(Call<I, O> own) {
        List<Call<I, O>> together = new ArrayList<>(List.of(own));
        int load = weight.applyAsInt(own.input());
        for (Call<I, O> next = waiting.peek(); next != null && load + weight.applyAsInt(next.input()) <= heaviest; next = waiting.peek()) {
            load += weight.applyAsInt(next.input());
            together.add(waiting.remove());
        }
        return together;
    }

    private void answer(List<Call<I, O>> calls) {
        try {
            List<O> answers = act.apply(calls.stream().map(Call::input).toList());
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error failed) {
            if (calls.size() == 1 || Outages.isUnreachable(failed)) {
                calls.forEach(call -> call.answer().completeExceptionally(failed));
            } else {
                calls.forEach(call -> answer(List.of(call)));
            }
        }
        calls.stream().skip(1).forEach(call -> call.leads().complete(false));
    }

    private synchronized void handOver() {
        Call<I, O> next = waiting.poll();
        if (next == null) {
            running--;
        } else {
            next.leads().complete(true);
        }
    }
}
