package dev.headroom.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Documents with every field that Stripe's OpenAPI requires, so that no answer lacks one. */
final class Skeletons {

    private static final Map<String, ObjectNode> LOADED = new ConcurrentHashMap<>();

    private Skeletons() {}

    static ObjectNode of(String object) {
        return LOADED.computeIfAbsent(object, Skeletons::load).deepCopy();
    }

    static ObjectNode of(Kind kind, String id, Instant created) {
        ObjectNode document = of(kind.object());
        document.put("id", id);
        if (document.has("created")) {
            Json.put(document, "created", created);
        }
        return document;
    }

    private static ObjectNode load(String object) {
        try (InputStream resource = Skeletons.class.getResourceAsStream("/sandbox/" + object + ".json")) {
            if (resource == null) {
                throw new IllegalArgumentException("No skeleton for " + object);
            }
            return Json.read(resource.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
