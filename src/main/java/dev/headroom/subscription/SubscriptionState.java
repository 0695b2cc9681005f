package dev.headroom.subscription;

/** Where a subscription stands with its payments. */
public enum SubscriptionState {
    /** Its first invoice was not paid. */
    INCOMPLETE,
    /** Granted, not yet billed. */
    TRIALING,
    ACTIVE,
    /** Its latest invoice was not paid; nothing may be changed by self-service until it is. */
    PAST_DUE,
    /** Stripe has given up collecting it; it grants nothing until its invoice is paid. */
    UNPAID,
    /** Ended. */
    CANCELED;

    /** Whether it counts as recurring revenue. */
    boolean recurs() {
        return switch (this) {
            case ACTIVE, PAST_DUE -> true;
            case INCOMPLETE, TRIALING, UNPAID, CANCELED -> false;
        };
    }

    /** Whether what was bought may be used. */
    public boolean grants() {
        return switch (this) {
            case ACTIVE, PAST_DUE, TRIALING -> true;
            case INCOMPLETE, UNPAID, CANCELED -> false;
        };
    }
}
