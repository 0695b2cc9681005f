package dev.headroom.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@HeadroomTest
class NoticesTest {

    @Autowired
    Stories stories;

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    Notices notices;

    @Autowired
    Entitlements entitlements;

    @Autowired
    Accounts accounts;

    @Test
    void aLimitThatIsHitIsNotedOnceAnHour() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        consume(story, acme, 101);
        consume(story, acme, 102);
        assertThat(hits(story, acme)).as("with the refusal, whatever becomes of this process").containsExactly("LIMIT_HIT 101");

        stories.pass(Duration.ofHours(1));
        consume(story, acme, 103);
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 103", "LIMIT_HIT 101");
    }

    @Test
    void whatIsConsumedDoesNotRelyOnWhatWasOnlyCheckedAndIsNotWrittenYet() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        story.entitlement(story.backend(), acme, "calls", 101);
        assertThat(hits(story, acme)).isEmpty();

        consume(story, acme, 102);
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 102");
        notices.write();
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 102");
    }

    @Test
    void whatIsReservedAndDoesNotFitIsNoted() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        assertThat(story.backend().ask("mutation ($input: ReserveInput!) { reserve(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", "r", "account", acme, "feature", story.key("calls"), "quantity", 101)).text("/reserve/__typename")).isEqualTo("UseDenied");
        assertThat(hits(story, acme)).containsExactly("LIMIT_HIT 101");
    }

    @Test
    void whatNothingGrantsIsNotedTooWhetherItIsTakenOrOnlyAskedFor() {
        Story story = stories.begin();
        String nobody = story.account("nobody");
        consume(story, nobody, 7);
        consume(story, nobody, 8);
        assertThat(told(story, nobody)).containsExactly("NOT_GRANTED 7");

        String acme = story.subscribed("acme", "free", 0);
        assertThat(story.entitlement(story.backend(), acme, "sso", 1).at("/entitlement/reason").asString()).isEqualTo("NOT_GRANTED");
        notices.write();
        assertThat(told(story, acme)).containsExactly("NOT_GRANTED 1");
    }

    @Test
    void whatIsRecordedPastALimitHitsItWhereNobodyIsToldOfThresholds() {
        Story story = stories.begin();
        String acme = story.account("acme");
        String jobs = story.key("jobs");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input", Map.of(
                "idempotencyKey", jobs, "key", jobs, "name", "Jobs", "features", List.of(Map.of(
                        "key", jobs, "name", "Jobs", "kind", "METER", "reset", "BILLING_PERIOD", "thresholds", List.of())))).at("/createProduct/product");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", jobs, "product", jobs, "key", jobs, "name", "Jobs", "rank", 1,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 0)), "entitlements", List.of(Map.of("feature", jobs, "included", 10))))
                .at("/createPlan/version");
        story.start(acme, Map.of("plan", jobs)).at("/startSubscription/subscription");

        story.record(List.of(Map.of("id", "a", "account", acme, "meter", jobs, "quantity", 10)));
        assertThat(told(story, acme)).as("it fits").isEmpty();
        story.record(List.of(Map.of("id", "b", "account", acme, "meter", jobs, "quantity", 3)));
        assertThat(told(story, acme)).containsExactly("LIMIT_HIT 3");
        stories.pass(Duration.ofHours(1));
        story.record(List.of(Map.of("id", "c", "account", acme, "meter", jobs, "quantity", 1)));
        assertThat(told(story, acme)).as("passed before").containsExactly("LIMIT_HIT 3");
    }

    @Test
    void whatFindsNoRoomInMemoryIsNotedTheNextTimeItIsHit() {
        Story story = stories.begin();
        String acme = story.subscribed("acme", "free", 0);
        AccountId id = accounts.byKeys(SELF, List.of(acme)).get(acme).id();
        Entitlement denied = entitlements.check(SELF, id, List.of(story.key("calls")), null, null).getFirst();
        Period window = Reset.calendarMonth(stories.clock().instant(), ZoneOffset.UTC);
        List<Instant> hours = IntStream.rangeClosed(0, 10_000).mapToObj(hour -> stories.clock().instant().plus(Duration.ofHours(hour))).toList();
        hours.forEach(hour -> notices.denied(denied, window, hour));
        notices.write();
        assertThat(notices.newest(SELF, List.of(id), 20_000).get(id)).hasSize(10_000);

        hours.forEach(hour -> notices.denied(denied, window, hour));
        notices.write();
        assertThat(notices.newest(SELF, List.of(id), 20_000).get(id)).hasSize(10_001);
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
        return told(story, account).stream().filter(notice -> notice.startsWith("LIMIT_HIT")).toList();
    }

    private static List<String> told(Story story, String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { limitNotices { kind requested } } }", "key", account)
                .at("/account/limitNotices").valueStream().map(notice -> notice.at("/kind").asString() + " " + notice.at("/requested").asLong()).toList();
    }
}
