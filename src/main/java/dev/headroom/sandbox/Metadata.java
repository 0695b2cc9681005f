package dev.headroom.sandbox;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's metadata: keys that are sent are set, an empty value takes a key away, everything else stays. */
final class Metadata {

    private Metadata() {}

    static ObjectNode of(Map<String, String> pairs) {
        return merged(Json.object(), pairs);
    }

    static ObjectNode merged(ObjectNode existing, Map<String, String> pairs) {
        ObjectNode merged = existing.deepCopy();
        pairs.forEach((key, value) -> {
            if (value.isEmpty()) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    /** Reads {@code metadata} from a request into a document; the empty string clears all of it. */
    static void read(Parameters parameters, ObjectNode document) {
        if (parameters.clears("metadata")) {
            document.putObject("metadata");
        } else if (parameters.has("metadata")) {
            document.set("metadata", merged((ObjectNode) document.path("metadata"), parameters.pairs("metadata")));
        }
    }
}
