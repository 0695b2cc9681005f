package dev.headroom.quote;

import dev.headroom.actor.Actor;
import dev.headroom.subscription.RequestedChange;

/** A question for a price. */
record Asking(Actor actor, RequestedChange change, Need need) {

    /** How much an answer must be worth. */
    enum Need {
        /** One of many prices: held against Stripe in doubt only, whatever is configured, for each costs a request. */
        LISTED,
        /** As is configured. */
        ASKED,
        /** Held against Stripe, doubt or not. */
        CERTAIN
    }
}
