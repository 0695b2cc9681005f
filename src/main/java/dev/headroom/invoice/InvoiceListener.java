package dev.headroom.invoice;

import dev.headroom.actor.Actor;
import dev.headroom.stripe.StripeInvoiceGateway;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfCustomer;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfInvoice;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfPayment;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfSubscription;
import dev.headroom.subscription.SubscriptionChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Reads an invoice again whenever Stripe tells that something happened to it or to its payment, and hears of subscriptions that end. */
@Component
class InvoiceListener {

    private static final Actor.System SELF = new Actor.System("stripe");

    private final InvoiceMirrors mirrors;
    private final UsageBillings usage;
    private final StripeInvoiceGateway stripe;

    InvoiceListener(InvoiceMirrors mirrors, UsageBillings usage, StripeInvoiceGateway stripe) {
        this.mirrors = mirrors;
        this.usage = usage;
        this.stripe = stripe;
    }

    /** What ends takes along what use brought. */
    @EventListener
    void on(SubscriptionChanged changed) {
        usage.on(changed);
    }

    @EventListener
    void on(StripeObjectChanged changed) {
        switch (changed) {
            case OfInvoice(var _, String id) -> mirrors.refresh(SELF, id);
            case OfPayment(var _, String payment) -> stripe.paidWith(payment).forEach(id -> mirrors.refresh(SELF, id));
            case OfSubscription _, OfCustomer _ -> { }
        }
    }
}
