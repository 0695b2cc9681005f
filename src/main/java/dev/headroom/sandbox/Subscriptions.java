package dev.headroom.sandbox;

import dev.headroom.sandbox.Change.PaymentBehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscriptions}. */
final class Subscriptions {

    private Subscriptions() {}

    static void addTo(Routes routes) {
        routes.post("/v1/subscriptions", Subscriptions::create);
        routes.get("/v1/subscriptions", Subscriptions::list);
        routes.get("/v1/subscriptions/{id}", call -> call.session().load(Kind.SUBSCRIPTION, call.id(), "id"));
        routes.post("/v1/subscriptions/{id}", Subscriptions::update);
        routes.delete("/v1/subscriptions/{id}", Subscriptions::cancel);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode customer = Customers.loadToChange(session, parameters.requireText("customer"), "customer");
        PaymentBehavior behavior = behavior(parameters);
        if (behavior == PaymentBehavior.PENDING_IF_INCOMPLETE) {
            throw StripeError.invalid(null, "payment_behavior", "pending_if_incomplete can only be used when updating a subscription.");
        }
        parameters.ignore("off_session");
        Subscribing subscribing = new Subscribing(session);
        Plan plan = subscribing.plan(customer, parameters, Change.discounts(parameters));
        Customers.requireCurrency(customer, Json.required(plan.subscription(), "currency"));
        session.save(customer);
        new SubscriptionAttributes(session).read(parameters, plan.subscription());
        return subscribing.start(plan, behavior);
    }

    private static ObjectNode update(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        PaymentBehavior behavior = behavior(parameters);
        if (behavior == PaymentBehavior.PENDING_IF_INCOMPLETE) {
            SubscriptionAttributes.requireOnlyPendable(parameters);
        }
        ObjectNode subscription = session.loadToChange(Kind.SUBSCRIPTION, call.id(), "id");
        Change change = Change.read(parameters);
        new SubscriptionAttributes(session).read(parameters, subscription);
        new Updating(session).change(subscription, change, behavior);
        session.update(subscription);
        return subscription;
    }

    private static ObjectNode cancel(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode subscription = session.loadToChange(Kind.SUBSCRIPTION, call.id(), "id");
        if ("canceled".equals(Json.text(subscription, "status"))) {
            throw StripeError.missing(Kind.SUBSCRIPTION, call.id(), "id");
        }
        Parameters details = parameters.hash("cancellation_details");
        ObjectNode shown = (ObjectNode) subscription.path("cancellation_details");
        List.of("comment", "feedback").forEach(field -> shown.put(field, details.text(field)));
        boolean prorate = Boolean.TRUE.equals(parameters.flag("prorate"));
        boolean invoiceNow = Boolean.TRUE.equals(parameters.flag("invoice_now"));
        new Ending(session).cancelNow(subscription, prorate, invoiceNow);
        return subscription;
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        List<String> terms = new ArrayList<>();
        String status = parameters.text("status");
        String price = parameters.text("price");
        if (price != null) {
            terms.add(Kind.term("price", price));
        }
        String clock = parameters.text("test_clock");
        if (clock != null) {
            terms.add(Kind.term("test_clock", clock));
        }
        if (status != null && !status.equals("all") && !status.equals("ended")) {
            terms.add(Kind.term("status", status));
        }
        if (status == null) {
            terms.add(Kind.term("ended", "false"));
        }
        if ("ended".equals(status)) {
            terms.add(Kind.term("ended", "true"));
        }
        Page page = Page.read(parameters);
        return page.list("/v1/subscriptions", call.session().documents().page(Kind.SUBSCRIPTION, parameters.text("customer"), terms, page));
    }

    static PaymentBehavior behavior(Parameters parameters) {
        return Objects.requireNonNullElse(parameters.choice("payment_behavior", PaymentBehavior.class), PaymentBehavior.ALLOW_INCOMPLETE);
    }
}
