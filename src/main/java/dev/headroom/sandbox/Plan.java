package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a change would do, worked out and not yet done: previews show it, updates carry it out.
 *
 * @param subscription what it would be afterwards
 * @param lines        what is to be billed or credited for the change
 * @param at           the second that the lines are prorated at
 * @param invoicesNow  whether the lines are invoiced at once; otherwise they wait for the next invoice
 * @param takesWaiting whether that invoice takes along what waits
 */
record Plan(ObjectNode subscription, List<Line> lines, Instant at, boolean invoicesNow, boolean takesWaiting) {

    /** The fields of a subscription that a change may change. */
    private static final List<String> BILLED = List.of("items", "billing_cycle_anchor", "discounts", "trial_start", "trial_end", "status");

    /** Carries the change over to a subscription whose other fields may have changed since. */
    static void apply(ObjectNode planned, ObjectNode subscription) {
        BILLED.forEach(field -> subscription.set(field, planned.path(field).deepCopy()));
    }
}
