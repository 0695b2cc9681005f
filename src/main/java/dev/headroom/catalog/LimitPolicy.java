package dev.headroom.catalog;

/** What happens when use reaches the included amount. */
public enum LimitPolicy {
    /** Allowed, with a warning. */
    SOFT,
    /** Blocked, after the grace where there is one. */
    HARD,
    /** Allowed, and each further unit is priced. */
    OVERAGE
}
