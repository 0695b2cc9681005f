package dev.headroom.payment;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.invoice.Invoice;
import dev.headroom.invoice.Invoices;
import dev.headroom.stripe.StripeInbox;
import dev.headroom.stripe.StripeInvoiceGateway;
import dev.headroom.stripe.StripeInvoiceGateway.PayAnswer;
import dev.headroom.subscription.Subscriptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks Stripe for a payment, and reads back what it has changed: the invoice, and the subscription that was waiting for it. */
@Service
class Settlements {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final Actor.System SELF = new Actor.System("payment");

    private final StripeInvoiceGateway stripe;
    private final StripeInbox inbox;
    private final Invoices invoices;
    private final Subscriptions subscriptions;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;

    Settlements(
            StripeInvoiceGateway stripe, StripeInbox inbox, Invoices invoices, Subscriptions subscriptions, AuditEntries audit,
            TransactionTemplate transaction) {
        this.stripe = stripe;
        this.inbox = inbox;
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The attempt is on record before Stripe is asked. */
    PayAnswer pay(Actor actor, Invoice invoice, @Nullable String card, String key) {
        transaction.executeWithoutResult(_ -> audit.created(actor, "payInvoice", invoice.account().value(), "invoice", invoice.id(), invoice.remaining()));
        return stripe.pay(invoice.stripeId(), card, key);
    }

    /** The invoice as Stripe has it now. Where that cannot be read, its events will tell. */
    Invoice settled(Invoice invoice) {
        try {
            Invoice read = invoices.refresh(SELF, invoice.stripeId()).orElse(invoice);
            if (read.subscriptionId() != null) {
                inbox.follow(subscriptions.byId(SELF, read.account(), read.subscriptionId()).stripeId());
            }
            return read;
        } catch (RuntimeException later) {
            LOG.warn("What paying invoice {} has changed could not be read: {}", invoice.stripeId(), later.toString());
            return invoice;
        }
    }
}
