package dev.headroom.overage;

/** Where a process may be told to die while it reports, as {@code change} may be: {@code -Dheadroom.halt-at=AFTER_REPORT}. */
enum ReportingPoint {
    /** The report is stored, Stripe has not been asked. */
    BEFORE_REPORT,
    /** Stripe has answered, nothing of it is stored. */
    AFTER_REPORT,
    /** What Stripe answered is written, but not committed. */
    BEFORE_SETTLED;

    private static final int AS_IF_KILLED = 137;

    void pass() {
        if (name().equals(System.getProperty("headroom.halt-at"))) {
            Runtime.getRuntime().halt(AS_IF_KILLED);
        }
    }
}
