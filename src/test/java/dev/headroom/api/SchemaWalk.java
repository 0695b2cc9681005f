package dev.headroom.api;

import dev.headroom.Api;
import dev.headroom.Story;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Writes documents for every field of the roots: every argument filled as one who wants to reach a certain account would fill it,
 * every field below selected. It reads the schema it is given, so that a field added tomorrow is walked tomorrow.
 */
final class SchemaWalk {

    private static final int DEPTH = 2;

    private final Map<String, JsonNode> types = new HashMap<>();
    private final String account;
    private final Story story;

    /** One root field as a document. */
    record Operation(String field, String document) {}

    private SchemaWalk(JsonNode schema, String account, Story story) {
        schema.at("/types").forEach(type -> types.put(type.at("/name").asString(), type));
        this.account = account;
        this.story = story;
    }

    static SchemaWalk of(Api api, String account, Story story) {
        String reference = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
        return new SchemaWalk(api.ask("""
                { __schema { types { kind name enumValues { name } possibleTypes { name }
                  inputFields { name %1$s } fields { name args { name %1$s } %1$s } } } }""".formatted(reference)).at("/__schema"), account, story);
    }

    /** What erases comes last: of whom is erased, the others would find nothing. */
    List<Operation> operations() {
        return Stream.concat(roots("query", "Query"), roots("mutation", "Mutation"))
                .sorted(Comparator.comparing(operation -> operation.field().startsWith("erase")))
                .toList();
    }

    private Stream<Operation> roots(String verb, String type) {
        return types.get(type).at("/fields").valueStream()
                .flatMap(field -> documents(field).map(document -> new Operation(field.at("/name").asString(), verb + " { " + document + " }")));
    }

    /** One document for each field below an object, for all of them together would be too dear. */
    private Stream<String> documents(JsonNode field) {
        JsonNode type = named(field.at("/type"));
        return type.at("/kind").asString().equals("OBJECT")
                ? type.at("/fields").valueStream().flatMap(below -> documents(field, below, Set.of(name(type))))
                : Stream.of(written(field, DEPTH, Set.of()));
    }

    /** Below a list, one for each field of its items. */
    private Stream<String> documents(JsonNode field, JsonNode below, Set<String> within) {
        JsonNode type = named(below.at("/type"));
        Stream<String> parts = isList(below) && type.at("/kind").asString().equals("OBJECT")
                ? walked(type, DEPTH, within).flatMap(part -> parts(part, with(within, type))).map(part -> call(below) + " { " + part + " }")
                : Stream.of(written(below, DEPTH, within));
        return parts.map(part -> call(field) + " { " + part + " }");
    }

    /** What an object in a list has is asked for field by field too, where it is not all leaves. */
    private Stream<String> parts(JsonNode part, Set<String> within) {
        JsonNode type = named(part.at("/type"));
        return type.at("/kind").asString().equals("OBJECT") && !isList(part)
                ? walked(type, DEPTH - 1, within).map(each -> call(part) + " { " + written(each, DEPTH - 2, with(within, type)) + " }")
                : Stream.of(written(part, DEPTH - 1, within));
    }

    private static boolean isList(JsonNode field) {
        JsonNode type = field.at("/type");
        return (type.at("/kind").asString().equals("NON_NULL") ? type.at("/ofType") : type).at("/kind").asString().equals("LIST");
    }

    /** @param within the types that enclose it: what leads back to one of them is walked there */
    private String written(JsonNode field, int depth, Set<String> within) {
        return call(field) + selection(named(field.at("/type")), depth, within);
    }

    private static String name(JsonNode type) {
        return type.at("/name").asString();
    }

    private String call(JsonNode field) {
        String arguments = field.at("/args").valueStream()
                .filter(argument -> required(argument) || wanted(argument))
                .map(argument -> argument.at("/name").asString() + ": " + value(thing(field, argument), argument.at("/type")))
                .collect(Collectors.joining(", "));
        return field.at("/name").asString() + (arguments.isEmpty() ? "" : "(" + arguments + ")");
    }

    /** What an argument names; an id names what the field is called by. */
    private static String thing(JsonNode field, JsonNode argument) {
        return argument.at("/name").asString().equals("id") ? field.at("/name").asString() : argument.at("/name").asString();
    }

    private static boolean required(JsonNode argument) {
        return argument.at("/type/kind").asString().equals("NON_NULL");
    }

    private static boolean wanted(JsonNode argument) {
        return List.of("account", "key", "product", "search", "first").contains(argument.at("/name").asString());
    }

