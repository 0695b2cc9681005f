package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoices}: those that subscriptions make. */
final class Invoices {

    private Invoices() {}

    static void addTo(Routes routes) {
        routes.get("/v1/invoices", Invoices::list);
        routes.get("/v1/invoices/{id}", call -> shown(call));
        routes.get("/v1/invoices/{id}/lines", Invoices::lines);
        routes.post("/v1/invoices/{id}/pay", Invoices::pay);
        routes.post("/v1/invoices/{id}/void", Invoices::cancel);
        routes.post("/v1/invoices/{id}/mark_uncollectible", Invoices::markUncollectible);
        routes.ask("/v1/invoices/create_preview", InvoicePreviews::create);
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        List<String> terms = new ArrayList<>();
        for (String filter : List.of("status", "subscription")) {
            String value = parameters.text(filter);
            if (value != null) {
                terms.add(Kind.term(filter, value));
            }
        }
        Page page = Page.read(parameters);
        return page.list("/v1/invoices", call.session().documents().page(Kind.INVOICE, parameters.text("customer"), terms, page));
    }

    private static ObjectNode shown(Call call) {
        return InvoicePreviews.kept(call).orElseGet(() -> call.session().load(Kind.INVOICE, call.id(), "invoice"));
    }

    private static ObjectNode lines(Call call) {
        ObjectNode invoice = shown(call);
        return Page.read(call.parameters()).within("/v1/invoices/" + call.id() + "/lines", Json.objects(invoice.path("lines").path("data")));
    }

    private static ObjectNode pay(Call call) {
        Session session = call.session();
        ObjectNode invoice = session.loadToChange(Kind.INVOICE, call.id(), "invoice");
        if (!Settlement.isPayable(invoice)) {
            boolean paid = "paid".equals(Json.text(invoice, "status"));
            throw StripeError.invalid(paid ? "invoice_already_paid" : "invoice_not_editable", null,
                    paid ? "Invoice is already paid" : "This invoice can no longer be paid.");
        }
        call.parameters().ignore("off_session");
        String paymentMethod = call.parameters().text("payment_method");
        if (paymentMethod == null) {
            paymentMethod = Updating.paymentMethod(session, session.load(Kind.SUBSCRIPTION,
                    Json.required(invoice.path("parent").path("subscription_details"), "subscription")));
        } else {
            PaymentMethods.requireOf(session, paymentMethod, Json.required(invoice, "customer"), "payment_method");
        }
        if (paymentMethod == null) {
            throw StripeError.invalid("resource_missing", "payment_method", Decline.NO_PAYMENT_METHOD.message());
        }
        conclude(session, invoice, new Settlement(session).charge(invoice, paymentMethod));
        return invoice;
    }

    /** A declined attempt stays on record, although the request is answered with an error. */
    static void conclude(Session session, ObjectNode invoice, Optional<Decline> decline) {
        if (decline.isPresent()) {
            throw StripeError.card(decline.get(), true);
        }
        new Outcomes(session).paid(invoice);
    }

    private static ObjectNode markUncollectible(Call call) {
        Session session = call.session();
        ObjectNode invoice = session.loadToChange(Kind.INVOICE, call.id(), "invoice");
        new Settlement(session).markUncollectible(invoice);
        return invoice;
    }

    private static ObjectNode cancel(Call call) {
        Session session = call.session();
        ObjectNode invoice = session.loadToChange(Kind.INVOICE, call.id(), "invoice");
        new Settlement(session).cancel(invoice);
        new Outcomes(session).voided(invoice);
        return invoice;
    }
}
