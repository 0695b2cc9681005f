package dev.headroom.change;

import java.time.Instant;

/** What became of storing an intent. */
sealed interface Intent {

    record Stored(PlanChange change) implements Intent {}

    /** The subscription is not what was quoted any more. */
    record Outdated() implements Intent {}

    /** The offer is not to be had any more. */
    record OfferGone() implements Intent {}

    /** Stripe would make no more invoices for the subscription before then. */
    record TooSoon(Instant from) implements Intent {}

    /** What was agreed has been used, taken back, or is over. */
    record ApprovalGone() implements Intent {}

    /** The key had been used meanwhile. */
    record Earlier(PlanChange change) implements Intent {}

    /** Another change of the subscription is open. */
    record Busy(PlanChange change) implements Intent {}

    /** Another change was open and has ended since: try again. */
    record Vacated() implements Intent {}
}
