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
 * @param total     the sum of the lines after discounts, with taxes on top, may be negative
 * @param taxes     of all lines, a rate each
 * @param taxUnknown whether it is to be taxed and Stripe cannot tell how, as without an address
 */
public record StripeInvoice(
        String id, String status, String reason, Instant createdAt, long amountDue, long amountPaid, long total, long startingBalance,
        @Nullable String hostedUrl, List<Line> lines, List<Tax> taxes, boolean taxUnknown) implements StripeSnapshot {

    /** @param inclusive whether it is in the lines' amounts already, and not on top of them */
    public record Tax(long amount, long taxable, boolean inclusive, String rate) {}

    /**
     * One line.
     *
     * @param item  the subscription item it bills, where Stripe says so
     * @param proration for part of a period, or billed by hand: not a whole period, whose time may not have come yet
     * @param byHand whether no change of a subscription has made it
     * @param discount what all discounts together take off it
     * @param net   the amount after the line's discounts, minor units
     * @param credits the lines that this one gives back, of whatever invoice
     */
    public record Line(
            String id, @Nullable String item, @Nullable String price, boolean proration, boolean byHand, long net, long discount, long quantity,
            Period period, String description, List<String> credits, List<Tax> taxes) {}

    /**
     * Whether it stands and may bill the end of the subscription at once: what it gives back begins with that end, whatever clocks say, and nothing else is
     * billed from the quoted second on.
     */
    public boolean billsEnd(@Nullable Instant ended, Instant quoted) {
        return !status.equals("void") && (!createdAt.isBefore(quoted) || lines.stream().anyMatch(line -> prorates(line) && line.period().from().equals(ended)));
    }

    /** Whether it stands and bills the change of the subscription that cut time at a second: its prorations begin there, whatever clocks say. */
    public boolean proratesFrom(Instant second) {
        return billsChange() && lines.stream().anyMatch(line -> prorates(line) && line.period().from().equals(second));
    }

    /** Whether it stands and bills something of the subscription from a second on. */
    public boolean billsFrom(Instant second) {
        return !status.equals("void") && lines.stream().anyMatch(line -> !line.byHand() && line.period().from().equals(second));
    }

    /** Whether it stands and bills a change of the subscription without prorating, as of something free that starts to cost: when it was made tells of which. */
    public boolean billsWholePeriods() {
        return billsChange() && lines.stream().noneMatch(StripeInvoice::prorates);
    }

    private boolean billsChange() {
        return reason.equals("subscription_update") && !status.equals("void");
    }

    /** What was billed by hand comes onto whichever invoice is made first. */
    private static boolean prorates(Line line) {
        return line.proration() && !line.byHand();
    }
}
