package dev.headroom.yaml;

import dev.headroom.yaml.YamlNode.Entry;
import dev.headroom.yaml.YamlNode.Mapping;
import dev.headroom.yaml.YamlNode.Mark;
import dev.headroom.yaml.YamlNode.Scalar;
import dev.headroom.yaml.YamlNode.Sequence;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes typed values out of fields; whatever is not what is expected is noted where it stands, and then as good as absent. */
public final class YamlFields {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    private final YamlReading reading;
    private final String path;
    private final Mapping mapping;

    YamlFields(YamlReading reading, String path, Mapping mapping, Set<String> known) {
        this.reading = reading;
        this.path = path;
        this.mapping = mapping;
        mapping.entries().stream().filter(entry -> !known.contains(entry.key())).forEach(entry -> reading.wrong(
                entry.mark(), below(entry.key()), "There is no field \"" + YamlMistake.shortened(entry.key()) + "\" here" + Suggestion.of(entry.key(), known)));
    }

    /** Of these fields in the text. */
    public String path() {
        return path;
    }

    public Mark mark() {
        return mapping.mark();
    }

    public String below(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** Whether something is said. */
    public boolean has(String field) {
        return value(field).isPresent();
    }

    private Optional<YamlNode> value(String field) {
        return mapping.entries().stream().filter(entry -> entry.key().equals(field)).map(Entry::value)
                .filter(value -> !(value instanceof Scalar scalar && scalar.absent())).findFirst();
    }

    /** Notes that a field is missing where it is. */
    public void need(String field, String what) {
        if (!has(field)) {
            reading.wrong(mapping.mark(), below(field), "\"" + field + "\" is missing: " + what);
        }
    }

    public Optional<String> text(String field) {
        return scalar(field, "a text").map(Scalar::text);
    }

    /** Numbers that are too long for one are left to whoever knows what they are of. */
    public Optional<Long> whole(String field) {
        return scalar(field, "a whole number").flatMap(scalar -> whole(below(field), scalar));
    }

    public Optional<Integer> number(String field) {
        return whole(field).flatMap(value -> small(below(field), value));
    }

    public Optional<Boolean> flag(String field) {
        return scalar(field, "true or false").flatMap(scalar -> switch (scalar.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case String other -> {
                reading.wrong(scalar.mark(), below(field), "Expected true or false, not \"" + YamlMistake.shortened(other) + "\"");
                yield Optional.empty();
            }
        });
    }

    public <E extends Enum<E>> Optional<E> word(String field, Class<E> words) {
        return scalar(field, "one of " + Arrays.toString(words.getEnumConstants())).flatMap(scalar -> {
            Optional<E> found = Arrays.stream(words.getEnumConstants()).filter(word -> word.name().equals(scalar.text())).findFirst();
            if (found.isEmpty()) {
                Set<String> known = Arrays.stream(words.getEnumConstants()).map(Enum::name).collect(Collectors.toCollection(LinkedHashSet::new));
                reading.wrong(scalar.mark(), below(field), "Expected one of " + String.join(", ", known) + ", not \"" + YamlMistake.shortened(scalar.text()) + "\""
                        + Suggestion.of(scalar.text(), known));
            }
            return found;
        });
    }

    public Optional<Instant> instant(String field) {
        return scalar(field, "a point in time").flatMap(scalar -> {
            try {
                return Optional.of(OffsetDateTime.parse(scalar.text()).toInstant());
            } catch (DateTimeParseException wrong) {
                reading.wrong(scalar.mark(), below(field), "Expected a point in time with its zone, such as 2026-03-01T00:00:00Z, not \""
                        + YamlMistake.shortened(scalar.text()) + "\"");
                return Optional.empty();
            }
        });
    }

    /** The fields of one field. */
    public Optional<YamlFields> fields(String field, Set<String> known) {
        return value(field).flatMap(value -> reading.fields(below(field), value, known));
    }

    /** The fields of each item of a list. */
    public List<YamlFields> each(String field, Set<String> known) {
        return items(field, item -> reading.fields(item.path, item.node, known));
    }

    public List<String> texts(String field) {
        return items(field, item -> scalar(item.path, item.node, "a text").map(Scalar::text));
    }

    public List<Integer> numbers(String field) {
        return items(field, item -> scalar(item.path, item.node, "a whole number").flatMap(scalar -> whole(item.path, scalar)).flatMap(value -> small(item.path, value)));
    }

    private record Item(String path, YamlNode node) {}

    private <T> List<T> items(String field, Function<Item, Optional<T>> read) {
        YamlNode value = value(field).orElse(null);
        if (value instanceof Sequence sequence) {
            return IntStream.range(0, sequence.items().size())
                    .mapToObj(i -> new Item(below(field) + "[" + i + "]", sequence.items().get(i)))
                    .map(read).flatMap(Optional::stream).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value != null) {
            reading.wrong(value.mark(), below(field), "Expected a list (each item on a line of its own that begins with \"- \"), not " + value.kind());
        }
        return List.of();
    }

    private Optional<Scalar> scalar(String field, String expected) {
        return value(field).flatMap(value -> scalar(below(field), value, expected));
    }

    private Optional<Scalar> scalar(String where, YamlNode value, String expected) {
        if (value instanceof Scalar scalar) {
            return Optional.of(scalar);
        }
        reading.wrong(value.mark(), where, "Expected " + expected + ", not " + value.kind());
        return Optional.empty();
    }

    private Optional<Long> whole(String where, Scalar scalar) {
        if (WHOLE.matcher(scalar.text()).matches()) {
            return Optional.of(Long.parseLong(scalar.text()));
        }
        reading.wrong(scalar.mark(), where, "Expected a whole number, not \"" + YamlMistake.shortened(scalar.text()) + "\"");
        return Optional.empty();
    }

    private Optional<Integer> small(String where, long value) {
        if (value == (int) value) {
            return Optional.of((int) value);
        }
        reading.wrong(where, "Expected a number of at most nine digits, not " + value);
        return Optional.empty();
    }
}
