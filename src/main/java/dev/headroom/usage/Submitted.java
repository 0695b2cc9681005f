package dev.headroom.usage;

import dev.headroom.usage.UsageOutcome.UsageRejected;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent as an event: the event, or what keeps it from being one. Never both, never neither. Whoever reads events lets each stand or
 * fall alone, so that what is wrong with one is found here and not where a request is read.
 */
record Submitted(@Nullable UsageEvent event, @Nullable UsageRejected rejected) {

    private static final List<String> REQUIRED = List.of("id", "account", "meter");
    private static final Set<String> FIELDS = Set.of("id", "account", "meter", "quantity", "at", "properties");

    /** Stands for an event of which nothing could be read. */
    static final String LINE = "line";

    static Submitted unreadable(String reason) {
        return new Submitted(null, new UsageRejected("", LINE, reason));
    }

    /** @param fields as JSON has them: texts, numbers, and maps of these */
    static Submitted of(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        return fields.keySet().stream().filter(name -> !FIELDS.contains(name)).findFirst().map(name -> rejected(fields, name, "An event has no such field"))
                .or(() -> REQUIRED.stream().flatMap(name -> text(fields, name, read).stream()).findFirst())
                .or(() -> field(fields, "quantity", "Expected a whole number from 0 to " + EventCheck.MOST, Submitted::whole, read))
                .or(() -> field(fields, "at", "Expected an instant such as 2026-12-04T10:15:30Z", Submitted::instant, read))
                .or(() -> field(fields, "properties", "Expected an object", value -> value instanceof Map ? value : null, read))
                .orElseGet(() -> new Submitted(event(read), null));
    }

    @SuppressWarnings("unchecked")
    private static UsageEvent event(Map<String, @Nullable Object> read) {
        return new UsageEvent(
                (String) Objects.requireNonNull(read.get("id")), (String) Objects.requireNonNull(read.get("account")),
                (String) Objects.requireNonNull(read.get("meter")), (Long) read.get("quantity"), (Instant) read.get("at"),
                (Map<String, Object>) read.get("properties"));
    }

    private static Optional<Submitted> text(Map<String, @Nullable Object> fields, String name, Map<String, @Nullable Object> read) {
        return fields.get(name) == null
                ? Optional.of(rejected(fields, name, "This field is required"))
                : field(fields, name, "Expected a text", value -> value instanceof String ? value : null, read);
    }

    /** @param parse absent for what is not as it should be */
    private static Optional<Submitted> field(
            Map<String, @Nullable Object> fields, String name, String expected, Function<Object, @Nullable Object> parse, Map<String, @Nullable Object> read) {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Object parsed = parse.apply(value);
        read.put(name, parsed);
        return parsed == null ? Optional.of(rejected(fields, name, expected)) : Optional.empty();
    }

    /** Also written as a text, as the scalar Long may be. */
    private static @Nullable Long whole(Object value) {
        try {
            return value instanceof Long whole ? whole : value instanceof Number || value instanceof String ? (Long) new BigDecimal(value.toString()).longValueExact() : null;
        } catch (NumberFormatException | ArithmeticException absurd) {
            return null;
        }
    }

    private static @Nullable Instant instant(Object value) {
        try {
            return value instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static Submitted rejected(Map<String, @Nullable Object> fields, String field, String reason) {
        return new Submitted(null, new UsageRejected(fields.get("id") instanceof String id ? id : "", field, reason));
    }

    /** Names that senders make up are no ways to be wrong. */
    static String countedAs(String field) {
        return FIELDS.contains(field) ? field : LINE;
    }
}
