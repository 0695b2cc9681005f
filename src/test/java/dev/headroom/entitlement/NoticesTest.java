package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@HeadroomTest
class NoticesTest {

    @Autowired
    Stories stories;

    @Autowired
    Notices notices;

    @Test
    void aLimitThatIsHitIsNotedOnceAnHour() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        consume(story, acme, 101);
        consume(story, acme, 102);
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 101");

        stories.pass(Duration.ofHours(1));
        consume(story, acme, 103);
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 103", "LIMIT_HIT 101");
    }

    @Test
    void aPageThatOnlyDrawsWhatThereIsHitsNoLimit() throws Exception {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        story.record(List.of(Map.of("id", "all", "account", acme, "meter", story.key("calls"), "quantity", 100)));

        assertThat(ask(story, acme, "")).as("still said, as for one more").containsOnly(false);
        assertThat(get(story, acme, "")).contains("\"allowed\":false");
        notices.write();
        assertThat(hits(story, acme)).isEmpty();

        assertThat(ask(story, acme, "requested: 1")).containsOnly(false);
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 1");
        stories.pass(Duration.ofHours(1));
        assertThat(get(story, acme, "?requested=2")).contains("\"allowed\":false");
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 2", "LIMIT_HIT 1");
    }

    /** In the three ways that GraphQL knows. */
    private static List<Boolean> ask(Story story, String account, String requested) {
        JsonNode answer = story.backend().ask("""
                query ($a: String!, $f: [String!], $one: String!) {
                  account(key: $a) { entitlements(features: $f %1$s) { allowed } }
                  entitlements(accounts: [$a], features: $f %1$s) { entitlements { allowed } }
                  entitlement(account: $a, feature: $one %1$s) { allowed } }""".formatted(requested),
                "a", account, "f", List.of(story.key("calls")), "one", story.key("calls")).at("");
        return List.of(answer.at("/account/entitlements/0/allowed").asBoolean(), answer.at("/entitlements/0/entitlements/0/allowed").asBoolean(),
                answer.at("/entitlement/allowed").asBoolean());
    }

    private String get(Story story, String account, String query) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(stories.url() + "/v1/accounts/" + account + "/entitlements/" + story.key("calls") + query))
                    .header("Authorization", "Bearer " + story.backend().credential()).build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static void consume(Story story, String account, long quantity) {
        assertThat(story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("calls"), "quantity", quantity))
                .text("/consume/__typename")).isEqualTo("UseDenied");
    }

    private static List<String> hits(Story story, String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { limitNotices { kind requested } } }", "key", account)
                .at("/account/limitNotices").valueStream().filter(notice -> notice.at("/kind").asString().equals("LIMIT_HIT")).map(notice -> notice.at("/kind").asString() + " " + notice.at("/requested").asLong()).toList();
    }
}
