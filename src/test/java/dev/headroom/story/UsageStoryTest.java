package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Every event counts once; a wrong one falls alone. */
@HeadroomTest
class UsageStoryTest {

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 2);
    }

    @Test
    void aRepeatedEventIsADuplicateAlsoWithinOneBatch() {
        JsonNode first = story.record(List.of(event("a", 5), event("a", 5), event("b", 7))).at("/recordUsage");
        JsonNode again = story.record(List.of(event("a", 5))).at("/recordUsage");

        assertThat(types(first)).containsExactly("UsageRecorded", "UsageDuplicate", "UsageRecorded");
        assertThat(first.at("/recorded").asInt()).isEqualTo(2);
        assertThat(types(again)).containsExactly("UsageDuplicate");
        assertThat(used()).isEqualTo(12);
    }

    @Test
    void anIdWithAnotherBodyIsRefusedAndSaysSo() {
        story.record(List.of(event("a", 5)));

        JsonNode other = story.record(List.of(event("a", 6))).at("/recordUsage/outcomes/0");

        assertThat(other.at("/__typename").asString()).isEqualTo("UsageRejected");
        assertThat(other.at("/field").asString()).isEqualTo("id");
        assertThat(used()).isEqualTo(5);
    }

    @Test
    void aWrongEventIsRejectedAloneWithItsField() {
        JsonNode outcomes = story.record(List.of(
                event("good", 1),
                Map.of("id", "x1", "account", "nobody", "meter", story.key("calls")),
                Map.of("id", "x2", "account", acme, "meter", "nothing"),
                Map.of("id", "x3", "account", acme, "meter", story.key("sso")),
                Map.of("id", "x4", "account", acme, "meter", story.key("calls"), "quantity", -1),
                Map.of("id", "x5", "account", acme, "meter", story.key("calls"), "at", stories.clock().instant().minus(Duration.ofDays(36)).toString()),
                Map.of("id", "x6", "account", acme, "meter", story.key("calls"), "at", stories.clock().instant().plus(Duration.ofMinutes(6)).toString())))
                .at("/recordUsage/outcomes");

        assertThat(outcomes.valueStream().map(outcome -> outcome.path("field").asString("")).toList())
                .containsExactly("", "account", "meter", "meter", "quantity", "at", "at");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void anAbsurdQuantityOrTimeIsRejectedAloneWhetherItComesAsAVariableOrInTheDocument() {
        JsonNode variables = story.record(List.of(
                event("good", 1),
                with(event("x1", 1), "quantity", new BigInteger("9".repeat(30))),
                with(event("x2", 1), "quantity", 1.5),
                with(event("x3", 1), "quantity", "many"),
                with(event("x4", 1), "at", "yesterday"),
                with(event("x5", 1), "at", 5),
                with(event("x6", 1), "properties", List.of("none")))).at("/recordUsage");
        JsonNode literals = story.backend().ask("""
                mutation { recordUsage(input: {events: [
                  {id: "good too", account: "%1$s", meter: "%2$s", quantity: 2}
                  {id: "y1", account: "%1$s", meter: "%2$s", quantity: 999999999999999999999999999999}
                  {id: "y2", account: "%1$s", meter: "%2$s", at: "yesterday"}
                  {id: "y3", account: "%1$s", meter: "%2$s", at: soon}]}) { recorded outcomes { __typename ... on UsageRejected { eventId field } } } }"""
                .formatted(acme, story.key("calls"))).at("/recordUsage");

        assertThat(variables.at("/outcomes").valueStream().map(outcome -> outcome.path("field").asString("")).toList())
                .containsExactly("", "quantity", "quantity", "quantity", "at", "at", "properties");
        assertThat(literals.at("/outcomes").valueStream().map(outcome -> outcome.path("eventId").asString("") + " " + outcome.path("field").asString("")).toList())
                .containsExactly(" ", "y1 quantity", "y2 at", "y3 at");
        assertThat(used()).isEqualTo(3);
    }

    private static Map<String, Object> with(Map<String, Object> event, String field, Object value) {
        Map<String, Object> other = new HashMap<>(event);
        other.put(field, value);
        return other;
    }

    @Test
    void callersWhoRaceWithTheSameEventsCountThemOnce() throws Exception {
        List<Map<String, Object>> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(event("r" + i, 1));
        }
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                answers.add(threads.submit(() -> story.record(batch).at("/recordUsage/recorded").asInt()));
            }
        }
        int recorded = 0;
        for (Future<Integer> answer : answers) {
            recorded += answer.get();
        }
        assertThat(recorded).isEqualTo(50);
        assertThat(used()).isEqualTo(50);
    }

    @Test
    void whatCannotBeStoredIsRejectedAlone() {
        JsonNode outcomes = story.record(List.of(
                event("good", 1),
                event("n\u0000l", 1),
                Map.of("id", "x1", "account", "a\u0000b", "meter", story.key("calls")),
                Map.of("id", "x2", "account", acme, "meter", story.key("calls"), "properties", Map.of("path", List.of("a\u0000b")))))
                .at("/recordUsage/outcomes");

        assertThat(outcomes.valueStream().map(outcome -> outcome.path("field").asString("")).toList())
                .containsExactly("", "id", "account", "properties");
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void aKeyThatMayOnlyRecordUsageRecords() {
        Api recorder = stories.api(stories.secret(Set.of(Permission.USAGE)));

        Api.Answer recorded = recorder.ask("mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded } }",
                "input", Map.of("events", List.of(event("a", 5))));

        assertThat(recorded.at("/recordUsage/recorded").asInt()).isEqualTo(1);
        assertThat(recorder.ask("query ($key: String) { account(key: $key) { id } }", "key", acme).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aLateEventCountsInItsPeriodUntilThatIsClosedAndThenInTheNext() {
        Instant end = Instant.parse(story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until"));
        Map<String, Object> lastDay = Map.of("account", acme, "meter", story.key("calls"), "at", end.minus(Duration.ofHours(1)).toString());
        stories.pass(Duration.between(stories.clock().instant(), end.plus(Duration.ofDays(3)).minusSeconds(1)));
        story.record(List.of(with(lastDay, "in-time")));
        assertThat(used()).as("counted in the period that ended").isZero();

        stories.pass(Duration.ofSeconds(1));
        story.record(List.of(with(lastDay, "too-late")));

        assertThat(used()).as("that period is closed").isEqualTo(1);
    }

    private static Map<String, Object> with(Map<String, Object> event, String id) {
        Map<String, Object> more = new HashMap<>(event);
        more.put("id", id);
        return more;
    }

    @Test
    void anEmptyAndATooLargeBatchAreRefusedWhole() {
        List<Map<String, Object>> tooMany = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            tooMany.add(event("t" + i, 1));
        }
        assertThat(story.record(List.of()).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.record(tooMany).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(used()).isZero();
    }

    @Test
    void theMeterAndTheCheckSayTheSame() {
        story.record(List.of(event("a", 8_000)));

        Api.Answer meters = story.backend().ask("""
                query ($key: String) { account(key: $key) { meters { feature { key } used limit percent remaining level } } }""", "key", acme);
        JsonNode calls = meters.at("/account/meters").valueStream()
                .filter(meter -> meter.at("/feature/key").asString().equals(story.key("calls")))
                .findFirst()
                .orElseThrow();

        assertThat(calls.at("/used").asLong()).isEqualTo(8_000);
        assertThat(calls.at("/percent").asLong()).isEqualTo(80);
        assertThat(calls.at("/level").asString()).isEqualTo("WARNING");
        assertThat(story.entitlement(story.backend(), acme, "calls", 2_001).text("/entitlement/reason")).isEqualTo("LIMIT_REACHED");
        assertThat(story.entitlement(story.backend(), acme, "calls", 2_000).text("/entitlement/reason")).isEqualTo("INCLUDED");
    }

    private Map<String, Object> event(String id, long quantity) {
        return Map.of("id", id, "account", acme, "meter", story.key("calls"), "quantity", quantity);
    }

    private static List<String> types(JsonNode answer) {
        return answer.at("/outcomes").valueStream().map(outcome -> outcome.at("/__typename").asString()).toList();
    }

    private long used() {
        return story.entitlement(story.backend(), acme, "calls", 0).at("/entitlement/used").asLong();
    }
}
