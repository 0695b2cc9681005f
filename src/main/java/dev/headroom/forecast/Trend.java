package dev.headroom.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which way the level goes, relative to it and a day.
 *
 * @param error of the slope, standard
 * @param noise standard deviation of a day around the line
 */
record Trend(double slope, double error, double noise) {

    /** A trend beyond it is rare, 16 % in thirty days: the less certain what was measured is, the less of it is believed. */
    private static final double USUAL = 0.005;
    /** No trend is followed that more than doubles in thirty days. */
    private static final double STEEPEST = 0.025;
    /** Points closer than a week tell more about their noise than about the trend. */
    private static final int APART = 7;

    static Trend of(Points points) {
        Points logarithms = points.logarithms();
        double measured = Math.clamp(Robust.slope(logarithms.days(), logarithms.values(), APART), -STEEPEST, STEEPEST);
        double noise = noise(removed(points, measured));
        double uncertain = noise / Math.sqrt(spread(points.days()));
        double belief = USUAL * USUAL / (USUAL * USUAL + uncertain * uncertain);
        return new Trend(belief * measured, USUAL * Math.sqrt(1 - belief), noise);
    }

    /** What the values would have been at today's level. */
    double[] removedFrom(Points points) {
        return removed(points, slope);
    }

    private static double[] removed(Points points, double slope) {
        return IntStream.range(0, points.size()).mapToDouble(i -> points.values()[i] * Math.exp(-slope * points.days()[i])).toArray();
    }

    private static double noise(double[] flat) {
        double mean = Arrays.stream(flat).average().orElseThrow();
        return mean == 0 ? 0 : Math.sqrt(spread(flat) / Math.max(1, flat.length - 2)) / mean;
    }

    /** The sum of the squared distances from the mean. */
    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    }
}
