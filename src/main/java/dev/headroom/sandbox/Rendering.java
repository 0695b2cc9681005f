package dev.headroom.sandbox;

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

    private Rendering() {}

    /** A copy without internal fields and without fields that are shown on request only. */
    static ObjectNode plain(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode hash) {
            hash.remove(INTERNAL);
            hash.remove(ON_REQUEST.getOrDefault(hash.path("object").asString(""), Set.of()));
            hash.forEach(Rendering::strip);
        } else if (node instanceof ArrayNode list) {
            list.forEach(Rendering::strip);
        }
    }
}
