package dev.headroom.preview;

import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import java.time.Instant;
import java.util.List;

/**
 * What Stripe would bill.
 *
 * @param lines      none when nothing would be
 * @param taxes      of these lines
 * @param balance    the customer's before, as Stripe has it
 * @param due        what Stripe would take
 * @param taxUnknown whether Stripe cannot tell the taxes, so that none of this can be promised
 */
public record Preview(List<InvoiceLine> lines, List<Tax> taxes, Money balance, Money due, boolean taxUnknown) {

    /** Its lines together, without the taxes on top of them. */
    public Money net() {
        return lines.stream().map(InvoiceLine::amount).reduce(Money.zero(balance.currency()), Money::plus);
    }

    /** Its lines with the taxes on top of them. */
    public Money total() {
        return invoice(Instant.EPOCH).total();
    }

    /** As an invoice of an instant, with Stripe's lines. */
    public Invoice invoice(Instant at) {
        return invoice(at, lines);
    }

    /** The same with lines of ours that come to as much. */
    public Invoice invoice(Instant at, List<InvoiceLine> reckoned) {
        return Invoice.of(at, reckoned, taxes, balance).charging(due);
    }

    /** The same when the balance is another by then. */
    public Preview drawingOn(Money other) {
        return new Preview(lines, taxes, other, Invoice.of(Instant.EPOCH, lines, taxes, other).due(), taxUnknown);
    }
}
