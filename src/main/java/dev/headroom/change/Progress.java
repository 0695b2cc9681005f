package dev.headroom.change;

import org.jspecify.annotations.Nullable;

/**
 * How far a change has come.
 *
 * @param clientSecret what the card's holder confirms with, if Stripe has just told it; never stored
 */
record Progress(PlanChange change, @Nullable String clientSecret) {

    static Progress of(PlanChange change) {
        return new Progress(change, null);
    }
}
