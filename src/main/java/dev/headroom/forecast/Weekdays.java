package dev.headroom.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How each weekday compares with the week it lies in; 1 is an average day, the seven sum to 7.
 *
 * @param factors Monday first
 */
record Weekdays(double[] factors) {

    /** A weekday below this part of an average day is closed: it says nothing about how much is used when it is open. */
    private static final double CLOSED = 0.1;

    static final Weekdays EVEN = new Weekdays(new double[] {1, 1, 1, 1, 1, 1, 1});

    /** From whole weeks that end with the last day; days that lead them are left out. */
    static Weekdays of(DailyUsage usage) {
        int weeks = usage.size() / 7;
        DailyUsage whole = usage.last(weeks * 7);
        double[][] shares = new double[7][weeks];
        int known = 0;
        for (int week = 0; week < weeks; week++) {
            int start = week * 7;
            double mean = IntStream.range(start, start + 7).mapToDouble(whole::total).average().orElseThrow();
            if (mean > 0) {
                for (int day = start; day < start + 7; day++) {
                    shares[whole.weekday(day)][known] = whole.total(day) / mean;
                }
                known++;
            }
        }
        return known < 2 ? EVEN : of(shares, known);
    }

    private static Weekdays of(double[][] shares, int weeks) {
        double[] typical = Arrays.stream(shares).mapToDouble(all -> Robust.trimmedMean(Arrays.copyOf(all, weeks))).toArray();
        double sum = Arrays.stream(typical).sum();
        return sum == 0 ? EVEN : new Weekdays(Arrays.stream(typical).map(share -> 7 * share / sum).toArray());
    }

    double factor(int weekday) {
        return factors[weekday];
    }

    boolean isOpen(int weekday) {
        return factors[weekday] >= CLOSED;
    }

    /** By how much a week varies more than one of even days that vary as much: the mean square of the factors. */
    double unevenness() {
        return Arrays.stream(factors).map(factor -> factor * factor).average().orElseThrow();
    }
}
