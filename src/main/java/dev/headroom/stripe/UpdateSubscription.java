package dev.headroom.stripe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks Stripe to put other prices or quantities on a subscription, and to invoice the difference at once or never.
 *
 * @param items       those that change; the others stay
 * @param prorateAt   the whole second at which time is cut
 * @param resetAnchor whether a new full period begins then
 * @param prorated    whether the rest of the running period is given back and charged anew; else it stays as it was billed
 * @param discounts   all of them from now on; absent where they stay as they are
 */
public record UpdateSubscription(
        String subscription, List<ItemChange> items, Instant prorateAt, boolean resetAnchor, boolean prorated, @Nullable List<DiscountChange> discounts) {

    /** One of the discounts from now on. */
    public sealed interface DiscountChange {

        /** Stripe's id of one that is there. */
        record Keep(String discount) implements DiscountChange {}

        /** A coupon that is redeemed. */
        record Redeem(String coupon) implements DiscountChange {}
    }


    /** What becomes of one item. */
    public sealed interface ItemChange {

        record Put(String id, String price, long quantity) implements ItemChange {}

        record Add(String price, long quantity) implements ItemChange {}

        record Remove(String id) implements ItemChange {}
    }
}
