package dev.headroom.stripe;

import dev.headroom.id.Ids;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as Stripe has it at one moment, with its latest invoice.
 *
 * @param status   Stripe's word: {@code active}, {@code trialing}, {@code past_due}, {@code incomplete}, {@code canceled}, …
 * @param flexible the billing mode; classic when false
 * @param balance  the customer's, in minor units; negative is credit
 * @param pending  whether an update waits for its payment
 * @param taxed    whether Stripe computes taxes for it, or somebody has put rates on it or on an item
 * @param scheduledElsewhere whether somebody else has arranged what it shall be later, by a schedule of Stripe's that is not ours
 * @param scheduledCoupons that a schedule of ours has redeemed with the phase that runs, also those that are used up by now
 * @param customerDiscounted whether a discount of the customer takes something off it, for want of one of its own
 */
public record StripeSubscription(
        String id, String customer, String status, Currency currency, boolean flexible, Instant anchor, List<Item> items,
        List<Discount> discounts, @Nullable Instant trialUntil, @Nullable Instant cancelAt, Instant startedAt, @Nullable Instant endedAt,
        long balance, boolean pending, boolean taxed, boolean scheduledElsewhere, List<String> scheduledCoupons, boolean customerDiscounted, Collection collection,
        @Nullable StripeInvoice latestInvoice, Map<String, String> metadata) implements StripeSnapshot {

    static final String REFERENCE = "headroom_subscription";

    /** The id that we began it with; empty for one that somebody else made. */
    public Optional<UUID> begunAs() {
        return Optional.ofNullable(metadata.get(REFERENCE)).flatMap(Ids::parse);
    }

    /**
     * How its invoices are collected.
     *
     * @param daysUntilDue of the invoices that are sent; absent where a card is charged
     * @param paused       whether nobody is asked to pay them for now
     * @param resumesAt    absent for until further notice
     */
    public record Collection(@Nullable Integer daysUntilDue, boolean paused, @Nullable Instant resumesAt) {}

    /**
     * One thing that is billed.
     *
     * @param quantity   0 where the price is metered and there is none
     * @param discounts  of its own
     * @param overage    whether it bills what was used past a limit of ours, see {@link StripeMeterGateway}
     */
    public record Item(String id, String price, long quantity, Period period, Instant createdAt, List<ItemDiscount> discounts, boolean overage) {}

    /** A reduction of one item; of its coupon only the id is told. */
    public record ItemDiscount(String id, String coupon, Instant since) {}

    /**
     * A reduction of the whole subscription, by a percentage or by an amount.
     *
     * @param coupon that it came of
     * @param once   whether it ends with its first invoice
     * @param months for how many months; absent and not once is for ever
     * @param products whose items alone it reduces; absent is all
     */
    public record Discount(
            String id, String coupon, String name, @Nullable BigDecimal percent, @Nullable Long amountMinor, boolean once, @Nullable Integer months,
            Instant since, @Nullable List<String> products) {}

    /**
     * Asks Stripe to put other prices or quantities on a subscription, and to invoice the difference at once or never.
     *
     * @param items       those that change; the others stay
     * @param prorateAt   the whole second at which time is cut
     * @param resetAnchor whether a new full period begins then
     * @param prorated    whether the rest of the running period is given back and charged anew; else it stays as it was billed
     * @param discounts   all of them from now on; absent where they stay as they are
     * @param byInvoice   whether the customer is sent an invoice to pay later, so that no card decides whether the update happens
     */
    public record UpdateSubscription(
            String subscription, List<ItemChange> items, Instant prorateAt, boolean resetAnchor, boolean prorated, @Nullable List<DiscountChange> discounts,
            boolean byInvoice) {

        /** Whether discounts of single items are to be others, which no update can wait for a payment with. */
        public boolean discountsItems() {
            return items.stream().anyMatch(item -> switch (item) {
                case ItemChange.Put put -> put.discounts() != null;
                case ItemChange.Add add -> !add.discounts().isEmpty();
                case ItemChange.Remove _ -> false;
            });
        }

        /** One of the discounts from now on. */
        public sealed interface DiscountChange {

            /** Stripe's id of one that is there. */
            record Keep(String discount) implements DiscountChange {}

            /** A coupon that is redeemed. */
            record Redeem(String coupon) implements DiscountChange {}
        }

        /** What becomes of one item. */
        public sealed interface ItemChange {

            /** @param discounts all of its own from now on; absent where they stay as they are */
            record Put(String id, String price, long quantity, @Nullable List<DiscountChange> discounts) implements ItemChange {}

            record Add(String price, long quantity, List<DiscountChange> discounts) implements ItemChange {}

            record Remove(String id) implements ItemChange {}
        }
    }
}
