package dev.headroom.console.revenue;

import static dev.headroom.metrics.Metric.Kind.ATTACH_RATE;
import static dev.headroom.metrics.Metric.Kind.AVERAGE_EXPANSION;
import static dev.headroom.metrics.Metric.Kind.EXPANSION_RATE;
import static dev.headroom.metrics.Metric.Kind.EXPANSION_SHARE;
import static dev.headroom.metrics.Metric.Kind.EXPANSION_VELOCITY;
import static dev.headroom.metrics.Metric.Kind.LOGO_RETENTION;
import static dev.headroom.metrics.Metric.Kind.QUICK_RATIO;
import static dev.headroom.metrics.Metric.Kind.QUICK_RATIO_OF_ALL;
import static dev.headroom.metrics.Metric.Kind.SEAT_EXPANSION_RATE;
import static dev.headroom.metrics.Metric.Kind.SEVERAL_PRODUCTS;
import static dev.headroom.metrics.Metric.Kind.TIME_TO_EXPANSION;
import static dev.headroom.metrics.Metric.Kind.USAGE_SHARE;

import dev.headroom.metrics.Metric;
import java.util.List;

/** Figures of growth that are read together: by how much customers grow, against what is lost, and how many of them. */
public enum GrowthGroup {
    EXPANDED(EXPANSION_RATE, SEAT_EXPANSION_RATE, AVERAGE_EXPANSION, EXPANSION_SHARE, USAGE_SHARE, EXPANSION_VELOCITY),
    AGAINST_LOSS(QUICK_RATIO, QUICK_RATIO_OF_ALL),
    BY_CUSTOMERS(LOGO_RETENTION, TIME_TO_EXPANSION, SEVERAL_PRODUCTS, ATTACH_RATE);

    private final List<Metric.Kind> kinds;

    GrowthGroup(Metric.Kind... kinds) {
        this.kinds = List.of(kinds);
    }

    List<Metric.Kind> kinds() {
        return kinds;
    }
}
