package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** A meter on a page moves while somebody looks at it. */
@HeadroomTest
class LiveStoryTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.subscribed("acme", "free", 0);
    }

    @Test
    void aMeterIsSentAtOnceAndWheneverItChanges() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); BufferedReader events = subscribe(http, acme)) {
            assertThat(used(events)).isZero();
            record("a", 30);
            assertThat(used(events)).isEqualTo(30);
            record("b", 12);
            assertThat(used(events)).isEqualTo(42);
        }
    }

    @Test
    void whatIsNoAccountIsRefused() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient(); BufferedReader events = subscribe(http, "nobody")) {
            assertThat(data(events)).contains("NOT_FOUND");
        }
    }

    private BufferedReader subscribe(HttpClient http, String account) throws Exception {
        String query = "subscription ($account: String, $features: [String!]) { usageChanged(account: $account, features: $features) { feature { key } used } }";
        InputStream body = http.send(HttpRequest.newBuilder(URI.create(stories.url() + "/graphql"))
                .header("Authorization", "Bearer " + story.backend().credential())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(
                        Map.of("query", query, "variables", Map.of("account", account, "features", List.of(story.key("calls")))))))
                .build(), HttpResponse.BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static String data(BufferedReader events) throws Exception {
        String line = events.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = events.readLine();
        }
        return String.valueOf(line);
    }

    private static long used(BufferedReader events) throws Exception {
        return JSON.readTree(data(events).substring("data:".length())).at("/data/usageChanged/used").asLong();
    }

    private void record(String id, long quantity) {
        story.record(List.of(Map.of("id", id, "account", acme, "meter", story.key("calls"), "quantity", quantity)));
    }
}