    private String selection(JsonNode type, int depth, Set<String> within) {
        return switch (type.at("/kind").asString()) {
            case "OBJECT" -> " { " + fields(type, depth, within) + " }";
            case "UNION" -> " { __typename " + type.at("/possibleTypes").valueStream()
                    .map(member -> types.get(member.at("/name").asString()))
                    .map(member -> "... on " + member.at("/name").asString() + " { __typename " + aliased(member, depth, within) + " }")
                    .collect(Collectors.joining(" ")) + " }";
            case String leaf -> "";
        };
    }

    private String fields(JsonNode type, int depth, Set<String> within) {
        return "__typename " + walked(type, depth, within)
                .map(field -> written(field, depth - 1, with(within, type)))
                .collect(Collectors.joining(" "));
    }

    /** Members of one union may have fields of one name and different types, which GraphQL merges only under different names. */
    private String aliased(JsonNode type, int depth, Set<String> within) {
        return walked(type, depth, within)
                .map(field -> name(type) + "_" + field.at("/name").asString() + ": " + written(field, depth - 1, with(within, type)))
                .collect(Collectors.joining(" "));
    }

    private Stream<JsonNode> walked(JsonNode type, int depth, Set<String> within) {
        return type.at("/fields").valueStream()
                .filter(field -> isLeaf(field) || depth > 0 && !with(within, type).contains(name(named(field.at("/type")))));
    }

    private static Set<String> with(Set<String> within, JsonNode type) {
        return Stream.concat(within.stream(), Stream.of(name(type))).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isLeaf(JsonNode field) {
        return List.of("SCALAR", "ENUM").contains(named(field.at("/type")).at("/kind").asString());
    }

    private JsonNode named(JsonNode reference) {
        JsonNode type = reference;
        while (type.at("/name").isNull()) {
            type = type.at("/ofType");
        }
        return types.get(type.at("/name").asString());
    }

    private String value(String name, JsonNode reference) {
        if (reference.at("/kind").asString().equals("NON_NULL")) {
            return value(name, reference.at("/ofType"));
        }
        if (reference.at("/kind").asString().equals("LIST")) {
            return "[" + value(name, reference.at("/ofType")) + "]";
        }
        JsonNode type = named(reference);
        return switch (type.at("/kind").asString()) {
            case "ENUM" -> type.at("/enumValues/0/name").asString();
            case "INPUT_OBJECT" -> object(type);
            case String scalar -> scalar(name, type.at("/name").asString());
        };
    }

    private String object(JsonNode type) {
        List<String> given = new ArrayList<>();
        type.at("/inputFields").forEach(field -> {
            if (required(field) || List.of("account", "product", "plan", "idempotencyKey").contains(field.at("/name").asString())) {
                given.add(field.at("/name").asString() + ": " + value(field.at("/name").asString(), field.at("/type")));
            }
        });
        return "{" + String.join(", ", given) + "}";
    }

    private String scalar(String name, String type) {
        if (List.of("Int", "Long").contains(type)) {
            return "1";
        }
        return switch (type) {
            case "Boolean" -> "true";
            case String text -> "\"" + text(name) + "\"";
        };
    }

    private String text(String name) {
        return switch (name) {
            case "account", "key", "search" -> account;
            case "product" -> story.key("suite");
            case "plan", "plans" -> story.key("pro");
            case "feature", "meter" -> story.key("calls");
            case "at" -> "2026-01-01T00:00:00Z";
            case "planChange" -> made();
            case "change" -> story.accept(story.token(account, Map.of("seats", 5))).text("/changePlan/change/id");
            case "invoice" -> story.backend().ask("query ($key: String) { account(key: $key) { invoices { edges { node { id } } } } }", "key", account)
                    .text("/account/invoices/edges/0/node/id");
            case "paymentMethod" -> story.backend().ask("query ($key: String) { account(key: $key) { paymentMethods { id } } }", "key", account)
                    .text("/account/paymentMethods/0/id");
            case "member" -> "canary-bob";
            case "email" -> "canary@example.com";
            case "currency" -> "USD";
            case "idempotencyKey" -> UUID.randomUUID().toString();
            case String other -> "x";
        };
    }

    /** A change of the account, made for the first document that asks for one. */
    private String made() {
        JsonNode known = story.backend().ask("query ($key: String) { account(key: $key) { planChanges(first: 1) { id } } }", "key", account).at("/account/planChanges");
        return known.isEmpty()
                ? story.accept(story.token(account, Map.of("seats", 4))).text("/changePlan/change/id")
                : known.at("/0/id").asString();
    }
}
