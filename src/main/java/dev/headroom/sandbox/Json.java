package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Documents as Stripe writes them: snake_case fields, times in whole UTC seconds, explicit nulls. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode strings(Iterable<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    static ObjectNode read(String json) {
        return (ObjectNode) MAPPER.readTree(json);
    }

    static ObjectNode read(byte[] json) {
        return (ObjectNode) MAPPER.readTree(json);
    }

    /** The field's text; null when it is absent or null. */
    static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    /** The text of a field that every document of its kind carries. */
    static String required(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) {
            throw new IllegalStateException("No text in \"" + field + "\" of " + node);
        }
        return text;
    }

    static @Nullable Instant instantOrNull(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? Instant.ofEpochSecond(value.longValue()) : null;
    }

    static Instant instant(JsonNode node, String field) {
        Instant instant = instantOrNull(node, field);
        if (instant == null) {
            throw new IllegalStateException("No time in \"" + field + "\" of " + node);
        }
        return instant;
    }

    static void put(ObjectNode node, String field, @Nullable Instant instant) {
        if (instant == null) {
            node.putNull(field);
        } else {
            node.put(field, instant.getEpochSecond());
        }
    }

    static long number(JsonNode node, String field) {
        return node.path(field).asLong(0);
    }

    static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }

    /** The objects of an array, or none when the field is absent or null. */
    static List<ObjectNode> objects(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(ObjectNode.class::cast).toList();
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::stringValue).toList();
    }
}
