package dev.headroom.time;

/** How often something recurring is billed. */
public enum Interval {
    MONTH(1),
    YEAR(12);

    private final int months;

    Interval(int months) {
        this.months = months;
    }

    /** Calendar months in one interval. */
    public int months() {
        return months;
    }
}
