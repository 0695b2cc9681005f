package dev.headroom.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event's {@code previous_attributes} says. */
final class Changes {

    private Changes() {}

    /**
     * The old values of the fields that differ: hashes field by field, lists and everything else whole. Fields that the
     * wire never shows are left out.
     */
    static ObjectNode previous(ObjectNode before, ObjectNode after) {
        ObjectNode previous = Json.object();
        before.properties().forEach(field -> {
            JsonNode old = field.getValue();
            JsonNode now = after.path(field.getKey());
            if (old.equals(now) || field.getKey().equals(Rendering.INTERNAL)) {
                return;
            }
            if (old instanceof ObjectNode oldHash && now instanceof ObjectNode newHash) {
                ObjectNode nested = previous(oldHash, newHash);
                if (!nested.isEmpty()) {
                    previous.set(field.getKey(), nested);
                }
            } else {
                previous.set(field.getKey(), old.deepCopy());
            }
        });
        after.propertyNames().stream()
                .filter(name -> !before.has(name) && !name.equals(Rendering.INTERNAL))
                .forEach(previous::putNull);
        return previous;
    }
}
