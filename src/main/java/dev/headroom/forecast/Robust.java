package dev.headroom.forecast;

import java.util.Arrays;

/** Figures that one odd value hardly moves. */
final class Robust {

    /** The median deviation of a normal distribution, times this, is its standard deviation. */
    private static final double NORMAL = 1.4826;

    private Robust() {}

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The median distance from the median, scaled to a standard deviation. */
    static double deviation(double... values) {
        double middle = median(values);
        return NORMAL * median(Arrays.stream(values).map(value -> Math.abs(value - middle)).toArray());
    }

    /** The mean without the lowest and the highest, as long as something is left. */
    static double trimmedMean(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int cut = sorted.length > 2 ? 1 : 0;
        return Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
    }

    /** The median slope of all pairs of points at least {@code apart} from each other: Theil 1950, Sen 1968. */
    static double slope(double[] x, double[] y, double apart) {
        double[] slopes = new double[x.length * (x.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                if (x[j] - x[i] >= apart) {
                    slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }
        return count == 0 ? 0 : median(Arrays.copyOf(slopes, count));
    }
}
