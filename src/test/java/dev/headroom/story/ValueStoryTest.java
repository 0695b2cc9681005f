package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A quote says what a change is worth where the vendor has said what a unit is worth, and nothing where not. */
@HeadroomTest
class ValueStoryTest {

    private static final String CASE = """
            ... on Quote { valueCase { version extraCost { amountMinor } extraCostYear { amountMinor } extraValue { amountMinor } extraValueYear { amountMinor }
                implementation { amountMinor } breakEvenMonths breakEvenAt returnPoints lines { kind feature { key } amount { amountMinor } explanation } }
              effectiveAt usageBreakEvens { feature { key } units explanation } }""";

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    private Story story;

    /** Small 99.00 with 10,000 requests and 5 cents beyond, medium 399.00 with 25,000 and no more, large 899.00 with all of them and the audit log. */
    @BeforeEach
    void aVendorOfRequests() {
        story = stories.begin();
        create("createProduct", Map.of("key", story.key("launch"), "name", "Launch", "features", List.of(
                Map.of("key", story.key("requests"), "name", "requests", "kind", "METER", "reset", "CALENDAR_MONTH"),
                Map.of("key", story.key("audit"), "name", "Audit log", "kind", "GATE"), Map.of("key", story.key("tone"), "name", "Tone", "kind", "SETTING"))));
        plan("small", 1, 9_900, List.of(Map.of(
                "feature", story.key("requests"), "included", 10_000, "policy", "OVERAGE", "overage", List.of(Map.of("currency", "USD", "unitMinor", "5")))));
        plan("medium", 2, 39_900, List.of(Map.of("feature", story.key("requests"), "included", 25_000)));
        plan("large", 3, 89_900, List.of(Map.of("feature", story.key("requests")), Map.of("feature", story.key("audit"))));
        Instant now = stories.clock().instant();
        Instant tenth = now.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).plusMonths(1).plusDays(9).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        stories.pass(Duration.between(now, tenth));
    }

    private void plan(String name, int rank, long flat, List<Map<String, Object>> granted) {
        create("createPlan", Map.of("product", story.key("launch"), "key", story.key(name), "name", name, "rank", rank,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", flat)), "entitlements", granted));
    }

    private void create(String mutation, Map<String, Object> input) {
        Map<String, Object> once = new HashMap<>(input);
        once.put("idempotencyKey", UUID.randomUUID().toString());
        String type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input";
        story.backend().ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) { __typename } }", "input", once).at("/" + mutation);
    }

    @Test
    void theCaseIsMadeOfWhatIsExpectedAndWhatAUnitIsWorth() {
        String acme = used("medium", 30_000);
        assertThat(quote(acme, "large").at("/valueCase").isNull()).as("nobody has said what it is worth").isTrue();
        set(0, List.of(time("requests", "6000", 1), unit("audit", "10000")), 500_000);

        JsonNode quote = quote(acme, "large");

        JsonNode found = quote.at("/valueCase");
        assertThat(found.at("/lines").valueStream().map(line -> line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong())).containsExactly(
                "RECURRING 600000", "VALUE 6000000", "VALUE 120000", "IMPLEMENTATION 500000");
        assertThat(found.at("/lines").valueStream().map(line -> line.at("/explanation").asString())).containsExactly(
                "12 × 899.00 USD − 12 × 399.00 USD", "(12 × 30000 − 12 × 25000) × 1/60 × 60.00 USD (a study)", "12 × 100.00 USD (a study)", "1 × 5000.00 USD");
        assertThat(found.at("/extraCost/amountMinor").asLong()).isEqualTo(50_000);
        assertThat(found.at("/extraValue/amountMinor").asLong()).isEqualTo(510_000);
        assertThat(found.at("/breakEvenMonths").asInt()).as("5,000.00 at 4,600.00 a month").isEqualTo(2);
        Instant effective = Instant.parse(quote.at("/effectiveAt").asString());
        assertThat(found.at("/breakEvenAt").asString()).isEqualTo(effective.atZone(ZoneOffset.UTC).plusMonths(2).toInstant().toString());
        assertThat(found.at("/returnPoints").asLong()).as("50,200.00 of 11,000.00").isEqualTo(45_636);
        assertThat(quote(acme, "small").at("/valueCase/lines").toString()).as("overage blocks nobody").contains("\"OVERAGE\"");
    }

    @Test
    void financeIsToldFromHowManyUnitsTheDearerPlanCostsLess() {
        String acme = used("small", 1_000);

        JsonNode medium = quote(acme, "medium").at("/usageBreakEvens/0");
        assertThat(medium.at("/units").asLong()).isEqualTo(16_001);
        assertThat(medium.at("/explanation").asString())
                .isEqualTo("small with overage costs 4788.60 USD in twelve months with 16001 requests, medium 4788.00 USD");
        assertThat(quote(acme, "large").at("/usageBreakEvens/0/units").asLong()).isEqualTo(26_001);
        assertThat(quote(used("medium", 0), "large").at("/usageBreakEvens").size()).as("nobody pays for more there").isZero();
    }

    @Test
    void aWholeComparisonIsReadAtOnce() {
        String acme = used("medium", 30_000);
        set(0, List.of(unit("requests", "2")), 0);
        List<Map<String, Object>> changes = List.of(Map.of("plan", story.key("small"), "when", "NOW"), Map.of("plan", story.key("large")));

        compare(acme, changes);
        stories.clock().advance(Duration.ofSeconds(2));
        int one = statements.during(() -> compare(acme, changes.subList(0, 1)));
        stories.clock().advance(Duration.ofSeconds(2));
        assertThat(statements.during(() -> assertThat(compare(acme, changes).findValues("extraValue")).hasSize(2))).isEqualTo(one);
    }

    @Test
    void ofTwoWhoSetThemAtOnceOneIsToldWhatTheOtherSaid() throws Exception {
        List<Callable<Api.Answer>> both = List.of(() -> answer(0, List.of(unit("requests", "1")), 0), () -> answer(0, List.of(unit("requests", "2")), 0));
        List<String> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (var each : threads.invokeAll(both)) {
                results.add(each.get().text("/setValueMetrics/__typename"));
            }
        }

        assertThat(results).containsExactlyInAnyOrder("ValueMetricsSet", "ValueMetricsMoved");
        assertThat(answer(1, List.of(), 0).text("/setValueMetrics/__typename")).isEqualTo("ValueMetricsSet");
        assertThat(story.backend().ask("query ($key: String!) { product(key: $key) { valueMetrics { version metrics { basis } setAt } } }", "key", story.key("launch"))
                .at("/product/valueMetrics/version").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
            "feature, nope, NOT_FOUND", "feature, tone, INVALID_INPUT", "unitMinor, 0, INVALID_INPUT", "unitMinor, 1000000001, INVALID_INPUT",
            "unitMinor, 0.0000000000001, INVALID_INPUT", "unitMinor, much, INVALID_INPUT", "minutes, 0, INVALID_INPUT", "basis, ' ', INVALID_INPUT", "currency, XXX, UNSUPPORTED_CURRENCY"})
    void whatIsWrongIsNamed(String field, String value, String code) {
        Map<String, Object> metric = new HashMap<>(time("requests", "6000", 1));
        metric.put(field, field.equals("minutes") ? Integer.valueOf(value) : field.equals("feature") ? story.key(value) : value);

        Api.Answer answer = answer(0, List.of(metric), 0);

        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).endsWith(field);
    }

    @Test
    void onlyWhoKeepsTheCatalogueSaysWhatItIsWorth() {
        Api reader = stories.api(stories.secret(EnumSet.of(Permission.READ, Permission.QUOTE)));
        assertThat(reader.ask("mutation ($input: SetValueMetricsInput!) { setValueMetrics(input: $input) { __typename } }", "input", input(0, List.of(), 0)).errorCode())
                .isEqualTo("FORBIDDEN");
        assertThat(answer(0, List.of(unit("requests", "1"), unit("requests", "2")), 0).errorCode()).as("twice in one currency").isEqualTo("INVALID_INPUT");
        assertThat(answer(0, List.of(unit("requests", "1")), -1).errorCode()).isEqualTo("INVALID_INPUT");
    }

    /** Last month's use is what is expected where no pace says more. */
    private String used(String plan, long requests) {
        String account = story.subscribed("a" + UUID.randomUUID(), plan, 0);
        if (requests > 0) {
            story.record(List.of(Map.of("id", UUID.randomUUID().toString(), "account", account, "meter", story.key("requests"), "quantity", requests,
                    "at", stories.clock().instant().minus(20, ChronoUnit.DAYS).toString()))).at("/recordUsage/recorded");
        }
        return account;
    }

    private Map<String, Object> unit(String feature, String minor) {
        return Map.of("feature", story.key(feature), "currency", "USD", "unitMinor", minor, "basis", "a study");
    }

    private Map<String, Object> time(String feature, String hourMinor, int minutes) {
        return Map.of("feature", story.key(feature), "currency", "USD", "unitMinor", hourMinor, "minutes", minutes, "basis", "a study");
    }

    private Map<String, Object> input(int version, List<Map<String, Object>> metrics, long implementation) {
        return Map.of("product", story.key("launch"), "version", version, "metrics", metrics,
                "implementation", implementation == 0 ? List.of() : List.of(Map.of("currency", "USD", "minor", implementation)));
    }

    private void set(int version, List<Map<String, Object>> metrics, long implementation) {
        assertThat(answer(version, metrics, implementation).text("/setValueMetrics/__typename")).isEqualTo("ValueMetricsSet");
    }

    private Api.Answer answer(int version, List<Map<String, Object>> metrics, long implementation) {
        return story.backend().ask("mutation ($input: SetValueMetricsInput!) { setValueMetrics(input: $input) { __typename ... on ValueMetricsSet { metrics { version } } } }",
                "input", input(version, metrics, implementation));
    }

    private JsonNode quote(String account, String plan) {
        return story.backend().ask("query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { " + CASE + " } } }",
                "key", account, "change", Map.of("plan", story.key(plan))).at("/account/quote");
    }

    private JsonNode compare(String account, List<Map<String, Object>> changes) {
        return story.backend().ask("""
                query ($key: String, $changes: [PlanChangeInput!]) { account(key: $key) { alternatives(changes: $changes) { options { quote {
                  ... on Quote { valueCase { extraValue { amountMinor } } } } } } } }""", "key", account, "changes", changes).at("/account/alternatives");
    }
}
