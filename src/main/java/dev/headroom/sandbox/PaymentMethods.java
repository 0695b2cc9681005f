package dev.headroom.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_methods}: cards, made from Stripe's test ids. */
final class PaymentMethods {

    private static final String CARD = "test_card";

    private PaymentMethods() {}

    static void addTo(Routes routes) {
        routes.get("/v1/payment_methods", call -> list(call, call.parameters().text("customer"), "/v1/payment_methods"));
        routes.get("/v1/payment_methods/{id}", call -> call.session().load(Kind.PAYMENT_METHOD, call.id(), "payment_method"));
        routes.get("/v1/customers/{id}/payment_methods", call -> list(call, call.id(), "/v1/customers/" + call.id() + "/payment_methods"));
        routes.get("/v1/customers/{id}/payment_methods/{method}", call -> requireOf(call.session(), call.ids().get(1), call.id(), "payment_method"));
        routes.post("/v1/payment_methods/{id}", PaymentMethods::update);
        routes.post("/v1/payment_methods/{id}/attach", PaymentMethods::attach);
        routes.post("/v1/payment_methods/{id}/detach", PaymentMethods::detach);
    }

    static TestCard card(ObjectNode method) {
        return TestCard.valueOf(Json.required(method.path(Rendering.INTERNAL), CARD));
    }

    /** @throws StripeError unless the payment method is attached to the customer */
    static ObjectNode requireOf(Session session, String id, String customer, String parameter) {
        ObjectNode method = session.load(Kind.PAYMENT_METHOD, id, parameter);
        if (!customer.equals(Json.text(method, "customer"))) {
            throw StripeError.invalid("resource_missing", parameter, "The customer does not have a payment method with the ID " + id
                    + ". The payment method must be attached to the customer.");
        }
        return method;
    }

    /** Attaches a payment method, which a test id makes first. */
    static String attach(Session session, String id, String customer) {
        Optional<TestCard> card = TestCard.of(id);
        ObjectNode method = card.isPresent() ? of(session, card.get()) : session.load(Kind.PAYMENT_METHOD, id, "payment_method");
        String owner = Json.text(method, "customer");
        if (owner != null && !owner.equals(customer)) {
            throw StripeError.invalid(null, null, "The payment method you provided has already been attached to a customer.");
        }
        method.put("customer", customer);
        if (card.isPresent()) {
            session.insert(method);
        } else {
            session.save(method);
        }
        session.announce("payment_method.attached", method);
        return Json.required(method, "id");
    }

    /** A payment method that nobody has to own yet; a test id makes one. */
    static String kept(Session session, String id) {
        Optional<TestCard> card = TestCard.of(id);
        ObjectNode method = card.isPresent() ? of(session, card.get()) : session.load(Kind.PAYMENT_METHOD, id, "payment_method");
        if (card.isPresent()) {
            session.insert(method);
        }
        return Json.required(method, "id");
    }

    private static ObjectNode attach(Call call) {
        String customer = call.parameters().requireText("customer");
        Customers.loadToChange(call.session(), customer, "customer");
        return call.session().load(Kind.PAYMENT_METHOD, attach(call.session(), call.id(), customer));
    }

    /** What a bank tells of a card: the new one expires later. */
    private static ObjectNode update(Call call) {
        ObjectNode method = call.session().loadToChange(Kind.PAYMENT_METHOD, call.id(), "payment_method");
        Parameters card = call.parameters().hash("card");
        ObjectNode shown = (ObjectNode) method.path("card");
        Long month = card.count("exp_month");
        Long year = card.count("exp_year");
        shown.put("exp_month", month == null ? Json.number(shown, "exp_month") : month);
        shown.put("exp_year", year == null ? Json.number(shown, "exp_year") : year);
        Metadata.read(call.parameters(), method);
        call.session().update(method);
        return method;
    }

    private static ObjectNode detach(Call call) {
        Session session = call.session();
        ObjectNode method = session.loadToChange(Kind.PAYMENT_METHOD, call.id(), "payment_method");
        String owner = Json.text(method, "customer");
        if (owner == null) {
            throw StripeError.invalid(null, null,
                    "The payment method you provided is not attached to a customer so detachment is impossible.");
        }
        method.putNull("customer");
        session.save(method);
        session.announce("payment_method.detached", method);
        ObjectNode customer = session.load(Kind.CUSTOMER, owner);
        if (call.id().equals(Json.text(customer.path("invoice_settings"), "default_payment_method"))) {
            ((ObjectNode) customer.path("invoice_settings")).putNull("default_payment_method");
            session.update(customer);
        }
        session.documents().all(Kind.SUBSCRIPTION, owner, List.of(Kind.term("ended", "false"))).stream()
                .filter(subscription -> Objects.equals(call.id(), Json.text(subscription, "default_payment_method")))
                .forEach(subscription -> {
                    subscription.putNull("default_payment_method");
                    session.save(subscription);
                });
        return method;
    }

    private static ObjectNode list(Call call, @Nullable String customer, String url) {
        String type = call.parameters().text("type");
        Page page = Page.read(call.parameters());
        List<String> terms = type == null ? List.of() : List.of(Kind.term("type", type));
        return page.list(url, call.session().documents().page(Kind.PAYMENT_METHOD, customer, terms, page));
    }

    private static ObjectNode of(Session session, TestCard card) {
        ObjectNode method = Skeletons.of(Kind.PAYMENT_METHOD, Tokens.id(Kind.PAYMENT_METHOD), session.now());
        ObjectNode shown = (ObjectNode) method.path("card");
        shown.put("brand", card.brand()).put("display_brand", card.brand()).put("last4", card.last4());
        ((ObjectNode) shown.path("networks")).set("available", Json.strings(List.of(card.brand())));
        method.putObject(Rendering.INTERNAL).put(CARD, card.name());
        return method;
    }
}
