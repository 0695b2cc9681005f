package dev.headroom.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/charges}: what a card was charged, and what of that was given back or is disputed. */
final class CardCharges {

    private CardCharges() {}

    static void addTo(Routes routes) {
        routes.get("/v1/charges/{id}", call -> call.session().load(Kind.CHARGE, call.id(), "charge"));
    }

    /** A payment went through; a card made for that is disputed at once. */
    static void made(Session session, ObjectNode intent) {
        ObjectNode charge = Skeletons.of(Kind.CHARGE, Tokens.id(Kind.CHARGE), session.now());
        for (String field : List.of("currency", "customer", "payment_method", "description")) {
            charge.put(field, Json.text(intent, field));
        }
        long amount = Json.number(intent, "amount");
        charge.put("amount", amount).put("amount_captured", amount).put("payment_intent", Json.text(intent, "id"));
        session.insert(charge);
        intent.put("latest_charge", Json.text(charge, "id"));
        ObjectNode method = session.load(Kind.PAYMENT_METHOD, Json.required(intent, "payment_method"));
        if (PaymentMethods.card(method) == TestCard.CREATE_DISPUTE) {
            Disputes.open(session, charge);
        }
    }

    /** The charge that a request means, by itself or by its payment; its customer is locked. */
    static ObjectNode meant(Call call) {
        String id = call.parameters().text("charge");
        String intent = call.parameters().text("payment_intent");
        if (id == null && intent == null) {
            throw StripeError.invalid("parameter_missing", "charge", "One of the following params should be provided for this request: payment_intent or charge.");
        }
        String found = id != null ? id : Json.text(call.session().load(Kind.PAYMENT_INTENT, String.valueOf(intent), "payment_intent"), "latest_charge");
        if (found == null) {
            throw StripeError.invalid("payment_intent_unexpected_state", "payment_intent", "This PaymentIntent does not have a successful charge to refund.");
        }
        return call.session().loadToChange(Kind.CHARGE, found, "charge");
    }
}
