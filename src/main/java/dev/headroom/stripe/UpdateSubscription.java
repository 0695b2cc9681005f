package dev.headroom.stripe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks Stripe to put other prices or quantities on a subscription, and to invoice the difference at once.
 *
 * @param items       those that change; the others stay
 * @param prorateAt   the whole second at which time is cut
 * @param resetAnchor whether a new full period begins then
 * @param discounts   all of them from now on; absent where they stay as they are
 * @param byInvoice   whether the customer is sent an invoice to pay later, so that no card decides whether the update happens
 */
public record UpdateSubscription(
        String subscription, List<ItemChange> items, Instant prorateAt, boolean resetAnchor, @Nullable List<DiscountChange> discounts,
        boolean byInvoice) {

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
