package dev.headroom.pricing;

import dev.headroom.money.Currencies;
import dev.headroom.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * An invoice before tax, with what the customer's balance does to it.
 *
 * @param at             when it is due
 * @param lines          empty when there is no invoice; then nothing is due and the balance stays as it was
 * @param subtotal       lines before the discounts of full periods; prorations are net of discounts already, as Stripe includes them
 * @param total          the sum of the lines' amounts; may be negative
 * @param balanceApplied {@code due − total}: negative when credit was used, positive when a debt was added or a negative total
 *                       went to the balance
 * @param due            Stripe's {@code amount_due}, never negative
 * @param endingBalance  the customer's balance afterwards, negative in the customer's favour
 */
public record Invoice(
        Instant at, List<InvoiceLine> lines, Money subtotal, Money total, Money balanceApplied, Money due, Money endingBalance) {

    static Invoice of(Instant at, List<InvoiceLine> lines, Money balance) {
        Money none = Money.zero(balance.currency());
        Money total = lines.stream().map(InvoiceLine::amount).reduce(none, Money::plus);
        Money off = lines.stream().filter(line -> !line.proration()).map(InvoiceLine::discount).reduce(none, Money::plus);
        Money owed = total.plus(balance);
        Money due = !lines.isEmpty() && canBeCharged(owed) ? owed : none;
        return new Invoice(at, List.copyOf(lines), total.plus(off), total, due.minus(total), due, owed.minus(due));
    }

    /** Credit is kept for later invoices, and so is a debt too small for a card. */
    private static boolean canBeCharged(Money owed) {
        return owed.compareTo(Currencies.smallestCharge(owed.currency())) >= 0;
    }
}
