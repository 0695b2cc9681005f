package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What links an invoice to the payment intent that pays it, since an invoice no longer names it itself. */
final class InvoicePayments {

    static void addTo(Routes routes) {
        routes.get("/v1/invoice_payments", InvoicePayments::list);
        routes.get("/v1/invoice_payments/{id}", call -> call.session().load(Kind.INVOICE_PAYMENT, call.id(), "id"));
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        List<String> terms = new ArrayList<>();
        for (String filter : List.of("invoice", "status")) {
            String value = parameters.text(filter);
            if (value != null) {
                terms.add(Kind.term(filter, value));
            }
        }
        Parameters payment = parameters.hash("payment");
        payment.text("type");
        String intent = payment.text("payment_intent");
        if (intent != null) {
            terms.add(Kind.term("payment_intent", intent));
        }
        Page page = Page.read(parameters);
        return page.list("/v1/invoice_payments", call.session().documents().page(Kind.INVOICE_PAYMENT, null, terms, page));
    }

    /** Opens the payment of a finalised invoice. */
    static ObjectNode open(Session session, ObjectNode invoice) {
        long amount = Json.number(invoice, "amount_due");
        ObjectNode intent = Skeletons.of(Kind.PAYMENT_INTENT, Tokens.id(Kind.PAYMENT_INTENT), session.now());
        String id = Json.required(intent, "id");
        intent.put("amount", amount).put("currency", Json.text(invoice, "currency")).put("customer", Json.text(invoice, "customer"));
        intent.put("client_secret", Tokens.secret(id + "_secret")).put("description", "Subscription update");
        session.insert(intent);
        ObjectNode payment = Skeletons.of(Kind.INVOICE_PAYMENT, Tokens.id(Kind.INVOICE_PAYMENT), session.now());
        payment.put("amount_requested", amount).put("currency", Json.text(invoice, "currency")).put("invoice", Json.text(invoice, "id"));
        ((ObjectNode) payment.path("payment")).put("payment_intent", id);
        session.insert(payment);
        return payment;
    }

    static List<ObjectNode> of(Session session, String invoice) {
        return session.documents().all(Kind.INVOICE_PAYMENT, null, List.of(Kind.term("invoice", invoice)));
    }

    /** What Stripe.js pays the invoice with; none when nothing is to be paid. */
    static Optional<ObjectNode> confirmationSecret(Session session, String invoice) {
        return of(session, invoice).stream().findFirst()
                .map(payment -> session.load(Kind.PAYMENT_INTENT, Json.required(payment.path("payment"), "payment_intent")))
                .map(intent -> Json.object().put("type", "payment_intent").put("client_secret", Json.text(intent, "client_secret")));
    }
}
