package dev.headroom.quote;

import dev.headroom.actor.Actor;
import dev.headroom.subscription.RequestedChange;

/** A question for a price. */
record Asking(Actor actor, RequestedChange change, Need need) {

    /** The same about another change. */
    Asking about(RequestedChange other) {
        return new Asking(actor, other, need);
    }

    /** How much an answer must be worth. */
    enum Need {
        /** One of many prices: held against Stripe in doubt only, whatever is configured, for each costs a request. */
        LISTED,
        /** One of very many that are held against each other: never held against Stripe, and in doubt there is no price. */
        COMPARED,
        /** As is configured. */
        ASKED,
        /** Of something that Stripe has nothing of yet: never held against it. */
        IMAGINED,
        /** Held against Stripe, doubt or not. */
        CERTAIN;

        /** Whether so many are asked for together that Stripe would be asked too often. */
        boolean ofMany() {
            return this == LISTED || this == COMPARED;
        }
    }
}
