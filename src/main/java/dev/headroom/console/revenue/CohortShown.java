package dev.headroom.console.revenue;

/** How a cohort's cell is written. */
public enum CohortShown {
    PERCENT,
    ABSOLUTE
}
