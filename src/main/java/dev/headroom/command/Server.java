package dev.headroom.command;

import dev.headroom.command.CatalogCommand.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Headroom that runs somewhere, asked with an API key. */
record Server(String url, String key) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ANSWERING = Duration.ofMinutes(2);

    /** The data of the answer. @throws Refused for everything else, in words */
    JsonNode ask(String document, Map<String, Object> variables) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECTING).build()) {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(url.replaceAll("/+$", "") + "/graphql"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + key)
                    .timeout(ANSWERING)
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", document, "variables", variables))))
                    .build(), HttpResponse.BodyHandlers.ofString());
            return data(response);
        } catch (IllegalArgumentException wrong) {
            throw new Refused("\"" + url + "\" is no address of a Headroom, such as https://headroom.example.com.");
        } catch (IOException failed) {
            throw new Refused("No answer from " + url + ": " + failed + ". Name the address with --url, or in the variable HEADROOM_URL.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted before " + url + " answered; what was asked may have happened: run it again.");
        }
    }

    private JsonNode data(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = JSON.readTree(response.body());
        } catch (JacksonException unreadable) {
            throw new Refused(url + " answered with status " + response.statusCode() + " and nothing that a Headroom says.");
        }
        if (answer.has("errors")) {
            throw new Refused(answer.at("/errors").valueStream()
                    .map(error -> error.at("/extensions/code").asString("") + ": " + error.at("/message").asString("")).collect(Collectors.joining("\n")));
        }
        if (!answer.has("data")) {
            throw new Refused(url + " answered with status " + response.statusCode() + " and nothing that a Headroom says.");
        }
        return answer.at("/data");
    }
}
