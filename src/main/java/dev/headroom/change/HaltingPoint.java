package dev.headroom.change;

/**
 * Where a process may be told to die, to prove that nothing is lost there: {@code -Dheadroom.halt-at=AFTER_STRIPE}. Halting runs no
 * shutdown hook and no finally block, as kill -9 would not.
 */
enum HaltingPoint {
    /** The intent is stored, Stripe has not been called. */
    BEFORE_STRIPE,
    /** Stripe has answered, nothing of it is stored. */
    AFTER_STRIPE,
    /** The outcome is written, but not committed. */
    BEFORE_COMMIT;

    private static final int AS_IF_KILLED = 137;

    void pass() {
        if (name().equals(System.getProperty("headroom.halt-at"))) {
            Runtime.getRuntime().halt(AS_IF_KILLED);
        }
    }
}
