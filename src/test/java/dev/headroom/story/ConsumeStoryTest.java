package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Checked and used in one step: no limit is passed by a race, and nothing that was held back is lost. */
@HeadroomTest
class ConsumeStoryTest {

    private static final String ENTITLEMENT = "entitlement { allowed reason state limit used reserved remaining unlockedBy { plan { key } } }";
    private static final String RESERVATION = "reservation { id quantity state committed expiresAt account { key } feature { key } }";

    @Autowired
    Stories stories;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountWithAHundredCalls() {
        story = stories.begin();
        acme = story.subscribed("acme", "free", 0);
    }

    @Test
    void whatFitsIsUsedAndWhatDoesNotIsDeniedWithWhatWouldUnlockIt() {
        JsonNode first = consume("a", 60);
        JsonNode second = consume("b", 41);
        JsonNode last = consume("c", 40);

        assertThat(first.at("/__typename").asString()).isEqualTo("Consumed");
        assertThat(first.at("/entitlement/remaining").asLong()).isEqualTo(40);
        assertThat(second.at("/__typename").asString()).isEqualTo("UseDenied");
        assertThat(second.at("/entitlement/reason").asString()).isEqualTo("LIMIT_REACHED");
        assertThat(second.at("/entitlement/unlockedBy/plan/key").asString()).isEqualTo(story.key("starter"));
        assertThat(last.at("/entitlement/state").asString()).isEqualTo("BLOCKED");
        assertThat(used("calls")).isEqualTo(100);
    }

