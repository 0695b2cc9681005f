package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's parameters, read by name and type. It remembers what was read, so that {@link #refuseUnread()} can name a
 * parameter that nobody asked for: Stripe refuses unknown parameters, and so does a stand-in that does not implement one.
 */
final class Parameters {

    private final String path;
    private final ObjectNode values;
    private final Set<String> read;

    private Parameters(String path, ObjectNode values, Set<String> read) {
        this.path = path;
        this.values = values;
        this.read = read;
    }

    /** @param tree hashes as objects (lists too: their keys are numbers), everything else as text */
    static Parameters of(ObjectNode tree) {
        return new Parameters("", tree, new TreeSet<>());
    }

    ObjectNode tree() {
        return values;
    }

    boolean has(String name) {
        return values.has(name);
    }

    /** Sent as the empty string, which is how a form says null. */
    boolean clears(String name) {
        boolean cleared = values.path(name).isString() && values.path(name).stringValue().isEmpty();
        if (cleared) {
            read.add(at(name));
        }
        return cleared;
    }

    @Nullable String text(String name) {
        read.add(at(name));
        JsonNode value = values.path(name);
        if (value.isObject()) {
            throw StripeError.invalid("parameter_invalid_string_blank", at(name), "Invalid string: " + at(name));
        }
        String text = value.isString() ? value.stringValue() : null;
        return text == null || text.isEmpty() ? null : text;
    }

    String requireText(String name) {
        return require(name, text(name));
    }

    @Nullable Long integer(String name) {
        String text = text(name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException malformed) {
            throw StripeError.invalid("parameter_invalid_integer", at(name), "Invalid integer: " + text);
        }
    }

    long requireInteger(String name) {
        return require(name, integer(name));
    }

    /** A count, which is never negative. */
    @Nullable Long count(String name) {
        Long count = integer(name);
        if (count != null && count < 0) {
            throw StripeError.invalid("parameter_invalid_integer", at(name), "This value must be greater than or equal to 0.");
        }
        return count;
    }

    @Nullable BigDecimal decimal(String name) {
        String text = text(name);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException malformed) {
            throw StripeError.invalid(null, at(name), "Invalid decimal: " + text);
        }
    }

    @Nullable Boolean flag(String name) {
        String text = text(name);
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? null : Boolean.valueOf(text);
        }
        throw StripeError.invalid(null, at(name), "Invalid boolean: " + text);
    }

    @Nullable Instant time(String name) {
        Long seconds = integer(name);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /** One of an enum's constants in Stripe's spelling; null when not sent. */
    <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return Stream.of(type.getEnumConstants()).filter(each -> spelling(each).equals(text)).findFirst()
                .orElseThrow(() -> StripeError.invalid(null, at(name), "Invalid " + at(name) + ": must be one of "
                        + String.join(", ", Stream.of(type.getEnumConstants()).map(Parameters::spelling).toList())));
    }

    static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The hash under a name; empty when not sent. */
    Parameters hash(String name) {
        JsonNode value = values.path(name);
        if (value.isString() && !value.stringValue().isEmpty()) {
            throw StripeError.invalid(null, at(name), "Invalid object");
        }
        read.add(at(name));
        return new Parameters(at(name), value.isObject() ? (ObjectNode) value : Json.object(), read);
    }

    /** The hashes of a list, in the order they were sent. */
    List<Parameters> hashes(String name) {
        Parameters list = hash(name);
        return list.values.propertyNames().stream().map(list::hash).toList();
    }

    List<String> texts(String name) {
        Parameters list = hash(name);
        return list.values.propertyNames().stream().map(list::requireText).toList();
    }

    /** The pairs of a metadata hash; an empty value means that the key goes away. */
    Map<String, String> pairs(String name) {
        Parameters hash = hash(name);
        Map<String, String> pairs = new LinkedHashMap<>();
        hash.values.propertyNames().forEach(key -> {
            String value = hash.text(key);
            pairs.put(key, value == null ? "" : value);
        });
        return pairs;
    }

    /** Takes note of parameters that change nothing here, with everything below them. */
    void ignore(String... names) {
        for (String name : names) {
            leaves(values.path(name), at(name)).forEach(read::add);
            read.add(at(name));
        }
    }

    <T> T require(String name, @Nullable T value) {
        if (value == null) {
            throw StripeError.invalid("parameter_missing", at(name), "Missing required param: " + at(name) + ".");
        }
        return value;
    }

    /** @throws StripeError parameter_unknown, naming the first parameter that nothing has read */
    void refuseUnread() {
        leaves(values, path).filter(leaf -> !read.contains(leaf)).findFirst().ifPresent(unknown -> {
            throw StripeError.invalid("parameter_unknown", unknown, "Received unknown parameter: " + unknown);
        });
    }

    /** The parameter's full name in Stripe's brackets. */
    String at(String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    private static Stream<String> leaves(JsonNode node, String path) {
        if (!node.isObject()) {
            return Stream.of(path);
        }
        List<String> leaves = new ArrayList<>();
        node.properties().forEach(each ->
                leaves(each.getValue(), path.isEmpty() ? each.getKey() : path + "[" + each.getKey() + "]").forEach(leaves::add));
        return leaves.stream();
    }
}
