package dev.headroom.stripe.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's API as its OpenAPI document describes it, held against what went over the wire. */
public final class StripeSpec {

    private static final String FILE = "/stripe/openapi-2026-07-29.dahlia.json.gz";
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final StripeSpec LOADED = load();

    private final JsonNode spec;
    private final SpecValidator validator;
    /** By the number of their segments; literal ones before those with variables. */
    private final Map<Integer, List<PathTemplate>> paths;
    private final Map<String, JsonNode> requests = new ConcurrentHashMap<>();

    private StripeSpec(JsonNode spec) {
        this.spec = spec;
        this.validator = new SpecValidator(spec);
        this.paths = spec.path("paths").properties().stream()
                .map(each -> new PathTemplate(each.getKey(), List.of(each.getKey().split("/")), each.getValue()))
                .sorted(Comparator.comparingInt(PathTemplate::variables))
                .collect(Collectors.groupingBy(each -> each.segments().size()));
    }

    public static StripeSpec loaded() {
        return LOADED;
    }

    private static StripeSpec load() {
        try (InputStream file = StripeSpec.class.getResourceAsStream(FILE); InputStream json = new GZIPInputStream(file)) {
            return new StripeSpec(MAPPER.readTree(json.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One request with its answer. Header names are lower case. */
    public record Exchange(String verb, String path, String query, String body, @Nullable String authorization, int status,
            String answer, @Nullable String requestId) {}

    /** What is wrong with an exchange; empty when it conforms. */
    public List<Finding> inspect(Exchange exchange) {
        Optional<Operation> operation = find(exchange.verb(), exchange.path());
        if (operation.isEmpty()) {
            return List.of(new Finding(exchange.verb(), exchange.path(), "request", exchange.path(), "path or verb is not in the spec"));
        }
        String template = operation.get().template();
        List<Finding> findings = new ArrayList<>();
        request(operation.get(), exchange).forEach(problem ->
                findings.add(new Finding(exchange.verb(), template, "request", problem.path(), problem.problem())));
        answer(operation.get().description(), exchange).forEach(problem ->
                findings.add(new Finding(exchange.verb(), template, "answer " + exchange.status(), problem.path(), problem.problem())));
        if (template.startsWith("/v1/events") && exchange.status() == 200) {
            events(MAPPER.readTree(exchange.answer())).forEach(event -> findings.addAll(inspectEvent(event)));
        }
        return findings;
    }

    /** What is wrong with an event's envelope and with the object in it. */
    public List<Finding> inspectEvent(String json) {
        return inspectEvent(MAPPER.readTree(json));
    }

    private static Stream<JsonNode> events(JsonNode answer) {
        return answer.has("data") && answer.path("data").isArray() ? StreamSupport.stream(answer.path("data").spliterator(), false) : Stream.of(answer);
    }

    private List<Finding> inspectEvent(JsonNode event) {
        JsonNode schema = spec.path("components").path("schemas").path("Event");
        List<String> unknown = new ArrayList<>();
        List<SpecProblem> problems = new ArrayList<>(validator.check(schema, event, SpecValidator.Mode.JSON, "", unknown));
        JsonNode object = schema.path("x-eventObject").path(event.path("type").asString(""));
        if (object.isMissingNode()) {
            problems.add(new SpecProblem("type", "no such event type: " + event.path("type")));
        }
        problems.addAll(validator.check(object, event.path("data").path("object"), SpecValidator.Mode.JSON, "data.object", unknown));
        unknown.forEach(path -> problems.add(new SpecProblem(path, "field is not in the spec")));
        return problems.stream().map(each -> new Finding("EVENT", event.path("type").asString(""), "event", each.path(), each.problem())).toList();
    }

    private List<SpecProblem> request(Operation operation, Exchange exchange) {
        SpecForm query = SpecForm.parse(exchange.query());
        SpecForm body = SpecForm.parse(exchange.verb().equals("POST") ? exchange.body() : "");
        List<SpecProblem> problems = new ArrayList<>(query.problems());
        problems.addAll(body.problems());
        if (exchange.authorization() == null) {
            problems.add(new SpecProblem("Authorization", "no API key sent"));
        }
        ObjectNode all = query.value();
        all.setAll(body.value());
        JsonNode schema = requests.computeIfAbsent(exchange.verb() + " " + operation.template(), _ -> sent(exchange.verb(), operation.description()));
        problems.addAll(validator.check(schema, all, SpecValidator.Mode.FORM, "", new ArrayList<>()));
        return problems;
    }

    private List<SpecProblem> answer(JsonNode operation, Exchange exchange) {
        JsonNode responses = operation.path("responses");
        JsonNode response = responses.has(String.valueOf(exchange.status()))
                ? responses.path(String.valueOf(exchange.status())) : responses.path(exchange.status() < 300 ? "200" : "default");
        List<String> unknown = new ArrayList<>();
        List<SpecProblem> problems = new ArrayList<>(validator.check(response.path("content").path("application/json").path("schema"),
                MAPPER.readTree(exchange.answer()), SpecValidator.Mode.JSON, "", unknown));
        unknown.forEach(path -> problems.add(new SpecProblem(path, "field is not in the spec")));
        if (exchange.requestId() == null) {
            problems.add(new SpecProblem("Request-Id", "header missing"));
        }
        return problems;
    }

    private static JsonNode sent(String verb, JsonNode operation) {
        JsonNode form = operation.path("requestBody").path("content").path("application/x-www-form-urlencoded").path("schema");
        return verb.equals("POST") ? closed(form) : fromQuery(operation, form);
    }

    private static ObjectNode closed(JsonNode form) {
        ObjectNode schema = form.isObject() ? ((ObjectNode) form).deepCopy() : JsonNodeFactory.instance.objectNode();
        return schema.has("$ref") ? schema : schema.put("type", "object").put("additionalProperties", false);
    }

    private static ObjectNode fromQuery(JsonNode operation, JsonNode form) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        if (form.path("properties") instanceof ObjectNode own) {
            properties.setAll(own);
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if ("query".equals(parameter.path("in").asString(""))) {
                properties.set(parameter.path("name").stringValue(), parameter.path("schema"));
                if (parameter.path("required").asBoolean(false)) {
                    schema.withArray("required").add(parameter.path("name"));
                }
            }
        }
        return schema;
    }

    private Optional<Operation> find(String verb, String path) {
        List<String> segments = List.of(path.split("/"));
        return paths.getOrDefault(segments.size(), List.of()).stream()
                .filter(each -> each.matches(segments))
                .findFirst()
                .map(each -> new Operation(each.path(), each.operations().path(verb.toLowerCase())))
                .filter(operation -> operation.description().isObject());
    }

    private record PathTemplate(String path, List<String> segments, JsonNode operations) {

        int variables() {
            return (int) segments.stream().filter(PathTemplate::isVariable).count();
        }

        boolean matches(List<String> sent) {
            for (int i = 0; i < segments.size(); i++) {
                if (!isVariable(segments.get(i)) && !segments.get(i).equals(sent.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }
    }

    private record Operation(String template, JsonNode description) {}

    /** One deviation from the specification. */
    public record Finding(String verb, String path, String side, String field, String problem) {

        @Override
        public String toString() {
            return verb + " " + path + ", " + side + ", " + field + ": " + problem;
        }
    }
}
