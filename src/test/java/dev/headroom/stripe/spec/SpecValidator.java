package dev.headroom.stripe.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks values against OpenAPI 3.0 schemas: $ref, anyOf, oneOf, allOf, nullable, enum, type, required, additionalProperties. */
final class SpecValidator {

    /** How values look: the strings of a form ("5" is an integer, "" clears), or JSON. */
    enum Mode { FORM, JSON }

    private static final String REFERENCE = "#/components/schemas/";
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");

    private final JsonNode schemas;

    SpecValidator(JsonNode spec) {
        this.schemas = spec.path("components").path("schemas");
    }

    /** @param unknown collects the paths of fields that the schema does not know and does not forbid */
    List<SpecProblem> check(JsonNode raw, JsonNode value, Mode mode, String path, List<String> unknown) {
        JsonNode schema = dereferenced(raw);
        if (schema.isEmpty()) {
            return List.of();
        }
        if (value.isNull()) {
            boolean allowed = schema.path("nullable").asBoolean(false) || raw.path("nullable").asBoolean(false) || mode == Mode.FORM;
            return allowed ? List.of() : List.of(new SpecProblem(path, "null where the spec has no null"));
        }
        for (JsonNode part : schema.path("allOf")) {
            List<SpecProblem> problems = check(part, value, mode, path, unknown);
            if (!problems.isEmpty()) {
                return problems;
            }
        }
        JsonNode alternatives = schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf");
        if (!alternatives.isEmpty()) {
            return anyOf(alternatives, value, mode, path, unknown);
        }
        if (schema.has("enum") && stream(schema.path("enum")).noneMatch(each -> each.asString().equals(value.asString("")))) {
            return List.of(new SpecProblem(path, shown(value) + " is not one of " + schema.path("enum")));
        }
        return byType(schema, value, mode, path, unknown);
    }

    private List<SpecProblem> anyOf(JsonNode alternatives, JsonNode value, Mode mode, String path, List<String> unknown) {
        List<SpecProblem> best = null;
        int bestScore = Integer.MAX_VALUE;
        for (JsonNode alternative : alternatives) {
            List<String> seen = new ArrayList<>();
            List<SpecProblem> problems = check(alternative, value, mode, path, seen);
            if (problems.isEmpty()) {
                unknown.addAll(seen);
                return List.of();
            }
            int score = misfit(dereferenced(alternative), value) + problems.size();
            if (score < bestScore) {
                bestScore = score;
                best = problems;
            }
        }
        return best == null ? List.of() : best;
    }

    /** Of several alternatives that fail, the one for the same {@code object} says best what is wrong. */
    private static int misfit(JsonNode schema, JsonNode value) {
        JsonNode object = schema.path("properties").path("object").path("enum");
        boolean same = stream(object).anyMatch(each -> each.equals(value.path("object")));
        return (same ? 0 : 1000) + (value.isObject() != "object".equals(schema.path("type").asString("")) ? 500 : 0);
    }

    private List<SpecProblem> byType(JsonNode schema, JsonNode value, Mode mode, String path, List<String> unknown) {
        return switch (schema.path("type").asString("object")) {
            case "string" -> string(schema, value, path);
            case "integer" -> expect(mode == Mode.FORM ? matches(value, INTEGER) : value.isIntegralNumber(), "integer", value, path);
            case "number" -> expect(mode == Mode.FORM ? matches(value, DECIMAL) : value.isNumber(), "number", value, path);
            case "boolean" -> expect(mode == Mode.FORM ? List.of("true", "false").contains(value.asString("")) : value.isBoolean(), "boolean", value, path);
            case "array" -> array(schema, value, mode, path, unknown);
            default -> object(schema, value, mode, path, unknown);
        };
    }

    private static List<SpecProblem> string(JsonNode schema, JsonNode value, String path) {
        boolean decimal = "decimal".equals(schema.path("format").asString(""));
        boolean fits = value.isString() && (!decimal || value.stringValue().isEmpty() || DECIMAL.matcher(value.stringValue()).matches());
        if (fits && schema.has("maxLength") && value.stringValue().length() > schema.path("maxLength").asInt()) {
            return List.of(new SpecProblem(path, "longer than " + schema.path("maxLength")));
        }
        return expect(fits, decimal ? "decimal string" : "string", value, path);
    }

    private List<SpecProblem> array(JsonNode schema, JsonNode value, Mode mode, String path, List<String> unknown) {
        if (mode == Mode.FORM && value.isString() && value.stringValue().isEmpty()) {
            return List.of();
        }
        boolean numbered = mode == Mode.FORM && value instanceof ObjectNode hash && hash.propertyNames().stream().allMatch(key -> INTEGER.matcher(key).matches());
        if (!numbered && !(value instanceof ArrayNode)) {
            return expect(false, "array", value, path);
        }
        List<SpecProblem> problems = new ArrayList<>();
        int i = 0;
        for (JsonNode each : value) {
            problems.addAll(check(schema.path("items"), each, mode, path + "[" + i++ + "]", unknown));
        }
        return problems;
    }

    private List<SpecProblem> object(JsonNode schema, JsonNode value, Mode mode, String path, List<String> unknown) {
        JsonNode properties = schema.path("properties");
        if (!schema.has("type") && properties.isEmpty()) {
            return List.of();
        }
        if (!(value instanceof ObjectNode hash)) {
            return mode == Mode.FORM && value.asString("x").isEmpty() ? List.of() : expect(false, "object", value, path);
        }
        List<SpecProblem> problems = new ArrayList<>();
        for (JsonNode name : schema.path("required")) {
            if (!hash.has(name.stringValue())) {
                problems.add(new SpecProblem(at(path, name.stringValue()), "required, missing"));
            }
        }
        JsonNode additional = schema.path("additionalProperties");
        hash.properties().forEach(field -> {
            String at = at(path, field.getKey());
            if (properties.has(field.getKey())) {
                problems.addAll(check(properties.path(field.getKey()), field.getValue(), mode, at, unknown));
            } else if (additional.isBoolean() && !additional.booleanValue()
                    || mode == Mode.FORM && !properties.isEmpty() && additional.isMissingNode()) {
                problems.add(new SpecProblem(at, "unknown parameter"));
            } else if (additional.isObject()) {
                problems.addAll(check(additional, field.getValue(), mode, at, unknown));
            } else if (!properties.isEmpty() && !additional.asBoolean(false)) {
                unknown.add(at);
            }
        });
        return problems;
    }

    private JsonNode dereferenced(JsonNode schema) {
        JsonNode each = schema;
        for (JsonNode reference = each.get("$ref"); reference != null; reference = each.get("$ref")) {
            each = schemas.path(reference.stringValue().substring(REFERENCE.length()));
        }
        return each;
    }

    private static List<SpecProblem> expect(boolean fits, String type, JsonNode value, String path) {
        return fits ? List.of() : List.of(new SpecProblem(path, "expected " + type + ", got " + shown(value)));
    }

    private static boolean matches(JsonNode value, Pattern pattern) {
        return value.isString() && pattern.matcher(value.stringValue()).matches();
    }

    private static String shown(@Nullable JsonNode value) {
        String text = String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
