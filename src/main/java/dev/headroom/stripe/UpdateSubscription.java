package dev.headroom.stripe;

import java.time.Instant;
import java.util.List;

/**
 * Asks Stripe to put other prices or quantities on a subscription, and to invoice the difference at once.
 *
 * @param prorateAt   the whole second at which time is cut
 * @param resetAnchor whether a new full period begins then
 * @param change      the id of the plan change, left in the metadata as a trace for people
 */
public record UpdateSubscription(String subscription, List<Item> items, Instant prorateAt, boolean resetAnchor, String change) {

    public record Item(String id, String price, long quantity) {}
}
