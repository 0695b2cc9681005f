package dev.headroom.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscription_items}: changes of one item, which are changes of its subscription. */
final class SubscriptionItems {

    private SubscriptionItems() {}

    static void addTo(Routes routes) {
        routes.get("/v1/subscription_items", SubscriptionItems::list);
        routes.post("/v1/subscription_items", SubscriptionItems::create);
        routes.get("/v1/subscription_items/{id}", call -> item(owner(call), call.id()));
        routes.post("/v1/subscription_items/{id}", SubscriptionItems::update);
        routes.delete("/v1/subscription_items/{id}", SubscriptionItems::delete);
    }

    private static ObjectNode list(Call call) {
        String subscription = call.parameters().requireText("subscription");
        List<ObjectNode> items = Json.objects(call.session().load(Kind.SUBSCRIPTION, subscription, "subscription").path("items").path("data"));
        return Page.read(call.parameters()).within("/v1/subscription_items?subscription=" + subscription, items);
    }

    private static ObjectNode create(Call call) {
        String subscription = call.parameters().requireText("subscription");
        ObjectNode changed = change(call, subscription, Json.object());
        return Json.objects(changed.path("items").path("data")).getLast();
    }

    private static ObjectNode update(Call call) {
        ObjectNode changed = change(call, Json.required(owner(call), "id"), Json.object().put("id", call.id()));
        return item(changed, call.id());
    }

    private static ObjectNode delete(Call call) {
        change(call, Json.required(owner(call), "id"), Json.object().put("id", call.id()).put("deleted", "true"));
        return Json.object().put("id", call.id()).put("object", "subscription_item").put("deleted", true);
    }

    /** Rewrites the request as the change of the subscription that it is. */
    private static ObjectNode change(Call call, String subscriptionId, ObjectNode item) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode tree = Json.object();
        for (String own : List.of("price", "quantity", "metadata", "discounts")) {
            if (parameters.has(own)) {
                item.set(own, parameters.tree().path(own));
            }
        }
        for (String common : List.of("proration_behavior", "proration_date", "payment_behavior")) {
            if (parameters.has(common)) {
                tree.set(common, parameters.tree().path(common));
            }
        }
        parameters.ignore("price", "quantity", "metadata", "discounts", "proration_behavior", "proration_date", "payment_behavior", "off_session");
        tree.putObject("items").set("0", item);
        ObjectNode subscription = session.loadToChange(Kind.SUBSCRIPTION, subscriptionId, "subscription");
        Parameters rewritten = Parameters.of(tree);
        new Updating(session).change(subscription, Change.read(rewritten), Subscriptions.behavior(rewritten));
        session.update(subscription);
        return subscription;
    }

    private static ObjectNode owner(Call call) {
        return call.session().documents().all(Kind.SUBSCRIPTION, null, List.of(Kind.term("item", call.id()))).stream().findFirst()
                .orElseThrow(() -> StripeError.invalid("resource_missing", "item", "No such subscription_item: '" + call.id() + "'"));
    }

    private static ObjectNode item(ObjectNode subscription, String id) {
        return Json.objects(subscription.path("items").path("data")).stream()
                .filter(item -> id.equals(Json.text(item, "id"))).findFirst().orElseThrow();
    }
}
