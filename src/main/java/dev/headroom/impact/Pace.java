package dev.headroom.impact;

import dev.headroom.catalog.Feature;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import dev.headroom.usage.UsageCounter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a meter will show when its window ends if it goes on as it went since that began: one pace for hundreds of thousands, from what is stored. */
final class Pace {

    /** Of a window: before that, what was used says little of what will be. */
    private static final int PART_NEEDED = 10;

    private Pace() {}

    /**
     * @param counter of the window that runs; absent where nothing was used
     * @return never less than what is used; just that of what does not add up, of what never starts again, and early in a window
     */
    static long expected(Feature feature, @Nullable UsageCounter counter, long used, Instant at) {
        boolean addsUp = feature.meter() != null && feature.meter().aggregation().addsUp() && feature.reset() != Reset.NEVER && feature.reset() != Reset.ROLLING;
        if (counter == null || !addsUp || !counter.window().contains(at)) {
            return used;
        }
        Period window = counter.window();
        long elapsed = Duration.between(window.from(), at).toSeconds();
        long whole = Duration.between(window.from(), window.until()).toSeconds();
        if (elapsed <= 0 || elapsed < whole / PART_NEEDED) {
            return used;
        }
        BigInteger expected = BigInteger.valueOf(used).multiply(BigInteger.valueOf(whole)).divide(BigInteger.valueOf(elapsed));
        return expected.bitLength() < Long.SIZE ? expected.longValue() : Long.MAX_VALUE;
    }
}
