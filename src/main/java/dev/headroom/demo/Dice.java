package dev.headroom.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Numbers that look random and are the same everywhere for the same seed: SplitMix64 (Steele, Lea and Flood, 2014). */
final class Dice {

    private static final long GAMMA = 0x9e37_79b9_7f4a_7c15L;

    private long state;

    /** @param purpose so that what is thrown for one thing does not depend on how often others throw */
    Dice(long seed, String purpose) {
        state = seed;
        purpose.chars().forEach(character -> state = next() ^ character);
    }

    private long next() {
        state += GAMMA;
        long mixed = (state ^ state >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }

    /** From 0 up to, and without, {@code end}. */
    int below(int end) {
        return (int) Long.remainderUnsigned(next(), end);
    }

    double between(double least, double most) {
        return least + (next() >>> 11) * 0x1.0p-53 * (most - least);
    }

    boolean chance(double probability) {
        return between(0, 1) < probability;
    }

    <T> T pick(List<T> all) {
        return all.get(below(all.size()));
    }

    <T> List<T> shuffled(List<T> all) {
        List<T> mixed = new ArrayList<>(all);
        for (int i = mixed.size() - 1; i > 0; i--) {
            Collections.swap(mixed, i, below(i + 1));
        }
        return mixed;
    }
}
