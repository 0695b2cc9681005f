package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same answers for gateways, and for many accounts at once. */
@HeadroomTest
class GatewayStoryTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Stories stories;

    private final HttpClient http = HttpClient.newHttpClient();
    private Story story;
    private String acme;

    @BeforeEach
    void anAccount() {
        story = stories.begin();
        acme = story.subscribed("acme", "free", 0);
    }

    @AfterEach
    void hangUp() {
        http.close();
    }

    @Test
    void oneFeatureAndAllOfThemAreAnsweredLikeOverGraphQl() throws Exception {
        story.record(List.of(Map.of("id", "a", "account", acme, "meter", story.key("calls"), "quantity", 90)));

        JsonNode one = body(get("/" + story.key("calls") + "?requested=11"));
        JsonNode all = body(get("?features=" + story.key("calls") + "," + story.key("sso") + "&requested=10"));

        assertThat(one.toString()).contains("\"allowed\":false", "\"reason\":\"LIMIT_REACHED\"", "\"used\":90", "\"remaining\":10", "\"percent\":90");
        assertThat(one.path("plan").asString()).isEqualTo(story.key("free"));
        assertThat(all.path("account").asString()).isEqualTo(acme);
        assertThat(all.path("entitlements").valueStream().map(each -> each.path("feature").asString() + each.path("allowed").asBoolean()).toList())
                .containsExactly(story.key("calls") + "true", story.key("sso") + "false");
        assertThat(body(get("")).path("entitlements").size()).isEqualTo(5);
    }

    @Test
    void whatIsUsedBeyondTheLimitIsCountedAndPriced() throws Exception {
        String account = metered("metered", "0.04");
        String feature = story.key("sent");
        JsonNode before = body(send(story.backend().credential(), account, "/" + feature));
        story.record(List.of(Map.of("id", "a", "account", account, "meter", feature, "quantity", 1_244)));

        JsonNode after = body(send(story.backend().credential(), account, "/" + feature));
        Api.Answer page = story.backend().ask("""
                query ($key: String) { account(key: $key) { entitlements { overage { ...all } } meters { overage { ...all } } } }
                fragment all on Overage { units unitMinor currency amount { amountMinor currency } explanation }""", "key", account);

        assertThat(before.path("overage").toString()).as("the next unit costs")
                .isEqualTo("{\"units\":0,\"unitMinor\":\"0.04\",\"currency\":\"USD\",\"amountMinor\":0,\"explanation\":\"0 × 0.04 = 0 exactly (0.00 USD)\"}");
        assertThat(after.path("reason").asString()).isEqualTo("OVERAGE_PRICED");
        assertThat(after.at("/overage/units").asLong()).isEqualTo(1_234);
        assertThat(after.at("/overage/amountMinor").asLong()).isEqualTo(49);
        assertThat(after.at("/overage/explanation").asString()).isEqualTo("1234 × 0.04 = 49.36, rounded to 49 (0.49 USD)");
        assertThat(page.at("/account/entitlements/0/overage").toString()).isEqualTo("{\"units\":1234,\"unitMinor\":\"0.04\",\"currency\":\"USD\","
                + "\"amount\":{\"amountMinor\":49,\"currency\":\"USD\"},\"explanation\":\"1234 × 0.04 = 49.36, rounded to 49 (0.49 USD)\"}");
        assertThat(page.at("/account/meters/0/overage")).isEqualTo(page.at("/account/entitlements/0/overage"));
        assertThat(body(get("/" + story.key("calls"))).path("overage").isNull()).as("a hard limit").isTrue();
    }

    @Test
    void moreThanCanBeBilledIsNotPricedButStillAnswered() throws Exception {
        String account = metered("lavish", "1000000000");
        story.record(List.of(Map.of("id", "a", "account", account, "meter", story.key("sent"), "quantity", 1_000_000_000_000L)));

        JsonNode answer = body(send(story.backend().credential(), account, "/" + story.key("sent")));

        assertThat(answer.at("/overage/units").asLong()).isEqualTo(999_999_999_990L);
        assertThat(answer.at("/overage/amountMinor").isNull()).isTrue();
    }

    @Test
    void whatIsDeniedNamesThePlanThatWouldAllowItAlsoWithoutMoreUnits() throws Exception {
        String account = metered("strict", Map.of("included", 10));
        String path = "/" + story.key("sent") + "?requested=11";
        plan("elsewhere", "strict", 0, "EUR", Map.of());
        plan("foreign", "strict", 2, "USD", Map.of("included", 10, "policy", "OVERAGE", "overage", List.of(Map.of("currency", "EUR", "unitMinor", "1"))));

        HttpResponse<String> nothing = send(story.backend().credential(), account, path);
        String tag = nothing.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> same = send(story.backend().credential(), account, path, "If-None-Match", tag);
        plan("lenient", "strict", 3, "USD", Map.of("included", 10, "policy", "SOFT"));
        HttpResponse<String> offered = send(story.backend().credential(), account, path, "If-None-Match", tag);

        assertThat(body(nothing).path("unlockedBy").isNull()).as("neither sold in euros, nor charged in them").isTrue();
        assertThat(body(nothing).path("policy").asString()).isEqualTo("HARD");
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(offered.statusCode()).as("what is on sale is part of the answer").isEqualTo(200);
        assertThat(body(offered).path("unlockedBy").toString()).isEqualTo("{\"plan\":\"" + story.key("lenient") + "\",\"seats\":null}");
        assertThat(story.entitlement(story.backend(), account, "sent", 11).text("/entitlement/unlockedBy/plan/key")).isEqualTo(story.key("lenient"));
        assertThat(body(send(story.backend().credential(), account, "/" + story.key("sent") + "?requested=10")).path("unlockedBy").isNull())
                .as("it is allowed").isTrue();
    }

    @Test
    void whatIsDeniedOfSeatsNamesHowManyToHave() throws Exception {
        String team = story.subscribed("crew", "team", 3);

        JsonNode seats = body(send(story.backend().credential(), team, "/" + story.key("seats") + "?requested=5"));

        assertThat(seats.path("unlockedBy").toString()).isEqualTo("{\"plan\":\"" + story.key("team") + "\",\"seats\":5}");
    }

    /** On a plan with ten of something, and more at a price. */
    private String metered(String name, String unitMinor) {
        return metered(name, Map.of("included", 10, "policy", "OVERAGE", "overage", List.of(Map.of("currency", "USD", "unitMinor", unitMinor))));
    }

    private String metered(String name, Map<String, Object> granted) {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", name, "key", story.key(name), "name", "Post", "features",
                        List.of(Map.of("key", story.key("sent"), "name", "Letters", "kind", "METER", "reset", "CALENDAR_MONTH")))).at("/createProduct/product");
        plan(name, name, 1, "USD", granted);
        String account = story.account(name);
        story.start(account, Map.of("plan", story.key(name))).at("/startSubscription/subscription");
        return account;
    }

    private void plan(String name, String product, int rank, String currency, Map<String, Object> granted) {
        Map<String, Object> entitlement = new HashMap<>(granted);
        entitlement.put("feature", story.key("sent"));
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key(name), "product", story.key(product), "key", story.key(name), "name", "Post", "rank", rank,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", currency, "flat", 0)), "entitlements", List.of(entitlement))).at("/createPlan/version");
    }

    @Test
    void anAnswerThatSaysTheSameIsNotSentTwice() throws Exception {
        HttpResponse<String> first = get("/" + story.key("calls"));
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = get("/" + story.key("calls"), "If-None-Match", "\"other\", " + tag);
        story.record(List.of(Map.of("id", "a", "account", acme, "meter", story.key("calls"))));
        HttpResponse<String> changed = get("/" + story.key("calls"), "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Degraded")).hasValue("false");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(body(changed).path("used").asLong()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidInTheShapeOfEveryError() throws Exception {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(body(get("/nothing")).at("/errors/0/extensions/code").asString()).isEqualTo("NOT_FOUND");
        assertThat(body(get("/" + story.key("calls") + "?requested=-1")).at("/errors/0/extensions/field").asString()).isEqualTo("requested");
        assertThat(body(get("/" + story.key("calls") + "?requested=many")).at("/errors/0/extensions/code").asString()).isEqualTo("INVALID_INPUT");
        assertThat(body(get("/" + story.key("calls"), "Consistency-Token", "x")).at("/errors/0/extensions/field").asString()).isEqualTo("consistencyToken");
    }

    @Test
    void aHundredFeaturesAreAnsweredAtOnceLikeOverGraphQl() throws Exception {
        String hundred = String.join(",", Collections.nCopies(100, story.key("calls")));

        assertThat(body(get("?features=" + hundred)).path("entitlements").size()).isEqualTo(100);
        HttpResponse<String> more = get("?features=" + hundred + "," + story.key("sso"));
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(body(more).at("/errors/0/extensions/code").asString()).isEqualTo("INVALID_INPUT");
        assertThat(body(more).at("/errors/0/extensions/field").asString()).isEqualTo("features");
        assertThat(story.backend().ask("query ($key: String, $f: [String!]) { account(key: $key) { entitlements(features: $f) { allowed } } }",
                "key", acme, "f", Collections.nCopies(101, story.key("calls"))).body().at("/errors/0/message")).isEqualTo(body(more).at("/errors/0/message"));
    }

    @Test
    void anAccountTokenSeesItsOwnAccountAlone() throws Exception {
        String other = story.account("other");
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", "m", "account", acme, "key", "ada", "name", "Ada", "email", "ada@example.com")).at("/addMember");
        String token = story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", acme, "member", "ada", "permissions", List.of("READ"))).text("/createAccountToken/token");

        assertThat(send(token, acme, "").statusCode()).isEqualTo(200);
        assertThat(send(token, other, "").statusCode()).isEqualTo(404);
        assertThat(stories.api(token).ask("query ($a: [String!]!) { entitlements(accounts: $a) { account { key } } }", "a", List.of(acme)).errorCode())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void manyAccountsAreAnsweredInOneGoInTheirOrder() {
        String beta = story.subscribed("beta", "pro", 1);
        String query = """
                query ($a: [String!]!, $f: [String!]) { entitlements(accounts: $a, features: $f, requested: 1) { account { key }
                  entitlements { feature { key } allowed remaining degraded } } }""";

        Api.Answer answer = story.backend().ask(query, "a", List.of(beta, acme, beta), "f", List.of(story.key("sso"), story.key("calls")));

        assertThat(answer.at("/entitlements").valueStream().map(each -> each.at("/account/key").asString() + " "
                + each.at("/entitlements/0/allowed").asBoolean() + " " + each.at("/entitlements/1/remaining").asLong()).toList())
                .containsExactly(beta + " true 100000", acme + " false 100", beta + " true 100000");
        assertThat(story.backend().ask(query, "a", List.of("nobody"), "f", null).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(story.backend().ask(query, "a", List.of(), "f", null).errorCode()).isEqualTo("INVALID_INPUT");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(story.backend().credential(), acme, path, headers);
    }

    private HttpResponse<String> send(String credential, String account, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stories.url() + "/v1/accounts/" + account + "/entitlements" + path))
                .header("Authorization", "Bearer " + credential);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode body(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
