package dev.headroom.reading;

import dev.headroom.reading.BenchmarkResult.Benchmark;
import dev.headroom.reading.BenchmarkResult.Benchmark.Band;
import dev.headroom.reading.BenchmarkResult.NotEnoughPeers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** One figure among those of others. */
final class Comparison {

    /** Fewer, and a figure could be guessed to be somebody's. */
    static final int FEWEST_PEERS = 10;

    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private Comparison() {}

    /** @param others without the one that is compared, in any order */
    static BenchmarkResult of(long used, List<Long> others) {
        if (others.size() < FEWEST_PEERS) {
            return new NotEnoughPeers(FEWEST_PEERS);
        }
        List<Long> sorted = others.stream().sorted().toList();
        return new Benchmark(band(used, sorted), used, rounded(median(sorted)), sorted.size() / 10 * 10);
    }

    private static Band band(long used, List<Long> others) {
        long below = others.stream().filter(other -> other < used).count();
        long equal = others.stream().filter(other -> other == used).count();
        long eighths = 4 * (2 * below + equal);
        if (eighths < others.size() * 4L) {
            return eighths < others.size() * 2L ? Band.LOWEST_QUARTER : Band.BELOW_MEDIAN;
        }
        return eighths < others.size() * 6L ? Band.ABOVE_MEDIAN : Band.HIGHEST_QUARTER;
    }

    private static BigDecimal median(List<Long> sorted) {
        long low = sorted.get((sorted.size() - 1) / 2);
        long high = sorted.get(sorted.size() / 2);
        return BigDecimal.valueOf(low).add(BigDecimal.valueOf(high)).divide(BigDecimal.TWO);
    }

    private static long rounded(BigDecimal median) {
        return median.setScale(0, RoundingMode.HALF_UP).round(TWO_DIGITS).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
