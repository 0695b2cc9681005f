package dev.headroom.invoice;

import dev.headroom.account.AccountId;
import dev.headroom.invoice.Invoice.Amounts;
import dev.headroom.invoice.Invoice.Dispute;
import dev.headroom.invoice.Invoice.Line;
import dev.headroom.invoice.Invoice.Reason;
import dev.headroom.invoice.Invoice.Status;
import dev.headroom.invoice.Invoice.Times;
import dev.headroom.money.Money;
import dev.headroom.stripe.StripeInvoiceGateway.Disputed;
import dev.headroom.stripe.StripeInvoiceGateway.Document;
import dev.headroom.subscription.SubscriptionId;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says in our words what was read at Stripe. */
final class InvoiceReader {

    private InvoiceReader() {}

    static Invoice read(Document from, AccountId account, UUID id, @Nullable SubscriptionId subscription, long revision) {
        Currency currency = from.currency();
        return new Invoice(
                account, id, from.id(), subscription, from.number(), status(from.status()), reason(from.reason()), from.sent(),
                new Times(from.createdAt(), from.finalizedAt(), from.dueAt(), from.paidAt(), from.nextAttemptAt()), from.attempts(),
                new Amounts(
                        new Money(from.subtotal(), currency), new Money(from.discount(), currency), new Money(from.tax(), currency),
                        new Money(from.total(), currency), new Money(from.balance(), currency), new Money(from.amountDue(), currency),
                        new Money(from.amountPaid(), currency), new Money(from.amountRemaining(), currency), new Money(from.refunded(), currency)),
                from.hostedUrl(), from.pdfUrl(), Optional.ofNullable(from.dispute()).map(found -> dispute(found, currency)).orElse(null),
                from.taxNumbers().stream().map(each -> each.type() + " " + each.value()).toList(),
                from.lines().stream().map(line -> new Line(
                        line.description(), line.period(), line.quantity(), new Money(line.amount(), currency), new Money(line.discount(), currency),
                        new Money(line.tax(), currency), line.proration(), line.usageMonths())).toList(),
                revision);
    }

    /** Stripe's words; one that we do not know owes nothing that could be paid here. */
    private static Status status(String status) {
        return switch (status) {
            case "open" -> Status.OPEN;
            case "paid" -> Status.PAID;
            case "void" -> Status.VOID;
            case "uncollectible" -> Status.UNCOLLECTIBLE;
            case String draft -> Status.DRAFT;
        };
    }

    private static Reason reason(String reason) {
        return switch (reason) {
            case "subscription_create" -> Reason.START;
            case "subscription_update" -> Reason.CHANGE;
            case "subscription_cycle" -> Reason.RENEWAL;
            case String other -> Reason.OTHER;
        };
    }

    /** An inquiry that was closed, and a dispute that was prevented, cost nothing; one in a word that we do not know is open. */
    private static Dispute dispute(Disputed found, Currency currency) {
        Dispute.State state = switch (found.status()) {
            case "won", "warning_closed", "prevented" -> Dispute.State.WON;
            case "lost" -> Dispute.State.LOST;
            case String open -> Dispute.State.OPEN;
        };
        return new Dispute(state, found.reason(), new Money(found.amount(), currency), found.evidenceDueBy());
    }
}
