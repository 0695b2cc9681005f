package dev.headroom.preview;

import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeInvoice.Line;
import java.util.List;
import java.util.Optional;

/** Reads out of Stripe's preview of a start what its first invoice bills: all of it, also what waits for the customer's next invoice. */
record StartReading(StripeAmounts amounts) {

    Preview first(Optional<StripeInvoice> previewed) {
        return previewed.map(this::whole).orElseGet(() -> new Preview(List.of(), List.of(), amounts.money(0), amounts.money(0), false));
    }

    private Preview whole(StripeInvoice invoice) {
        return new Preview(
                invoice.lines().stream().map(this::line).toList(), invoice.taxes().stream().map(amounts::tax).toList(),
                amounts.money(invoice.startingBalance()), amounts.money(invoice.amountDue()), invoice.taxUnknown());
    }

    private InvoiceLine line(Line line) {
        return InvoiceLine.told(
                kind(line), "", line.description(), line.quantity(), line.period(), amounts.money(line.net() + line.discount()),
                amounts.money(line.discount()));
    }

    private static Kind kind(Line line) {
        if (line.byHand()) {
            return Kind.WAITING;
        }
        return line.proration() ? Kind.CHARGE : Kind.FULL_PERIOD;
    }
}
