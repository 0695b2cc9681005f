package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many events, one figure: what each kind of meter makes of them. */
@HeadroomTest
class MeterStoryTest {

    @Autowired
    Stories stories;

    private Story story;
    private String acme;
    private int sent;

    @BeforeEach
    void aVendorWithEveryKindOfMeter() {
        story = stories.begin();
        List<Map<String, Object>> features = new ArrayList<>(List.of(
                meter("traffic", "CALENDAR_MONTH", Map.of()),
                meter("requests", "CALENDAR_MONTH", Map.of("aggregation", "COUNT", "source", story.key("traffic"))),
                meter("writes", "CALENDAR_MONTH", Map.of("aggregation", "COUNT", "source", story.key("traffic"),
                        "filter", List.of(Map.of("property", "method", "values", List.of("POST", "PUT"))))),
                meter("people", "CALENDAR_MONTH", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("traffic"))),
                meter("largest", "CALENDAR_MONTH", Map.of("aggregation", "MAX", "source", story.key("traffic"))),
                meter("current", "CALENDAR_MONTH", Map.of("aggregation", "LATEST", "source", story.key("traffic"))),
                meter("bytes", "CALENDAR_MONTH", Map.of("property", "size", "source", story.key("traffic")))));
        features.add(rolling("week", Map.of("source", story.key("traffic"))));
        features.add(rolling("active", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("traffic"))));
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", story.key("metered"), "key", story.key("metered"), "name", "Metered", "features", features))
                .at("/createProduct/product");
        acme = story.account("acme");
        stories.pass(Duration.between(stories.clock().instant(), Instant.parse(firstOfNextMonth()).plus(Duration.ofDays(20))));
    }

    private String firstOfNextMonth() {
        return stories.clock().instant().atZone(java.time.ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).plusMonths(1) + "T00:00:00Z";
    }

    private Map<String, Object> meter(String name, String reset, Map<String, Object> rule) {
        return Map.of("key", story.key(name), "name", name, "kind", "METER", "reset", reset, "meter", rule);
    }

    private Map<String, Object> rolling(String name, Map<String, Object> rule) {
        Map<String, Object> feature = new HashMap<>(meter(name, "ROLLING", rule));
        feature.put("rollingDays", 7);
        return feature;
    }

    @Test
    void oneStreamOfEventsFeedsEveryKindOfMeter() {
        record(
                event(3, Duration.ofHours(3), "ann", "GET", 10), event(9, Duration.ofHours(2), "bob", "POST", 20),
                event(4, Duration.ofHours(1), "ann", "PUT", 30));

        assertThat(used("traffic")).isEqualTo(16);
        assertThat(used("requests")).isEqualTo(3);
        assertThat(used("writes")).isEqualTo(2);
        assertThat(used("people")).isEqualTo(2);
        assertThat(used("largest")).isEqualTo(9);
        assertThat(used("current")).isEqualTo(4);
        assertThat(used("bytes")).isEqualTo(60);
        assertThat(used("week")).isEqualTo(16);
        assertThat(used("active")).isEqualTo(2);
    }

    @Test
    void theOrderInWhichEventsArriveChangesNothing() {
        List<Map<String, Object>> events = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            events.add(event(1 + random.nextInt(90), Duration.ofMinutes(1 + random.nextInt(20_000)), "user-" + random.nextInt(9), "POST", random.nextInt(50)));
        }
        String other = story.account("other");
        events.reversed().forEach(event -> story.record(List.of(of(other, event))).at("/recordUsage"));
        record(events.subList(0, 30));
        record(events.subList(30, 60));

        for (String meter : List.of("traffic", "requests", "writes", "people", "largest", "current", "bytes", "week", "active")) {
            assertThat(used(acme, meter)).as(meter).isEqualTo(used(other, meter)).isPositive();
        }
    }

    @Test
    void whatIsOlderThanTheWindowDropsOutOfIt() {
        record(event(5, Duration.ofDays(6), "ann", "GET", 1), event(7, Duration.ofHours(1), "bob", "GET", 1));
        assertThat(used("week")).isEqualTo(12);
        assertThat(used("active")).isEqualTo(2);

        stories.pass(Duration.ofDays(2));
        record(event(1, Duration.ZERO, "bob", "GET", 1));

        assertThat(used("week")).isEqualTo(8);
        assertThat(used("active")).isEqualTo(1);
        assertThat(used("traffic")).as("the month goes on").isEqualTo(13);
    }

    @Test
    void anEventThatItsOwnMeterCannotCountIsRejectedAtTheProperty() {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", story.key("strict"), "key", story.key("strict"), "name", "Strict", "features", List.of(
                        meter("sized", "DAY", Map.of("property", "size")), meter("named", "DAY", Map.of("aggregation", "UNIQUE", "property", "user")))));

        Api.Answer answer = story.record(List.of(
                Map.of("id", "a", "account", acme, "meter", story.key("sized"), "properties", Map.of("size", "large")),
                Map.of("id", "b", "account", acme, "meter", story.key("named"), "properties", Map.of("size", 1)),
                Map.of("id", "c", "account", acme, "meter", story.key("sized"), "properties", Map.of("size", 12)),
                Map.of("id", "d", "account", acme, "meter", story.key("requests"))));

        assertThat(answer.at("/recordUsage/outcomes").valueStream().map(outcome -> outcome.path("field").asString("")).toList())
                .containsExactly("properties.size", "properties.user", "", "meter");
        assertThat(used("sized")).isEqualTo(12);
    }

    @Test
    void numbersWrittenInTheQueryCountAsThoseOfVariables() {
        assertThat(story.backend().ask("mutation { recordUsage(input: {events: [{id: \"inline\", account: \"" + acme + "\", meter: \"" + story.key("traffic")
                + "\", quantity: 1, properties: {user: \"ada\", method: \"POST\", size: 9}}]}) { recorded } }").at("/recordUsage/recorded").asInt()).isEqualTo(1);
        assertThat(used("bytes")).isEqualTo(9);
    }

    @Test
    void aRuleThatCannotBeIsRefusedAtItsField() {
        assertThat(refused(meter("m", "DAY", Map.of("aggregation", "UNIQUE")))).isEqualTo("input.features[0].meter.property");
        assertThat(refused(meter("m", "DAY", Map.of("source", "nothing")))).isEqualTo("input.features[0].meter.source");
        assertThat(refused(meter("m", "ROLLING", Map.of()))).isEqualTo("input.features[0].rollingDays");
        assertThat(refused(Map.of("key", story.key("m"), "name", "m", "kind", "GATE", "meter", Map.of()))).isEqualTo("input.features[0].meter");
    }

    private String refused(Map<String, Object> feature) {
        return story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", story.key("no"), "key", story.key("no"), "name", "No", "features", List.of(feature)))
                .body().at("/errors/0/extensions/field").asString();
    }

    @SafeVarargs
    private void record(Map<String, Object>... events) {
        record(List.of(events));
    }

    private void record(List<Map<String, Object>> events) {
        assertThat(story.record(events).at("/recordUsage/recorded").asInt()).isEqualTo(events.size());
    }

    private Map<String, Object> event(long quantity, Duration ago, String user, String method, int size) {
        return Map.of("id", "e" + sent++, "account", acme, "meter", story.key("traffic"), "quantity", quantity,
                "at", stories.clock().instant().minus(ago).toString(), "properties", Map.of("user", user, "method", method, "size", size));
    }

    private static Map<String, Object> of(String account, Map<String, Object> event) {
        Map<String, Object> same = new HashMap<>(event);
        same.put("account", account);
        return same;
    }

    private long used(String meter) {
        return used(acme, meter);
    }

    private long used(String account, String meter) {
        return story.entitlement(story.backend(), account, meter, 0).at("/entitlement/used").asLong();
    }
}
