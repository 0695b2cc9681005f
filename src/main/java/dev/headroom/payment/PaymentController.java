package dev.headroom.payment;

import dev.headroom.actor.Actor;
import dev.headroom.payment.Customers.AddPaymentMethod;
import dev.headroom.payment.PaymentMethodSetups.CompletePaymentMethodSetup;
import dev.headroom.payment.PaymentMethodSetups.StartPaymentMethodSetup;
import dev.headroom.stripe.StripeCardGateway.Setup;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class PaymentController {

    private final Customers customers;
    private final Cards cards;
    private final PaymentMethodSetups setups;
    private final InvoicePayments payments;

    PaymentController(Customers customers, Cards cards, PaymentMethodSetups setups, InvoicePayments payments) {
        this.customers = customers;
        this.cards = cards;
        this.setups = setups;
        this.payments = payments;
    }

    record Meant(@Nullable String account, String paymentMethod) {}

    sealed interface StartPaymentMethodSetupResult {}

    record PaymentMethodSetupStarted(String setup, String clientSecret) implements StartPaymentMethodSetupResult {}

    @MutationMapping
    AddPaymentMethodResult addPaymentMethod(@Argument AddPaymentMethod input, @ContextValue Actor actor) {
        return customers.addCard(actor, input);
    }

    @MutationMapping
    StartPaymentMethodSetupResult startPaymentMethodSetup(@Argument StartPaymentMethodSetup input, @ContextValue Actor actor) {
        Setup started = setups.start(actor, input);
        return new PaymentMethodSetupStarted(started.id(), started.clientSecret());
    }

    @MutationMapping
    PaymentMethodSetupResult completePaymentMethodSetup(@Argument CompletePaymentMethodSetup input, @ContextValue Actor actor) {
        return setups.complete(actor, input);
    }

    @MutationMapping
    PaymentMethodResult preferPaymentMethod(@Argument Meant input, @ContextValue Actor actor) {
        return cards.prefer(actor, input.account(), input.paymentMethod());
    }

    @MutationMapping
    PaymentMethodResult removePaymentMethod(@Argument Meant input, @ContextValue Actor actor) {
        return cards.remove(actor, input.account(), input.paymentMethod());
    }

    @MutationMapping
    PayInvoiceResult payInvoice(@Argument PayInvoice input, @ContextValue Actor actor) {
        return payments.pay(actor, input);
    }
}
