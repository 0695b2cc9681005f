package dev.headroom.sandbox;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_intents}: those that pay invoices. Confirming one is the customer authenticating it. */
final class PaymentIntents {

    private PaymentIntents() {}

    static void addTo(Routes routes) {
        routes.get("/v1/payment_intents", PaymentIntents::list);
        routes.get("/v1/payment_intents/{id}", call -> {
            call.parameters().ignore("client_secret");
            return call.session().load(Kind.PAYMENT_INTENT, call.id(), "intent");
        });
        routes.post("/v1/payment_intents/{id}/confirm", PaymentIntents::confirm);
    }

    private static ObjectNode list(Call call) {
        Page page = Page.read(call.parameters());
        return page.list("/v1/payment_intents",
                call.session().documents().page(Kind.PAYMENT_INTENT, call.parameters().text("customer"), List.of(), page));
    }

    private static ObjectNode confirm(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode intent = session.loadToChange(Kind.PAYMENT_INTENT, call.id(), "intent");
        String secret = parameters.text("client_secret");
        if (secret != null && !secret.equals(Json.text(intent, "client_secret"))) {
            throw StripeError.missing(Kind.PAYMENT_INTENT, call.id(), "intent");
        }
        String status = Json.required(intent, "status");
        if (status.equals("succeeded") || status.equals("canceled")) {
            throw StripeError.invalid("payment_intent_unexpected_state", "intent",
                    "You cannot confirm this PaymentIntent because it has already " + (status.equals("succeeded") ? "succeeded" : "been canceled") + ".");
        }
        parameters.ignore("return_url", "off_session", "use_stripe_sdk");
        String sent = parameters.text("payment_method");
        String paymentMethod = sent == null ? Json.text(intent, "payment_method")
                : TestCard.of(sent).isPresent() ? PaymentMethods.attach(session, sent, Json.required(intent, "customer")) : sent;
        if (paymentMethod == null) {
            throw StripeError.invalid("payment_intent_unexpected_state", "payment_method",
                    "You cannot confirm this PaymentIntent because it's missing a payment method.");
        }
        ObjectNode invoice = invoice(session, call.id());
        Optional<Decline> decline = new Settlement(session).authenticated(invoice, paymentMethod);
        Invoices.conclude(session, invoice, decline);
        return session.load(Kind.PAYMENT_INTENT, call.id(), "intent");
    }

    private static ObjectNode invoice(Session session, String intent) {
        List<ObjectNode> payments = session.documents().all(Kind.INVOICE_PAYMENT, null, List.of(Kind.term("payment_intent", intent)));
        return session.load(Kind.INVOICE, Json.required(payments.getFirst(), "invoice"));
    }
}
