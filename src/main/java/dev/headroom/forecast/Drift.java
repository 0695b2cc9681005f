package dev.headroom.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a level moves.
 *
 * @param units a day, on average
 * @param error standard error of {@code units}
 * @param step  standard deviation of a day's movement; grows with the root of the days
 */
record Drift(double units, double error, double step) {

    /** Of the level, a day: a drift beyond it is rare. */
    private static final double USUAL = 0.005;
    /** Of the level: it moves by at least that much in a day, even if it never did. */
    private static final double LEAST_STEP = 0.003;

    static Drift of(DailyUsage levels) {
        double[] calm = Points.of(levels, _ -> true, levels::total).withoutSpikes().values();
        double level = Math.max(1, calm[calm.length - 1]);
        double[] weekly = withoutLargest(weeklyChanges(calm));
        double mean = Arrays.stream(weekly).average().orElse(0);
        double variance = Arrays.stream(weekly).map(change -> (change - mean) * (change - mean)).sum() / Math.max(1, weekly.length - 1);
        double step = Math.max(Math.sqrt(variance / 7), LEAST_STEP * level);
        double error = step / Math.sqrt(7.0 * weekly.length);
        double usual = USUAL * level;
        double belief = usual * usual / (usual * usual + error * error);
        return new Drift(belief * mean / 7, usual * Math.sqrt(1 - belief), step);
    }

    private static double[] weeklyChanges(double[] levels) {
        int weeks = (levels.length - 1) / 7;
        return IntStream.range(0, weeks).mapToDouble(week -> {
            int end = levels.length - 1 - 7 * week;
            return levels[end] - levels[end - 7];
        }).toArray();
    }

    /** One purchase in bulk is no growth: the largest change becomes as large as the next one. */
    private static double[] withoutLargest(double[] changes) {
        if (changes.length < 3) {
            return changes;
        }
        double[] sizes = Arrays.stream(changes).map(Math::abs).sorted().toArray();
        double next = sizes[sizes.length - 2];
        return Arrays.stream(changes).map(change -> Math.clamp(change, -next, next)).toArray();
    }
}
