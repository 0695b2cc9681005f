package dev.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over HTTP as a frontend or a backend sends it. */
public record Api(String url, String credential) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What came back, whole. */
    public record Answer(int status, JsonNode body, HttpHeaders headers) {

        /** Data at a JSON pointer, such as {@code /account/name}; fails when there were errors, or nothing is there. */
        public JsonNode at(String pointer) {
            JsonNode found = body.path("data").at(pointer);
            assertThat(body.has("errors") || found.isMissingNode()).as("%s in %d %s", pointer, status, body).isFalse();
            return found;
        }

        public String text(String pointer) {
            return at(pointer).asString();
        }

        /** The code of the only error. */
        public String errorCode() {
            assertThat(body.path("errors").size()).as(body.toString()).isEqualTo(1);
            return body.at("/errors/0/extensions/code").asString();
        }
    }

    /** Asks with variables given as name, value, name, value. */
    public Answer ask(String document, Object... variables) {
        return ask(Map.of(), document, variables);
    }

    /** The same with headers of the caller's. */
    public Answer ask(Map<String, String> headers, String document, Object... variables) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            named.put((String) variables[i], variables[i + 1]);
        }
        return post("/graphql", JSON.writeValueAsString(Map.of("query", document, "variables", named)), headers);
    }

    public Answer post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                // Whoever never answers fails the test that asks, and not all that would come after it.
                .timeout(Duration.ofMinutes(2))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), json ? JSON.readTree(response.body()) : JSON.createObjectNode(), response.headers());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
