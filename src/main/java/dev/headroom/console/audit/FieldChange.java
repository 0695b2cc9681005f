package dev.headroom.console.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field that is another than before.
 *
 * @param path   its name, and those of what it is within, from the outside in; empty for a thing that is one value
 * @param before absent where there was none
 * @param after  absent where there is none any more
 */
record FieldChange(List<String> path, @Nullable JsonNode before, @Nullable JsonNode after) {

    /** By which of its fields an element of a list is told from the others, the first that all of them have and no two alike. */
    private static final List<List<String>> NAMES = List.of(List.of("key"), List.of("id"), List.of("feature"), List.of("interval", "currency"), List.of("name"));

    private static final Set<String> AMOUNT = Set.of("minor", "currency", "major");

    /** All that differs between two, in the order of their fields; what is nested is gone into, until it is one value. */
    static List<FieldChange> between(@Nullable JsonNode before, @Nullable JsonNode after) {
        Map<List<String>, JsonNode> was = leaves(before);
        Map<List<String>, JsonNode> is = leaves(after);
        Set<List<String>> paths = new LinkedHashSet<>(is.keySet());
        paths.addAll(was.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(was.get(path), is.get(path)))
                .map(path -> new FieldChange(path, was.get(path), is.get(path)))
                .toList();
    }

    private static Map<List<String>, JsonNode> leaves(@Nullable JsonNode thing) {
        Map<List<String>, JsonNode> found = new LinkedHashMap<>();
        if (thing != null) {
            gather(thing, List.of(), found);
        }
        return found;
    }

    private static void gather(JsonNode thing, List<String> path, Map<List<String>, JsonNode> found) {
        if (thing.isObject() && !isValue(thing)) {
            thing.properties().forEach(field -> gather(bare(field.getValue()), with(path, field.getKey()), found));
        } else if (thing.isArray() && thing.valueStream().anyMatch(element -> bare(element).isContainer() && !isValue(element))) {
            List<String> names = names(thing);
            for (int number = 0; number < thing.size(); number++) {
                gather(thing.get(number), with(path, names.get(number)), found);
            }
        } else if (!thing.isNull()) {
            found.put(path, thing);
        }
    }

    /** An amount is one value, although it is written as an object, with its sign beside it. */
    static boolean isValue(JsonNode thing) {
        return thing.path("minor").isNumber() && thing.path("currency").isString()
                && thing.properties().stream().allMatch(field -> AMOUNT.contains(field.getKey()) || field.getValue().isBoolean());
    }

    /** An id is written as an object around it. */
    private static JsonNode bare(JsonNode thing) {
        return thing.isObject() && thing.size() == 1 && thing.path("value").isValueNode() ? thing.get("value") : thing;
    }

    private static List<String> names(JsonNode list) {
        return NAMES.stream().flatMap(fields -> named(list, fields).stream()).findFirst()
                .orElseGet(() -> Stream.iterate(1, number -> number + 1).limit(list.size()).map(String::valueOf).toList());
    }

    private static Optional<List<String>> named(JsonNode list, List<String> fields) {
        List<String> names = list.valueStream().map(element -> fields.stream().map(field -> bare(element.path(field)).asString("")).collect(Collectors.joining(" "))).toList();
        return names.stream().allMatch(name -> !name.isBlank()) && Set.copyOf(names).size() == names.size() ? Optional.of(names) : Optional.empty();
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
