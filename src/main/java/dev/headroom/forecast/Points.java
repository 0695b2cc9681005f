package dev.headroom.forecast;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Values at days, oldest first.
 *
 * @param days counted from today, which is 0; yesterday is −1
 */
record Points(double[] days, double[] values) {

    private static final int NEIGHBOURS = 7;
    /** In robust standard deviations of the neighbours. */
    private static final double SPIKE = 5;
    /** What lies within this part of the neighbours' median is no spike, however quiet they are. */
    private static final double CALM = 0.2;
    private static final double LEAST = 0.05;

    static Points of(DailyUsage usage, IntPredicate kept, IntToDoubleFunction value) {
        int[] indices = IntStream.range(0, usage.size()).filter(kept).toArray();
        return new Points(
                Arrays.stream(indices).mapToDouble(index -> index - usage.size()).toArray(),
                Arrays.stream(indices).mapToDouble(value).toArray());
    }

    int size() {
        return days.length;
    }

    Points from(int start) {
        return new Points(Arrays.copyOfRange(days, start, size()), Arrays.copyOfRange(values, start, size()));
    }

    Points map(DoubleUnaryOperator change) {
        return new Points(days, Arrays.stream(values).map(change).toArray());
    }

    /** Natural ones; a day without usage counts as a twentieth of a median day. */
    Points logarithms() {
        double least = Math.max(LEAST * Robust.median(values), Double.MIN_NORMAL);
        return map(value -> Math.log(Math.max(value, least)));
    }

    /** With every value that is far from its neighbours, itself among them, replaced by their median: Hampel 1974. */
    Points withoutSpikes() {
        return new Points(days, IntStream.range(0, size()).mapToDouble(this::calmed).toArray());
    }

    private double calmed(int index) {
        int start = Math.clamp(index - NEIGHBOURS / 2, 0, Math.max(0, size() - NEIGHBOURS));
        double[] around = Arrays.copyOfRange(values, start, Math.min(size(), start + NEIGHBOURS));
        double middle = Robust.median(around);
        double tolerance = Math.max(SPIKE * Robust.deviation(around), CALM * middle);
        return Math.abs(values[index] - middle) > tolerance ? middle : values[index];
    }
}
