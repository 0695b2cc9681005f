package dev.headroom.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes discounts away: {@code DELETE /v1/subscriptions/…/discount} and {@code /v1/customers/…/discount}. */
final class DiscountRemovals {

    private DiscountRemovals() {}

    static void addTo(Routes routes) {
        routes.delete("/v1/subscriptions/{id}/discount", DiscountRemovals::fromSubscription);
        routes.delete("/v1/customers/{id}/discount", DiscountRemovals::fromCustomer);
    }

    /** All that the subscription as a whole has; its items keep their own. */
    private static ObjectNode fromSubscription(Call call) {
        Session session = call.session();
        ObjectNode subscription = session.loadToChange(Kind.SUBSCRIPTION, call.id(), "id");
        List<String> discounts = Json.texts(subscription.path("discounts"));
        if (discounts.isEmpty()) {
            throw StripeError.invalid("resource_missing", null, "No active discount for subscription: " + call.id());
        }
        subscription.putArray("discounts");
        session.update(subscription);
        return deleted(session.load(Kind.DISCOUNT, discounts.getLast()));
    }

    private static ObjectNode fromCustomer(Call call) {
        Session session = call.session();
        ObjectNode customer = Customers.loadToChange(session, call.id(), "id");
        JsonNode discount = customer.path("discount");
        if (!discount.isObject()) {
            throw StripeError.invalid("resource_missing", null, "No active discount for customer: " + call.id());
        }
        session.update(customer.putNull("discount"));
        return deleted((ObjectNode) discount);
    }

    private static ObjectNode deleted(ObjectNode discount) {
        ObjectNode shown = discount.deepCopy().put("deleted", true);
        shown.remove("end");
        return shown;
    }
}
