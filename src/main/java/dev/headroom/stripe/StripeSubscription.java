package dev.headroom.stripe;

import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as Stripe has it at one moment, with its latest invoice.
 *
 * @param status   Stripe's word: {@code active}, {@code trialing}, {@code past_due}, {@code incomplete}, {@code canceled}, …
 * @param flexible the billing mode; classic when false
 * @param balance  the customer's, in minor units; negative is credit
 * @param pending  whether an update waits for its payment
 * @param taxed    whether Stripe computes taxes for it, or somebody has put rates on it or on an item
 * @param customerDiscounted whether a discount of the customer takes something off it, for want of one of its own
 */
public record StripeSubscription(
        String id, String customer, String status, Currency currency, boolean flexible, Instant anchor, List<Item> items,
        List<Discount> discounts, @Nullable Instant trialUntil, @Nullable Instant cancelAt, Instant startedAt, @Nullable Instant endedAt,
        long balance, boolean pending, boolean taxed, boolean customerDiscounted, @Nullable StripeInvoice latestInvoice, Map<String, String> metadata) {

    /**
     * One thing that is billed.
     *
     * @param quantity   0 where the price is metered and there is none
     * @param discounted whether it has a discount of its own
     * @param overage    whether it bills what was used past a limit of ours, see {@link StripeMeterGateway}
     */
    public record Item(String id, String price, long quantity, Period period, Instant createdAt, boolean discounted, boolean overage) {}

    /**
     * A reduction of the whole subscription, by a percentage or by an amount.
     *
     * @param coupon that it came of
     * @param once   whether it ends with its first invoice
     * @param months for how many months; absent and not once is for ever
     */
    public record Discount(
            String id, String coupon, String name, @Nullable BigDecimal percent, @Nullable Long amountMinor, boolean once, @Nullable Integer months,
            Instant since) {}
}
