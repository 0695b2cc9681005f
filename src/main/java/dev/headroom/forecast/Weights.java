package dev.headroom.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How much each day counts: half as much for every half-life that it lies back. */
record Weights(double[] days, double[] weights) {

    static Weights of(Points points, double halfLife) {
        return new Weights(points.days(), Arrays.stream(points.days()).map(day -> Math.pow(2, day / halfLife)).toArray());
    }

    double mean(double[] values) {
        return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] * values[i]).sum() / sum();
    }

    /** How many days, all counting the same, would make a mean as certain. */
    double effectiveDays() {
        return sum() * sum() / Arrays.stream(weights).map(weight -> weight * weight).sum();
    }

    /** Mean age of what counts, in days. */
    double age() {
        return -mean(days);
    }

    private double sum() {
        return Arrays.stream(weights).sum();
    }
}
