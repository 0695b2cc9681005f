package dev.headroom.change;

import dev.headroom.subscription.AccountSubscription;

/** What became of storing the intent to start. */
sealed interface StartIntent {

    record Stored(Start start) implements StartIntent {}

    /** Stored under the same key before, by somebody who carries it out or is followed up. */
    record Earlier(Start start) implements StartIntent {}

    /** Another start of the same product is open. */
    record Busy() implements StartIntent {}

    /** The account, or as many others as may, have taken one of its offers meanwhile. */
    record OfferGone() implements StartIntent {}

    /** A subscription of the same product has begun meanwhile. */
    record Running(AccountSubscription subscription) implements StartIntent {}
}
