package dev.headroom.policy;

/**
 * How a change is made, from the most that a vendor can allow to the least: of several that hold, the last one here does; but to be approved of says
 * nothing of when, and holds beside one that does.
 */
public enum Transition {
    /** At once, with the rest of the period given back and charged anew. */
    NOW_PRORATED,
    /** At once, with the running period left as it was billed; the next invoice has the new price. */
    NOW_UNPRORATED,
    /** With the next period. */
    PERIOD_END,
    /** Once somebody of the vendor has approved of it. */
    BY_APPROVAL,
    /** Never. */
    REFUSED
}
