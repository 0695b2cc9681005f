package dev.headroom.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How fast a meter runs. All but the level are relative to it.
 *
 * @param level      units on an average day, as of today
 * @param levelError standard error of the level
 * @param age        mean age in days of what the level was made of: an error of the trend reaches that far back
 * @param trend      change of the level a day, such as 0.006
 * @param trendError standard error of the trend
 * @param noise      standard deviation of one day around level, trend and weekday
 */
record Pace(double level, double levelError, double age, double trend, double trendError, double noise, Weekdays weekdays) {

    /** Eight weeks are looked at. */
    static final int DAYS = 56;
    /** How far a level wanders by itself in a day; it grows with the root of the days. */
    static final double WANDERING = 0.02;

    /** Below this share of open days with usage, what they bring is averaged, and neither weekday nor trend is read from it. */
    private static final double SPORADIC = 0.6;
    /** In days. Shorter and one week would be all; longer and the trend would count for more than the days. */
    private static final double SHORTEST_HALF_LIFE = 6;
    private static final double LONGEST_HALF_LIFE = 28;
    /** In sporadic use, days beyond so many times the median of the days with usage are cut there. */
    private static final double SPORADIC_CAP = 4;
    /** So many open days without usage, if that is unlikely to be chance, say that usage has stopped. */
    private static final int SILENT_DAYS = 7;
    private static final double UNLIKELY = 0.001;
    private static final double LEAST_CHANCE = 0.1;

    static Pace of(DailyUsage usage) {
        Weekdays weekdays = Weekdays.of(usage);
        Points open = Points.of(usage, index -> weekdays.isOpen(usage.weekday(index)), usage::total);
        if (hasStopped(open.values())) {
            return new Pace(0, 0, 0, 0, 0, 0, weekdays);
        }
        return shareWithUsage(open.values()) < SPORADIC ? sporadic(usage) : steady(usage, weekdays);
    }

    private static Pace steady(DailyUsage usage, Weekdays weekdays) {
        Points even = Points.of(usage, index -> weekdays.isOpen(usage.weekday(index)),
                index -> usage.total(index) / weekdays.factor(usage.weekday(index)));
        Points calm = even.withoutSpikes();
        Points since = calm.from(LevelChange.start(calm.logarithms()));
        Trend trend = Trend.of(since);
        Weights weights = Weights.of(since, halfLife(trend.noise()));
        double level = weights.mean(trend.removedFrom(since));
        double levelError = trend.noise() / Math.sqrt(weights.effectiveDays());
        return new Pace(level, levelError, weights.age(), trend.slope(), trend.error(), trend.noise(), weekdays);
    }

    /** The noisier the days are compared with how far their level wanders, the more of them it takes: Muth 1960. */
    private static double halfLife(double noise) {
        return Math.clamp(Math.log(2) * noise / WANDERING, SHORTEST_HALF_LIFE, LONGEST_HALF_LIFE);
    }

    private static Pace sporadic(DailyUsage usage) {
        double[] used = IntStream.range(0, usage.size()).mapToDouble(usage::total).filter(total -> total > 0).toArray();
        double cap = SPORADIC_CAP * Robust.median(used);
        Points capped = Points.of(usage, _ -> true, usage::total).map(total -> Math.min(total, cap));
        Weights weights = Weights.of(capped, LONGEST_HALF_LIFE);
        double level = weights.mean(capped.values());
        double noise = Math.sqrt(weights.mean(capped.map(value -> (value - level) * (value - level)).values())) / level;
        return new Pace(level, noise / Math.sqrt(weights.effectiveDays()), weights.age(), 0, 0, noise, Weekdays.EVEN);
    }

    private static boolean hasStopped(double[] open) {
        int last = open.length;
        while (last > 0 && open[last - 1] == 0) {
            last--;
        }
        int silent = open.length - last;
        double chance = Math.max(LEAST_CHANCE, 1 - shareWithUsage(Arrays.copyOf(open, last)));
        return last == 0 || silent >= SILENT_DAYS && Math.pow(chance, silent) < UNLIKELY;
    }

    private static double shareWithUsage(double[] values) {
        return Arrays.stream(values).filter(value -> value > 0).count() / (double) Math.max(1, values.length);
    }
}
