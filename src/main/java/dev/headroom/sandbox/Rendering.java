package dev.headroom.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a stored document the wire shows. */
final class Rendering {

    /** The field that holds what Stripe keeps to itself: debits still running, what a pending update will do. */
    static final String INTERNAL = "sandbox";

    /** Fields that Stripe includes only when asked to expand them, by object. */
    private static final Map<String, Set<String>> ON_REQUEST =
            Map.of("price", Set.of("tiers"), "plan", Set.of("tiers"), "coupon", Set.of("applies_to"));

    /** Lists of which an object shows its beginning, by object. */
    private static final Map<String, String> EMBEDDING = Map.of(Kind.INVOICE.object(), "lines", Kind.SUBSCRIPTION.object(), "items");

    /** How many lines an invoice embeds, and how many items a subscription. */
    static final int EMBEDDED = 10;

    private Rendering() {}

    /** A copy without internal fields and without fields that are shown on request only. */
    static ObjectNode plain(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        strip(copy);
        return copy;
    }

    /** The rest of the list is a matter of pages. */
    private static void shorten(ObjectNode list) {
        List<ObjectNode> all = Json.objects(list.path("data"));
        if (all.size() > EMBEDDED) {
            list.putArray("data").addAll(all.subList(0, EMBEDDED));
            list.put("has_more", true);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode hash) {
            hash.remove(INTERNAL);
            String object = hash.path("object").asString("");
            hash.remove(ON_REQUEST.getOrDefault(object, Set.of()));
            if (EMBEDDING.containsKey(object) && hash.path(EMBEDDING.get(object)) instanceof ObjectNode embedded) {
                shorten(embedded);
            }
            hash.forEach(Rendering::strip);
        } else if (node instanceof ArrayNode list) {
            list.forEach(Rendering::strip);
        }
    }
}
