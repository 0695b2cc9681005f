package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Where a limit is and in which window it counts, while time passes and subscriptions move. */
@HeadroomTest
class LimitStoryTest {

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.account("acme");
    }

    @Test
    void graceEndsAfterItsDaysAlsoWhereNobodyIsToldOfThresholds() {
        sell(List.of(feature("jobs", Map.of("reset", "BILLING_PERIOD", "thresholds", List.of()))), Map.of("jobs", Map.of("included", 10, "graceDays", 7)));
        consume("jobs", 10);

        JsonNode passing = consume("jobs", 5);
        assertThat(passing.at("/entitlement/state").asString()).isEqualTo("GRACE");
        assertThat(passing.at("/entitlement/graceUntil").asString()).isEqualTo(stories.clock().instant().plus(Duration.ofDays(7)).toString());
        stories.pass(Duration.ofDays(6));
        assertThat(consume("jobs", 1).at("/entitlement/state").asString()).isEqualTo("GRACE");
        stories.pass(Duration.ofDays(1));
        assertThat(consume("jobs", 1).at("/entitlement/reason").asString()).isEqualTo("GRACE_ENDED");
        stories.pass(Duration.ofDays(30));
        assertThat(consume("jobs", 11).at("/entitlement/state").asString()).isEqualTo("GRACE");
    }

    @Test
    void graceOfAPercentageEndsWithItsUnits() {
        sell(List.of(feature("jobs", Map.of("reset", "BILLING_PERIOD"))), Map.of("jobs", Map.of("included", 10, "gracePercent", 50)));

        assertThat(stands("jobs").path("blocksAt").asLong()).as("known in advance").isEqualTo(15);
        assertThat(consume("jobs", 15).at("/entitlement/state").asString()).isEqualTo("BLOCKED");
        assertThat(consume("jobs", 1).at("/entitlement/reason").asString()).isEqualTo("LIMIT_REACHED");
    }

    @Test
    void graceBeginsAnewEachTimeThatAWindowThatRollsIsPassed() {
        sell(List.of(feature("jobs", Map.of("reset", "ROLLING", "rollingDays", 30))), Map.of("jobs", Map.of("included", 10, "graceDays", 7)));
        consume("jobs", 11);
        stories.pass(Duration.ofDays(7));
        assertThat(consume("jobs", 1).at("/entitlement/reason").asString()).isEqualTo("GRACE_ENDED");
        stories.pass(Duration.ofDays(60));

        assertThat(consume("jobs", 11).at("/entitlement/state").asString()).isEqualTo("GRACE");
        assertThat(consume("jobs", 1).at("/__typename").asString()).isEqualTo("Consumed");
        assertThat(told()).as("each time, all four at once").hasSize(8);
    }

    @Test
    void graceBeginsAnewAfterATimeWithoutALimit() {
        sell(List.of(feature("jobs", Map.of("reset", "BILLING_PERIOD"))), Map.of("jobs", Map.of("included", 10, "graceDays", 7)));
        assertThat(consume("jobs", 11).at("/entitlement/state").asString()).isEqualTo("GRACE");
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("free"), "account", acme, "feature", story.key("jobs"), "kind", "PROMOTION", "unlimited", true,
                "reason", "Nobody counts in summer", "until", stories.clock().instant().plus(Duration.ofDays(8)).toString())).text("/grantFeature/__typename");
        assertThat(consume("jobs", 1).at("/entitlement/reason").asString()).isEqualTo("UNLIMITED");

        stories.pass(Duration.ofDays(9));
        assertThat(consume("jobs", 1).at("/entitlement/state").asString()).isEqualTo("GRACE");
    }

    @Test
    void graceBeginsWhenTheGrantEndsThatHeldSoMuchAndNotWheneverSomebodyAsks() {
        sell(List.of(feature("jobs", Map.of("reset", "BILLING_PERIOD"))), Map.of("jobs", Map.of("included", 10, "graceDays", 7)));
        Instant end = stories.clock().instant().plus(Duration.ofDays(3));
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("more"), "account", acme, "feature", story.key("jobs"), "kind", "PROMOTION", "units", 50,
                "reason", "A busy week", "until", end.toString())).text("/grantFeature/__typename");
        assertThat(consume("jobs", 40).at("/entitlement/reason").asString()).isEqualTo("INCLUDED");
        String graceUntil = end.plus(Duration.ofDays(7)).toString();

        stories.pass(Duration.ofDays(4));
        assertThat(stands("jobs").path("graceUntil").asString()).as("a day after the end").isEqualTo(graceUntil);
        assertThat(consume("jobs", 1).at("/entitlement/graceUntil").asString()).as("and whoever uses more does not move it").isEqualTo(graceUntil);
        stories.pass(Duration.ofDays(5));
        assertThat(stands("jobs").path("graceUntil").asString()).isEqualTo(graceUntil);
        stories.pass(Duration.ofDays(1));
        assertThat(stands("jobs").path("reason").asString()).isEqualTo("GRACE_ENDED");
        assertThat(consume("jobs", 1).at("/entitlement/reason").asString()).isEqualTo("GRACE_ENDED");
    }

    @Test
    void aNodeThatHasJustStartedKnowsWhenTheGrantEnded() {
        sell(List.of(feature("jobs", Map.of("reset", "BILLING_PERIOD"))), Map.of("jobs", Map.of("included", 10, "graceDays", 7)));
        String granted = story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { ... on FeatureGranted { grant { until } } } }",
                "input", Map.of("idempotencyKey", story.key("more"), "account", acme, "feature", story.key("jobs"), "kind", "PROMOTION", "units", 50,
                        "reason", "A busy week", "until", stories.clock().instant().plus(Duration.ofDays(3)).toString())).text("/grantFeature/grant/until");
        consume("jobs", 40);
        stories.pass(Duration.ofDays(4));

        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("small"), "account", acme, "feature", story.key("jobs"), "kind", "COURTESY", "units", 12,
                "reason", "Makes every node read the grants anew")).text("/grantFeature/__typename");

        assertThat(stands("jobs").path("graceUntil").asString()).isEqualTo(Instant.parse(granted).plus(Duration.ofDays(7)).toString());
    }

    @Test
    void graceOfAGrantThatIsTakenBackBeginsThen() {
        sell(List.of(feature("jobs", Map.of("reset", "BILLING_PERIOD"))), Map.of("jobs", Map.of("included", 10, "graceDays", 7)));
        String grant = story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { ... on FeatureGranted { grant { id } } } }",
                "input", Map.of("idempotencyKey", story.key("more"), "account", acme, "feature", story.key("jobs"), "kind", "BETA", "units", 50,
                        "reason", "Tries it out")).text("/grantFeature/grant/id");
        consume("jobs", 40);
        stories.pass(Duration.ofDays(4));
        Instant revoked = stories.clock().instant();
        story.backend().ask("mutation ($input: RevokeGrantInput!) { revokeGrant(input: $input) { __typename } }",
                "input", Map.of("grant", grant, "reason", "Over")).text("/revokeGrant/__typename");
        stories.pass(Duration.ofDays(2));

        assertThat(Duration.between(revoked.plus(Duration.ofDays(7)), Instant.parse(stands("jobs").path("graceUntil").asString())).abs())
                .isLessThan(Duration.ofSeconds(1));
    }

    private JsonNode stands(String feature) {
        return story.backend().ask("query ($key: String, $features: [String!]) { account(key: $key) { entitlements(features: $features, requested: 0) { reason state graceUntil blocksAt }"
                + " meters(features: $features) { graceUntil blocksAt } } }", "key", acme, "features", List.of(story.key(feature))).at("/account/entitlements/0");
    }

    @Test
    void graceIsGivenOnlyWhereALimitBlocks() {
        product(List.of(feature("jobs", Map.of("reset", "DAY"))));
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("included", 10, "policy", "SOFT", "graceDays", 7), Map.of("graceDays", 7), Map.of("included", 10, "graceDays", 367))) {
            assertThat(plan(Map.of("jobs", wrong)).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.entitlements[0].graceDays");
        }
    }

    @Test
    void seatsAreBoughtBeforeTheyAreAssigned() {
        product(List.of(Map.of("key", story.key("desks"), "name", "Desks", "kind", "ALLOWANCE", "seats", true)));

        assertThat(plan(Map.of("desks", Map.of("included", 10, "graceDays", 7))).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.entitlements[0].graceDays");
        assertThat(plan(Map.of("desks", Map.of("included", 10, "policy", "SOFT"))).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.entitlements[0].policy");
    }

    @Test
    void anOveragePriceIsShownAsItWasGivenAndRefusedWhereItCannotBeBilled() {
        product(List.of(feature("jobs", Map.of("reset", "DAY"))));
        assertThat(plan(overage("0.0000000000001")).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.entitlements[0].overage");

        plan(overage("0.040")).at("/createPlan");
        JsonNode jobs = story.backend().ask("query ($key: String!) { plan(key: $key) { onSale { entitlements { policy overage { currency unitMinor } } } } }", "key", story.key("sold"))
                .at("/plan/onSale/entitlements/0");
        assertThat(jobs.at("/overage").toString()).isEqualTo("[{\"currency\":\"USD\",\"unitMinor\":\"0.04\"}]");
    }

    private static Map<String, Map<String, Object>> overage(String unitMinor) {
        return Map.of("jobs", Map.of("included", 10, "policy", "OVERAGE", "overage", List.of(Map.of("currency", "USD", "unitMinor", unitMinor))));
    }

    @Test
    void aWindowGoesOnWhereASubscriptionIsBilledByAnotherInterval() {
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription");
        use("consume", "a", story.key("calls"), 600, Map.of()).at("/consume/entitlement");

        assertThat(story.accept(story.token(acme, Map.of("interval", "YEAR"))).text("/changePlan/__typename")).isEqualTo("PlanChanged");
        assertThat(use("consume", "b", story.key("calls"), 401, Map.of()).text("/consume/__typename")).isEqualTo("UseDenied");
        JsonNode last = use("consume", "c", story.key("calls"), 400, Map.of()).at("/consume");
        assertThat(last.at("/__typename").asString()).isEqualTo("Consumed");
        assertThat(Instant.parse(last.at("/entitlement/resetsAt").asString())).isAfter(stories.clock().instant().plus(Duration.ofDays(360)));
        stories.pass(Duration.ofDays(60));
        assertThat(story.entitlement(story.backend(), acme, "calls", 1).at("/entitlement/used").asLong()).isEqualTo(1_000);
    }

    @Test
    void whatIsCommittedCountsInTheWindowThatHeldItBack() {
        sell(List.of(feature("jobs", Map.of("reset", "DAY"))), Map.of("jobs", Map.of("included", 10)));
        Instant midnight = stories.clock().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        stories.pass(Duration.between(stories.clock().instant(), midnight.minusMillis(10)));
        String held = use("reserve", "night", story.key("jobs"), 8, Map.of()).text("/reserve/reservation/id");
        stories.pass(Duration.ofMillis(20));

        assertThat(consume("jobs", 10).at("/__typename").asString()).isEqualTo("Consumed");
        assertThat(story.backend().ask("mutation ($input: CommitReservationInput!) { commitReservation(input: $input) { __typename } }",
                "input", Map.of("reservation", held)).text("/commitReservation/__typename")).isEqualTo("ReservationCommitted");
        assertThat(story.entitlement(story.backend(), acme, "jobs", 0).at("/entitlement/used").asLong()).isEqualTo(10);
    }

    @Test
    void whatIsCommittedAfterThePeriodsBeganAnewStillCountsWhereItWasHeldBack() {
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("starter"))).at("/startSubscription/subscription");
        stories.pass(Duration.ofDays(3));
        String held = use("reserve", "job", story.key("calls"), 8, Map.of()).text("/reserve/reservation/id");
        stories.pass(Duration.ofMinutes(5));
        story.accept(story.token(acme, Map.of("interval", "YEAR"))).at("/changePlan/change");

        assertThat(story.backend().ask("mutation ($input: CommitReservationInput!) { commitReservation(input: $input) { __typename } }",
                "input", Map.of("reservation", held)).text("/commitReservation/__typename")).isEqualTo("ReservationCommitted");
        assertThat(story.entitlement(story.backend(), acme, "calls", 0).at("/entitlement/used").asLong()).isZero();
    }

    @Test
    void whatElseAddsUpTheSameEventsHasToFitItsOwnLimit() {
        sell(List.of(feature("requests", Map.of("reset", "DAY")),
                        feature("writes", Map.of("reset", "DAY", "meter", Map.of(
                                "aggregation", "COUNT", "source", story.key("requests"), "filter", List.of(Map.of("property", "method", "values", List.of("POST"))))))),
                Map.of("requests", Map.of("included", 1_000), "writes", Map.of("included", 2)));

        for (int i = 0; i < 2; i++) {
            assertThat(use("consume", "w" + i, story.key("requests"), 1, Map.of("method", "POST")).text("/consume/__typename")).isEqualTo("Consumed");
        }
        JsonNode denied = use("consume", "w3", story.key("requests"), 1, Map.of("method", "POST")).at("/consume");
        assertThat(denied.at("/__typename").asString()).isEqualTo("UseDenied");
        assertThat(denied.at("/entitlement/feature/key").asString()).isEqualTo(story.key("writes"));
        assertThat(denied.at("/entitlement/allowed").asBoolean()).isFalse();
        assertThat(use("consume", "r", story.key("requests"), 1, Map.of("method", "GET")).text("/consume/__typename")).isEqualTo("Consumed");
    }

    @Test
    void whatIsDeniedIsDeniedForTheAmountThatItCounts() {
        sell(List.of(feature("bytes", Map.of("reset", "DAY", "meter", Map.of("property", "size"))),
                        feature("calls2", Map.of("reset", "DAY", "meter", Map.of("aggregation", "COUNT")))),
                Map.of("bytes", Map.of("included", 10), "calls2", Map.of("included", 10)));

        JsonNode denied = use("consume", "a", story.key("bytes"), 1, Map.of("size", 11)).at("/consume");
        assertThat(denied.at("/__typename").asString()).isEqualTo("UseDenied");
        assertThat(denied.at("/entitlement/allowed").asBoolean()).isFalse();
        assertThat(denied.at("/entitlement/reason").asString()).isEqualTo("LIMIT_REACHED");
        assertThat(use("consume", "b", story.key("calls2"), 5, Map.of()).body().at("/errors/0/extensions/field").asString()).isEqualTo("input.quantity");
    }

    @Test
    void aValueThatIsTooLongToBeToldApartIsRefusedAlone() {
        sell(List.of(feature("people", Map.of("reset", "DAY", "meter", Map.of("aggregation", "UNIQUE", "property", "user")))), Map.of("people", Map.of("included", 10)));

        JsonNode outcomes = story.record(List.of(seen("a", "x".repeat(201)), seen("b", "x".repeat(200)))).at("/recordUsage/outcomes");
        assertThat(outcomes.at("/0/field").asString()).isEqualTo("properties.user");
        assertThat(outcomes.at("/1/__typename").asString()).isEqualTo("UsageRecorded");
    }

    @Test
    void recordingAndConsumingWhatIsToldApartGetOutOfEachOthersWay() throws Exception {
        sell(List.of(feature("requests", Map.of("reset", "DAY")),
                        feature("people", Map.of("reset", "DAY", "meter", Map.of("aggregation", "UNIQUE", "property", "user", "source", story.key("requests"))))),
                Map.of("requests", Map.of("included", 1_000), "people", Map.of("included", 1_000)));

        List<Callable<String>> calls = IntStream.range(0, 120).<Callable<String>>mapToObj(i -> i % 2 == 0
                ? () -> use("consume", "c" + i, story.key("requests"), 1, Map.of("user", "u" + i % 7)).text("/consume/__typename")
                : () -> story.record(List.of(request("r" + i, "u" + i % 5), request("s" + i, "u" + i % 3))).text("/recordUsage/outcomes/1/__typename")).toList();
        List<String> told = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer : threads.invokeAll(calls)) {
                told.add(answer.get());
            }
        }
        assertThat(told).containsOnly("Consumed", "UsageRecorded");
        assertThat(story.entitlement(story.backend(), acme, "requests", 0).at("/entitlement/used").asLong()).isEqualTo(180);
        assertThat(story.entitlement(story.backend(), acme, "people", 0).at("/entitlement/used").asLong()).isEqualTo(7);
    }

    private Map<String, Object> request(String id, String user) {
        return Map.of("id", id, "account", acme, "meter", story.key("requests"), "properties", Map.of("user", user));
    }

    private Map<String, Object> seen(String id, String user) {
        return Map.of("id", id, "account", acme, "meter", story.key("people"), "properties", Map.of("user", user));
    }

    private Map<String, Object> feature(String name, Map<String, Object> more) {
        Map<String, Object> feature = new HashMap<>(Map.of("key", story.key(name), "name", name, "kind", "METER"));
        feature.putAll(more);
        return feature;
    }

    /** A product of the story's own, and the account has it. */
    private void sell(List<Map<String, Object>> features, Map<String, Map<String, Object>> included) {
        product(features);
        plan(included).at("/createPlan/version");
        story.start(acme, Map.of("plan", story.key("sold"))).at("/startSubscription/subscription");
    }

    private void product(List<Map<String, Object>> features) {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", story.key("sold"), "key", story.key("sold"), "name", "Sold", "features", features)).at("/createProduct/product");
    }

    private Api.Answer plan(Map<String, Map<String, Object>> included) {
        List<Map<String, Object>> entitlements = included.entrySet().stream().map(each -> {
            Map<String, Object> entitlement = new HashMap<>(each.getValue());
            entitlement.put("feature", story.key(each.getKey()));
            return entitlement;
        }).toList();
        return story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key("sold-plan"), "product", story.key("sold"), "key", story.key("sold"), "name", "Sold", "rank", 1,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)), "entitlements", entitlements));
    }

    private JsonNode consume(String feature, long quantity) {
        return use("consume", java.util.UUID.randomUUID().toString(), story.key(feature), quantity, Map.of()).at("/consume");
    }

    private Api.Answer use(String how, String key, String feature, long quantity, Map<String, Object> properties) {
        String entitlement = "entitlement { feature { key } allowed reason state used remaining graceUntil resetsAt }";
        String fits = how.equals("consume") ? "... on Consumed { " + entitlement + " }" : "... on Reserved { reservation { id } " + entitlement + " }";
        return story.backend().ask("mutation ($input: %sInput!) { %s(input: $input) { __typename %s ... on UseDenied { %s } } }"
                        .formatted(how.equals("consume") ? "Consume" : "Reserve", how, fits, entitlement),
                "input", Map.of("idempotencyKey", key, "account", acme, "feature", feature, "quantity", quantity, "properties", properties));
    }

    private List<String> told() {
        return Stream.of(story.backend().ask("query ($key: String) { account(key: $key) { limitNotices { kind percent } } }", "key", acme).at("/account/limitNotices"))
                .flatMap(JsonNode::valueStream).filter(notice -> notice.at("/kind").asString().equals("THRESHOLD_PASSED")).map(JsonNode::toString).toList();
    }
}
