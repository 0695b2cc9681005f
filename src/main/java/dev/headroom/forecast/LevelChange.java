package dev.headroom.forecast;

import java.util.Arrays;

/** Finds the last lasting change of level, such as a customer that doubled its team: what was before says nothing any more. */
final class LevelChange {

    /** Fewer days at the new level could be chance. */
    private static final int LEAST = 5;
    /** Two levels must describe the days that much better than one straight line. */
    private static final double BETTER = 0.75;
    /** In natural logarithms: a third more, or a quarter less. */
    private static final double LARGE = 0.3;

    private LevelChange() {}

    /** The index of the first point at today's level; 0 when the level never changed at once. */
    static int start(Points logarithms) {
        double best = BETTER * aroundLine(logarithms);
        int start = 0;
        double[] values = logarithms.values();
        for (int cut = LEAST; cut <= values.length - LEAST; cut++) {
            double[] before = Arrays.copyOf(values, cut);
            double[] after = Arrays.copyOfRange(values, cut, values.length);
            double old = Robust.median(before);
            double now = Robust.median(after);
            double around = around(old, before) + around(now, after);
            if (around < best && Math.abs(now - old) > LARGE) {
                best = around;
                start = cut;
            }
        }
        return start;
    }

    private static double aroundLine(Points points) {
        double slope = Robust.slope(points.days(), points.values(), 7);
        double[] flat = new double[points.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = points.values()[i] - slope * points.days()[i];
        }
        return around(Robust.median(flat), flat);
    }

    private static double around(double middle, double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value - middle);
        }
        return sum;
    }
}
