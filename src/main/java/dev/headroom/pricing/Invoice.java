package dev.headroom.pricing;

import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * An invoice, with what the customer's balance does to it.
 *
 * @param at             when it is due
 * @param lines          empty when there is no invoice; then nothing is due and the balance stays as it was
 * @param subtotal       lines before the discounts of full periods; prorations are net of discounts already, as Stripe includes them
 * @param taxes          as Stripe says, for nothing here knows them; empty where it was not asked
 * @param total          the sum of the lines' amounts and of the taxes on top of them; may be negative
 * @param balanceApplied {@code due − total}: negative when credit was used, positive when a debt was added or a negative total
 *                       went to the balance
 * @param due            Stripe's {@code amount_due}, never negative
 * @param endingBalance  the customer's balance afterwards, negative in the customer's favour
 */
public record Invoice(
        Instant at, List<InvoiceLine> lines, Money subtotal, List<Tax> taxes, Money total, Money balanceApplied, Money due, Money endingBalance) {

    /**
     * What one rate makes of an invoice.
     *
     * @param taxable   what it is a part of
     * @param inclusive whether it is in the lines' amounts already, and not on top of them
     * @param rate      Stripe's id of the rate
     */
    public record Tax(Money amount, Money taxable, boolean inclusive, String rate) {}

    static Invoice of(Instant at, List<InvoiceLine> lines, Money balance) {
        return of(at, lines, List.of(), balance);
    }

    /** What lines and taxes come to; no invoice without lines. */
    public static Invoice of(Instant at, List<InvoiceLine> lines, List<Tax> taxes, Money balance) {
        Money none = Money.zero(balance.currency());
        Money net = lines.stream().map(InvoiceLine::amount).reduce(none, Money::plus);
        Money off = lines.stream().filter(line -> !line.proration()).map(InvoiceLine::discount).reduce(none, Money::plus);
        Money total = net.plus(onTop(taxes, none));
        Money owed = total.plus(balance);
        Money due = !lines.isEmpty() && canBeCharged(owed) ? owed : none;
        return new Invoice(at, List.copyOf(lines), net.plus(off), List.copyOf(taxes), total, due.minus(total), due, owed.minus(due));
    }

    /** The same where Stripe says what it takes: what is too little to charge may be another amount there. */
    public Invoice charging(Money amount) {
        return new Invoice(at, lines, subtotal, taxes, total, amount.minus(total), amount, endingBalance.plus(due).minus(amount));
    }

    /** The same when the balance is another by then. */
    public Invoice drawingOn(Money other) {
        return of(at, lines, taxes, other);
    }

    /** The taxes on top of the lines. */
    public Money tax() {
        return onTop(taxes, Money.zero(total.currency()));
    }

    /** The lines together. */
    public Money net() {
        return total.minus(tax());
    }

    /** The customer's balance before. */
    public Money balance() {
        return endingBalance.plus(due).minus(total);
    }

    private static Money onTop(List<Tax> taxes, Money none) {
        return taxes.stream().filter(tax -> !tax.inclusive()).map(Tax::amount).reduce(none, Money::plus);
    }

    /** Credit is kept for later invoices, and so is a debt too small for a card. */
    private static boolean canBeCharged(Money owed) {
        return owed.compareTo(Currencies.smallestCharge(owed.currency())) >= 0;
    }
}
