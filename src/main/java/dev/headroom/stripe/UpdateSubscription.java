package dev.headroom.stripe;

import java.time.Instant;
import java.util.List;

/**
 * Asks Stripe to put other prices or quantities on a subscription, and to invoice the difference at once.
 *
 * @param items       those that change; the others stay
 * @param prorateAt   the whole second at which time is cut
 * @param resetAnchor whether a new full period begins then
 */
public record UpdateSubscription(String subscription, List<ItemChange> items, Instant prorateAt, boolean resetAnchor) {

    /** What becomes of one item. */
    public sealed interface ItemChange {

        record Put(String id, String price, long quantity) implements ItemChange {}

        record Add(String price, long quantity) implements ItemChange {}

        record Remove(String id) implements ItemChange {}
    }
}
