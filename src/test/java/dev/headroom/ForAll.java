package dev.headroom;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks a property for many generated values. Each value has its own seed, which a failure names;
 * {@code -Dforall.seed=N} replays that one value alone, {@code -Dforall.cases=N} changes how many are tried.
 */
public final class ForAll {

    private static final int CASES = Integer.getInteger("forall.cases", 500);

    private ForAll() {}

    public static <T> void forAll(Function<SplittableRandom, T> generator, Consumer<T> property) {
        Long replayed = Long.getLong("forall.seed");
        if (replayed != null) {
            check(replayed, generator, property);
            return;
        }
        for (long seed = 1; seed <= CASES; seed++) {
            check(seed, generator, property);
        }
    }

    private static <T> void check(long seed, Function<SplittableRandom, T> generator, Consumer<T> property) {
        T value = generator.apply(new SplittableRandom(seed));
        try {
            property.accept(value);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("Fails for " + value + "; replay with -Dforall.seed=" + seed, failure);
        }
    }
}
