package dev.headroom.stripe;

import java.time.Instant;
import java.util.List;

/**
 * Asks Stripe to put other prices or quantities on a subscription, and to invoice the difference at once.
 *
 * @param prorateAt   the whole second at which time is cut
 * @param resetAnchor whether a new full period begins then
 */
public record UpdateSubscription(String subscription, List<Item> items, Instant prorateAt, boolean resetAnchor) {

    public record Item(String id, String price, long quantity) {}
}
