package dev.headroom.preview;

import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.pricing.InvoiceLine;
import dev.headroom.pricing.InvoiceLine.Kind;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeInvoice.Line;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.SubscriptionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads out of Stripe's previews what is billed when: one may carry the next renewal besides what an update bills, and what waits for an
 * invoice is on whichever comes first.
 *
 * @param subscription as it is before
 * @param sold         whether a price of Stripe's is one that we sell in advance
 */
record PreviewReading(AccountSubscription subscription, UpdateSubscription request, Predicate<String> sold) {

    /** Of an end at once: all of what is billed with it is billed for the last time. */
    static PreviewReading ofEnd(AccountSubscription subscription, Instant at, Predicate<String> sold) {
        return new PreviewReading(
                subscription, new UpdateSubscription(subscription.stripeId(), List.of(), at, true, true, null, subscription.collection().byInvoice()), sold);
    }

    /** What the update would bill at once: something only if it begins a period, or prorates. */
    Preview now(Optional<StripeInvoice> previewed) {
        if (previewed.isEmpty() || !billsAtOnce(previewed.get())) {
            return nothing();
        }
        StripeInvoice invoice = previewed.get();
        boolean allOfIt = request.resetAnchor() || invoice.lines().stream().allMatch(Line::proration);
        return allOfIt ? whole(invoice) : part(invoice, Line::proration);
    }

    /**
     * What the next period would be billed in advance: what is used until it begins comes on top, and is told by nobody yet.
     *
     * @param waitingBilled whether what waits for an invoice is billed before
     */
    Preview period(Optional<StripeInvoice> previewed, boolean waitingBilled) {
        Predicate<Line> counts = line -> line.proration() ? !waitingBilled : line.price() == null || sold.test(line.price());
        return previewed.map(invoice -> invoice.lines().stream().allMatch(counts) ? whole(invoice) : part(invoice, counts)).orElseGet(this::nothing);
    }

    /** What was billed by hand makes no invoice, and where nothing else does the preview is that of the period's end. */
    private boolean billsAtOnce(StripeInvoice preview) {
        return request.resetAnchor() || preview.lines().stream().anyMatch(this::isOfUpdate);
    }

    private boolean isOfUpdate(Line line) {
        return line.proration() && !line.byHand() && line.period().from().equals(request.prorateAt());
    }

    private Preview nothing() {
        return new Preview(List.of(), List.of(), subscription.balance(), Money.zero(subscription.balance().currency()), false);
    }

    private Preview whole(StripeInvoice invoice) {
        return new Preview(
                invoice.lines().stream().map(this::line).toList(), invoice.taxes().stream().map(this::tax).toList(), money(invoice.startingBalance()),
                money(invoice.amountDue()), invoice.taxUnknown());
    }

    /** Stripe says what the whole comes to; of a part its lines do. */
    private Preview part(StripeInvoice invoice, Predicate<Line> which) {
        List<InvoiceLine> lines = invoice.lines().stream().filter(which).map(this::line).toList();
        List<Tax> taxes = summed(invoice.lines().stream().filter(which).flatMap(line -> line.taxes().stream()).map(this::tax).toList());
        Money balance = money(invoice.startingBalance());
        return new Preview(lines, taxes, balance, Invoice.of(Instant.EPOCH, lines, taxes, balance).due(), invoice.taxUnknown());
    }

    private static List<Tax> summed(List<Tax> taxes) {
        List<Tax> sums = new ArrayList<>();
        for (Tax tax : taxes) {
            Optional<Tax> same = sums.stream().filter(each -> each.rate().equals(tax.rate()) && each.inclusive() == tax.inclusive()).findFirst();
            same.ifPresent(sums::remove);
            sums.add(same.map(each -> new Tax(each.amount().plus(tax.amount()), each.taxable().plus(tax.taxable()), tax.inclusive(), tax.rate())).orElse(tax));
        }
        return List.copyOf(sums);
    }

    private InvoiceLine line(Line line) {
        return InvoiceLine.told(
                kind(line), item(line), line.description(), line.quantity(), line.period(), money(line.net() + line.discount()), money(line.discount()));
    }

    private Kind kind(Line line) {
        if (line.proration() && !isOfUpdate(line)) {
            return Kind.WAITING;
        }
        if (!line.proration()) {
            return Kind.FULL_PERIOD;
        }
        return line.net() < 0 ? Kind.CREDIT : Kind.CHARGE;
    }

    /** Stripe names its item in previews; one that comes new has no name of ours yet. */
    private String item(Line line) {
        return subscription.items().stream()
                .filter(item -> item.stripeId().equals(line.item()))
                .map(SubscriptionItem::id)
                .findFirst().map(Object::toString).orElse("");
    }

    private Tax tax(StripeInvoice.Tax tax) {
        return amounts().tax(tax);
    }

    private Money money(long minor) {
        return amounts().money(minor);
    }

    private StripeAmounts amounts() {
        return new StripeAmounts(subscription.balance().currency());
    }
}
