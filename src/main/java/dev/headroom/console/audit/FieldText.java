package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.console.Figures;
import dev.headroom.console.When;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A field's name and value as people read them: amounts with their currency, instants in a named zone, lists as what is in them. */
final class FieldText {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ZoneId ZONE = ZoneOffset.UTC;
    private static final Pattern INSTANT = Pattern.compile("\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");
    private static final Pattern HUMPS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private FieldText() {}

    static @Nullable JsonNode parse(@Nullable String json) {
        return json == null ? null : JSON.readTree(json);
    }

    /** The words of its name, which are those of the schema. */
    static String name(List<String> path) {
        return path.isEmpty() ? translate("audit.value") : path.stream().map(FieldText::words).collect(Collectors.joining(" › "));
    }

    private static String words(String name) {
        if (!name.matches("[a-z]+([A-Z][a-z0-9]*)+|[a-z]+")) {
            return name;
        }
        String words = HUMPS.splitAsStream(name).map(word -> word.length() > 1 ? Character.toLowerCase(word.charAt(0)) + word.substring(1) : word).collect(Collectors.joining(" "));
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static String value(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return translate("audit.nothing");
        }
        if (value.isObject()) {
            return FieldChange.isValue(value) ? Figures.exact(value.get("minor").decimalValue(), Currency.getInstance(value.get("currency").asString())) : value.toString();
        }
        if (value.isArray()) {
            return value.isEmpty() ? translate("audit.nothing") : value.valueStream().map(FieldText::element).collect(Collectors.joining(", "));
        }
        if (value.isBoolean()) {
            return translate(value.asBoolean() ? "audit.yes" : "audit.no");
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Figures.number(value.asLong());
        }
        return value.isString() ? instant(value.asString()).orElse(value.asString()) : value.asString();
    }

    private static String element(JsonNode element) {
        return element.isObject() && element.size() == 1 && element.has("value") ? value(element.get("value")) : value(element);
    }

    private static Optional<String> instant(String text) {
        try {
            return INSTANT.matcher(text).matches() ? Optional.of(translate("audit.instant", When.minuteText(Instant.parse(text), ZONE), ZONE.getId())) : Optional.empty();
        } catch (DateTimeParseException looksLikeOne) {
            return Optional.empty();
        }
    }
}
