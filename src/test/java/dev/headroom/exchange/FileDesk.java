package dev.headroom.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Somebody who keeps the catalogue in files. */
record FileDesk(Api api) {

    private static final String IMPORT = """
            fingerprint applicable agrees findings { error line column path message } differences { subject effect key words line }""";

    String export(String... products) {
        return api.ask("query ($products: [String!]) { exportCatalog(products: $products) }", "products", List.of(products)).text("/exportCatalog");
    }

    JsonNode preview(String yaml) {
        return api.ask("query ($yaml: String!) { previewCatalogImport(yaml: $yaml) { " + IMPORT + " } }", "yaml", yaml).at("/previewCatalogImport");
    }

    Api.Answer applying(String key, String yaml, String fingerprint) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", key, "yaml", yaml, "expectedFingerprint", fingerprint, "reason", "A test"));
        return api.ask("""
                mutation ($input: ApplyCatalogInput!) { applyCatalog(input: $input) { __typename
                  ... on CatalogApplied { done { subject effect key words line } remaining { %1$s } }
                  ... on CatalogMoved { now { %1$s } } ... on CatalogHasFindings { found { %1$s } } } }""".formatted(IMPORT), "input", input);
    }

    /** What was done, as {@code CREATED PLAN key}. */
    List<String> apply(String yaml) {
        JsonNode preview = preview(yaml);
        assertThat(errors(preview)).isEmpty();
        JsonNode answer = applying(UUID.randomUUID().toString(), yaml, preview.at("/fingerprint").asString()).at("/applyCatalog");
        assertThat(answer.at("/__typename").asString()).as(answer.toString()).isEqualTo("CatalogApplied");
        return told(answer.at("/done"));
    }

    static List<String> told(JsonNode differences) {
        return differences.valueStream().map(each -> each.at("/effect").asString() + " " + each.at("/subject").asString() + " " + each.at("/key").asString()).toList();
    }

    /** Without what the file does not name. */
    static List<String> differing(JsonNode preview) {
        return told(preview.at("/differences")).stream().filter(told -> !told.startsWith("LEFT")).toList();
    }

    static List<String> errors(JsonNode preview) {
        return findings(preview, true);
    }

    static List<String> findings(JsonNode preview, boolean error) {
        return preview.at("/findings").valueStream().filter(each -> each.at("/error").asBoolean() == error)
                .map(each -> each.at("/line").asInt() + ": " + each.at("/path").asString() + ": " + each.at("/message").asString()).toList();
    }
}