    @Test
    void aRepeatedKeyIsUsedOnceAndADeniedOneMayBeTriedAgain() {
        consume("a", 60);

        assertThat(consume("a", 60).at("/repeated").asBoolean()).isTrue();
        assertThat(consumed("a", 61).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(consume("b", 41).at("/__typename").asString()).isEqualTo("UseDenied");
        story.card(acme, "pm_card_visa");
        assertThat(story.accept(story.token(acme, Map.of("plan", story.key("starter")))).text("/changePlan/__typename")).isEqualTo("PlanChanged");
        assertThat(consume("b", 41).at("/__typename").asString()).isEqualTo("Consumed");
        assertThat(used("calls")).isEqualTo(101);
    }

    @Test
    void howeverManyRaceForTheLastUnitsExactlyThoseAreUsed() throws Exception {
        consume("before", 70);

        List<String> told = atOnce(IntStream.range(0, 60).mapToObj(i -> (Callable<String>) () ->
                i % 3 == 0 ? reserve("r" + i, 1, 60).at("/__typename").asString() : consume("c" + i, 1).at("/__typename").asString()).toList());

        assertThat(told.stream().filter(type -> !type.equals("UseDenied"))).hasSize(30);
        JsonNode now = story.backend().ask("""
                query ($account: String, $feature: String!) { entitlement(account: $account, feature: $feature, requested: 0) { used reserved remaining } }""",
                "account", acme, "feature", story.key("calls")).at("/entitlement");
        assertThat(now.at("/used").asLong() + now.at("/reserved").asLong()).isEqualTo(100);
        assertThat(now.at("/remaining").asLong()).isZero();
        assertThat(now.at("/reserved").asLong()).isEqualTo(told.stream().filter("Reserved"::equals).count());
    }

    @Test
    void theSameKeyAtTheSameTimeIsUsedOnce() throws Exception {
        List<String> told = atOnce(IntStream.range(0, 20).mapToObj(i -> (Callable<String>) () ->
                consume("same", 7).at("/repeated").asString()).toList());

        assertThat(told).containsOnlyOnce("false");
        assertThat(used("calls")).isEqualTo(7);
    }

    @Test
    void whatIsReservedIsNeitherUsedNorLeftUntilItIsCommitted() {
        JsonNode made = reserve("job", 80, 60);

        assertThat(made.at("/reservation/account/key").asString()).isEqualTo(acme);
        assertThat(made.at("/entitlement/remaining").asLong()).isEqualTo(20);
        assertThat(made.at("/entitlement/used").asLong()).isZero();
        assertThat(consume("more", 21).at("/__typename").asString()).isEqualTo("UseDenied");
        JsonNode committed = commit(id(made), 50L);
        assertThat(committed.at("/__typename").asString()).isEqualTo("ReservationCommitted");
        assertThat(committed.at("/reservation/committed").asLong()).isEqualTo(50);
        assertThat(commit(id(made), 50L).at("/__typename").asString()).isEqualTo("ReservationCommitted");
        assertThat(commit(id(made), 49L).at("/__typename").asString()).isEqualTo("ReservationEnded");
        assertThat(release(id(made)).at("/__typename").asString()).isEqualTo("ReservationEnded");
        assertThat(used("calls")).isEqualTo(50);
        assertThat(consume("more", 50).at("/__typename").asString()).isEqualTo("Consumed");
        assertThat(reserve("job", 80, 60).at("/repeated").asBoolean()).isTrue();
    }

    @Test
    void whatIsReleasedOrExpiredIsFreeAgain() {
        JsonNode released = reserve("a", 60, 60);
        reserve("b", 40, 30);
        assertThat(consume("c", 1).at("/__typename").asString()).isEqualTo("UseDenied");

        assertThat(release(id(released)).at("/__typename").asString()).isEqualTo("ReservationReleased");
        assertThat(release(id(released)).at("/__typename").asString()).isEqualTo("ReservationReleased");
        assertThat(consume("c", 61).at("/__typename").asString()).isEqualTo("UseDenied");
        stories.pass(Duration.ofSeconds(30));
        assertThat(consume("c", 61).at("/__typename").asString()).isEqualTo("Consumed");
        JsonNode late = commit(id(reserve("b", 40, 30)), null);
        assertThat(late.at("/__typename").asString()).isEqualTo("ReservationEnded");
        assertThat(late.at("/reservation/state").asString()).isEqualTo("EXPIRED");
        assertThat(used("calls")).isEqualTo(61);
    }

    @Test
    void whatCouldNeverBeUsedIsRefusedAtItsField() {
        assertThat(field(consumed("a", 0))).isEqualTo("input.quantity");
        assertThat(field(use("consume", Map.of("idempotencyKey", "a", "account", acme, "feature", story.key("sso"), "quantity", 1)))).isEqualTo("input.feature");
        assertThat(field(use("consume", Map.of("idempotencyKey", " ", "account", acme, "feature", story.key("calls"), "quantity", 1))))
                .isEqualTo("input.idempotencyKey");
        assertThat(field(use("reserve", Map.of("idempotencyKey", "a", "account", acme, "feature", story.key("calls"), "expiresInSeconds", 90_000))))
                .isEqualTo("input.expiresInSeconds");
        assertThat(use("consume", Map.of("idempotencyKey", "a", "account", "nobody", "feature", story.key("calls"))).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(story.backend().ask("mutation { releaseReservation(input: {reservation: \"x\"}) { __typename } }").errorCode()).isEqualTo("NOT_FOUND");
        Api reader = stories.api(stories.secret(Set.of(Permission.READ)));
        assertThat(reader.ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", "a", "account", acme, "feature", story.key("calls"))).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(used("calls")).isZero();
    }

    @Test
    void thresholdsAreToldOnceAPeriodAlsoWhenABatchJumpsSeveral() {
        story.record(List.of(event("a", 50), event("b", 46)));
        consume("c", 2);
        story.record(List.of(event("d", 2)));

        assertThat(notices()).containsExactly("THRESHOLD_PASSED 100", "THRESHOLD_PASSED 95", "THRESHOLD_PASSED 85", "THRESHOLD_PASSED 70");
        stories.pass(Duration.ofDays(31));
        consume("next", 71);
        assertThat(notices()).hasSize(5).startsWith("THRESHOLD_PASSED 70");
    }

    @Test
    void aLargerLimitIsToldOfAnew() {
        consume("a", 96);
        story.card(acme, "pm_card_visa");
        story.accept(story.token(acme, Map.of("plan", story.key("starter")))).at("/changePlan/change");
        consume("b", 600);
        consume("c", 10);

        assertThat(notices()).hasSize(4).startsWith("THRESHOLD_PASSED 70");
    }

    @Test
    void whatRollsIsTakenFromWhatIsLeftInItsDaysAndWhatDoesNotAddUpIsRefused() {
        meters(Map.of("key", story.key("week"), "name", "A week", "kind", "METER", "reset", "ROLLING", "rollingDays", 7),
                Map.of("key", story.key("peak"), "name", "Peak", "kind", "METER", "reset", "DAY", "meter", Map.of("aggregation", "MAX")),
                Map.of("key", story.key("bytes"), "name", "Bytes", "kind", "METER", "reset", "DAY", "meter", Map.of("property", "size")));

        assertThat(of("consume", "a", "week", 8, Map.of()).at("/consume/__typename").asString()).isEqualTo("Consumed");
        assertThat(of("consume", "b", "week", 3, Map.of()).at("/consume/__typename").asString()).isEqualTo("UseDenied");
        stories.pass(Duration.ofDays(8));
        assertThat(of("consume", "b", "week", 3, Map.of()).at("/consume/entitlement/used").asLong()).isEqualTo(3);
        assertThat(of("reserve", "c", "week", 7, Map.of()).at("/reserve/entitlement/remaining").asLong()).isZero();
        assertThat(of("consume", "d", "bytes", 1, Map.of("size", 9)).at("/consume/entitlement/remaining").asLong()).isEqualTo(1);
        assertThat(field(of("reserve", "e", "bytes", 1, Map.of("size", 1)))).isEqualTo("input.feature");
        assertThat(field(of("consume", "f", "peak", 1, Map.of()))).isEqualTo("input.feature");
        assertThat(field(of("consume", "g", "bytes", 1, Map.of()))).isEqualTo("input.properties.size");
    }

    private Api.Answer of(String how, String key, String feature, long quantity, Map<String, Object> properties) {
        return use(how, Map.of("idempotencyKey", key, "account", acme, "feature", story.key(feature), "quantity", quantity, "properties", properties));
    }

    /** Ten of each, and not one more. */
    @SafeVarargs
    private void meters(Map<String, Object>... features) {
        String product = story.key("metered");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }",
                "input", Map.of("idempotencyKey", product, "key", product, "name", "Metered", "features", List.of(features))).at("/createProduct/product");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }",
                "input", Map.of("idempotencyKey", product, "product", product, "key", product, "name", "Metered", "rank", 1,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)),
                        "entitlements", Arrays.stream(features).map(feature -> Map.of("feature", feature.get("key"), "included", 10)).toList()))
                .at("/createPlan/version");
        story.start(acme, Map.of("plan", product)).at("/startSubscription/subscription");
    }

    private JsonNode consume(String key, long quantity) {
        return consumed(key, quantity).at("/consume");
    }

    private Api.Answer consumed(String key, long quantity) {
        return use("consume", Map.of("idempotencyKey", key, "account", acme, "feature", story.key("calls"), "quantity", quantity));
    }

    private JsonNode reserve(String key, long quantity, long seconds) {
        return use("reserve", Map.of(
                "idempotencyKey", key, "account", acme, "feature", story.key("calls"), "quantity", quantity, "expiresInSeconds", seconds)).at("/reserve");
    }

    private Api.Answer use(String how, Map<String, Object> input) {
        String type = how.equals("consume") ? "Consume" : "Reserve";
        String fits = how.equals("consume") ? "... on Consumed { repeated " + ENTITLEMENT + " }" : "... on Reserved { repeated " + RESERVATION + ENTITLEMENT + " }";
        return story.backend().ask(
                "mutation ($input: %sInput!) { %s(input: $input) { __typename %s ... on UseDenied { %s } } }".formatted(type, how, fits, ENTITLEMENT),
                "input", input);
    }

    private JsonNode commit(String reservation, Long quantity) {
        Map<String, Object> input = new HashMap<>(Map.of("reservation", reservation));
        input.put("quantity", quantity);
        return story.backend().ask("""
                mutation ($input: CommitReservationInput!) { commitReservation(input: $input) { __typename
                  ... on ReservationCommitted { reservation { state committed } } ... on ReservationEnded { reservation { state committed } } } }""",
                "input", input).at("/commitReservation");
    }

    private JsonNode release(String reservation) {
        return story.backend().ask("""
                mutation ($input: ReleaseReservationInput!) { releaseReservation(input: $input) { __typename
                  ... on ReservationReleased { reservation { state } } ... on ReservationEnded { reservation { state } } } }""",
                "input", Map.of("reservation", reservation)).at("/releaseReservation");
    }

    private static String id(JsonNode reserved) {
        return reserved.at("/reservation/id").asString();
    }

    private static String field(Api.Answer answer) {
        return answer.body().at("/errors/0/extensions/field").asString();
    }

    private List<String> notices() {
        return story.backend().ask("query ($key: String) { account(key: $key) { limitNotices { kind percent feature { key } } } }", "key", acme)
                .at("/account/limitNotices").valueStream().map(notice -> notice.at("/kind").asString() + " " + notice.at("/percent").asInt()).toList();
    }

    private Map<String, Object> event(String id, long quantity) {
        return Map.of("id", id, "account", acme, "meter", story.key("calls"), "quantity", quantity);
    }

    private long used(String feature) {
        return story.entitlement(story.backend(), acme, feature, 0).at("/entitlement/used").asLong();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
