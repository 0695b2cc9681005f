package dev.headroom.stripe;

import dev.headroom.time.Period;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice, or the preview of one.
 *
 * @param status    {@code draft}, {@code open}, {@code paid}, {@code void}, {@code uncollectible}
 * @param amountDue what is charged after the customer's balance, minor units, never negative
 * @param hostedUrl Stripe's page for paying it, from when it is finalised
 * @param total     the sum of the lines after discounts, may be negative
 */
public record StripeInvoice(
        String id, String status, String reason, Instant createdAt, long amountDue, long amountPaid, long total, long startingBalance,
        @Nullable String hostedUrl, List<Line> lines) {

    /**
     * One line.
     *
     * @param item  the subscription item it bills, where Stripe says so
     * @param proration for part of a period, or billed by hand: not a whole period, whose time may not have come yet
     * @param net   the amount after the line's discounts, minor units
     * @param credits the lines that this one gives back, of whatever invoice
     */
    public record Line(
            String id, @Nullable String item, @Nullable String price, boolean proration, long net, long quantity, Period period,
            String description, List<String> credits) {}

    /** Whether it stands and bills a change of the subscription, not a new period, from the given second on. */
    public boolean billsUpdateSince(Instant second) {
        return reason.equals("subscription_update") && !status.equals("void") && !createdAt.isBefore(second);
    }
}
