package dev.headroom.api;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is wrong with a request, the answer is a code and a sentence, and nothing was written. */
@HeadroomTest
class RequestErrorTest {

    @Autowired
    Stories stories;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @Test
    void malformedGraphQlIsInvalidSyntax() {
        assertThat(story.backend().ask("{ account( }").errorCode()).isEqualTo("INVALID_SYNTAX");
        assertThat(story.backend().ask("{ nothing }").errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void aWrongTypeNamesItsField() {
        Api.Answer answer = story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", "k", "key", story.key("acme"), "name", "Acme", "email", "a@example.com", "currency", "KWD"));

        assertThat(answer.errorCode()).isEqualTo("UNSUPPORTED_CURRENCY");
        assertThat(answer.body().toString()).contains("KWD has three decimals").doesNotContain("Exception");
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.currency");
    }

    @ParameterizedTest
    @CsvSource({"currency, eur!, UNSUPPORTED_CURRENCY", "currency, '', UNSUPPORTED_CURRENCY", "zone, Mars/Base, INVALID_INPUT", "country, XX, INVALID_INPUT"})
    void whatIsNoCodeOfItsStandardIsRefusedAtItsField(String field, String value, String code) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", "k", "key", story.key("acme"), "name", "Acme", "email", "a@example.com", "currency", "USD"));
        input.put(field, value);

        Api.Answer answer = story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }", "input", input);

        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).isEqualTo("input." + field);
    }

    @Test
    void aMissingOrMalformedValueIsRefusedBeforeAnythingIsWritten() {
        Api.Answer answer = story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", "k", "key", "white space", "name", "Acme", "email", "a@example.com", "currency", "USD"));

        assertThat(answer.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.key");
        assertThat(story.account("acme")).isEqualTo(story.key("acme"));
    }

    @Test
    void aQueryThatIsTooDeepOrTooDearIsRefused() {
        String plans = "{ products { plans { product { plans { product { plans { product { plans { product { plans { product { plans { key } } } } } } } } } } } } }";
        assertThat(story.backend().ask(plans).errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(story.backend().ask("{ accounts(first: 100) { edges { node { upgradeOptions { reason } planChanges(first: 200) { id } } } } }")
                .errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void quotesOfStartsCountLikeQuotesForStripeIsAskedForEach() {
        String quotes = IntStream.range(0, 500).mapToObj(i -> "q" + i + ": startQuote(start: {plan: \"none\"}) { __typename }").collect(Collectors.joining(" "));

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { " + quotes + " } }", "key", story.account("curious")).errorCode())
                .isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void manyDearFieldsNeverAddUpToACheapOne() {
        String most = "planChanges(first: 2147483647) { id }";
        String query = "query ($key: String) { account(key: $key) { a: " + most + " b: " + most + " c: " + most
                + " upgradeOptions { reason } } }";

        assertThat(story.backend().ask(query, "key", story.account("dear")).errorCode()).isEqualTo("QUERY_TOO_COMPLEX");
    }

    @Test
    void aTextThatCannotBeStoredIsTheCallersMistake() {
        Api.Answer answer = story.backend().ask("query ($key: String) { account(key: $key) { id } }", "key", "a\u0000b");

        assertThat(answer.errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void everyAnswerSaysWhatItsQueryCost() {
        Api.Answer small = story.backend().ask("{ products { key } }");
        Api.Answer larger = story.backend().ask("{ products { key plans { key } } }");

        assertThat(small.headers().firstValueAsLong("Query-Cost").orElseThrow())
                .isLessThan(larger.headers().firstValueAsLong("Query-Cost").orElseThrow());
        assertThat(larger.headers().firstValueAsLong("Query-Cost-Limit")).hasValue(5_000);
    }

    @Test
    void aQueryThatComesAgainCostsWhatItsVariablesMakeOfIt() {
        String page = "query ($first: Int, $features: [String!], $named: Boolean!) { accounts(first: $first) { edges { node {"
                + " key name @include(if: $named) entitlements(features: $features) { allowed } } } } }";
        long small = cost(page, 10, List.of("a", "b"), false);

        assertThat(cost(page, 20, List.of("a", "b"), false)).isGreaterThan(small);
        assertThat(cost(page, 10, List.of("a", "b", "c"), false)).isGreaterThan(small);
        assertThat(cost(page, 10, List.of("a", "b"), true)).isGreaterThan(small);
        assertThat(cost(page, 10, List.of("c", "d"), false)).isEqualTo(small);
        for (int i = 0; i < 2; i++) {
            assertThat(story.backend().ask(page, "first", 100, "features", Collections.nCopies(100, "a"), "named", true).errorCode())
                    .isEqualTo("QUERY_TOO_COMPLEX");
        }
    }

    private long cost(String query, int first, List<String> features, boolean named) {
        return story.backend().ask(query, "first", first, "features", features, "named", named).headers().firstValueAsLong("Query-Cost").orElseThrow();
    }

    @Test
    void anIdempotencyKeyMayStandInTheHeader() {
        Map<String, String> header = Map.of("Idempotency-Key", "from-the-header");
        Map<String, Object> input = Map.of("key", story.key("acme"), "name", "Acme", "email", "a@example.com", "currency", "USD");
        String create = "mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on AccountCreated { account { id } } } }";

        String first = story.backend().ask(header, create, "input", input).text("/createAccount/account/id");
        String again = story.backend().ask(header, create, "input", input).text("/createAccount/account/id");

        assertThat(again).isEqualTo(first);
        Api.Answer without = story.backend().ask(create, "input", input);
        assertThat(without.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(without.body().at("/errors/0/extensions/field").asString()).isEqualTo("input.idempotencyKey");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedUnread() {
        Api.Answer answer = story.backend().post("/graphql", "{\"query\": \"" + "x".repeat(3_000_000) + "\"}", Map.of());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.errorCode()).isEqualTo("BODY_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"query\": ", "[]", "\"text\"", "{}", ""})
    void aBodyThatIsNoRequestIsInvalidSyntax(String body) {
        Api.Answer answer = story.backend().post("/graphql", body, Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("INVALID_SYNTAX");
    }

    @ParameterizedTest
    @CsvSource({"/graphql, application/json", "/v1/usage, application/x-ndjson"})
    void aBodyOfAnotherTypeIsRefusedWithTheTypeThatIsExpected(String path, String expected) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(stories.url() + path))
                    .header("Authorization", "Bearer " + story.backend().credential())
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("hello"))
                    .build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.body()).contains("INVALID_SYNTAX", expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"other, quantity, 1, input.events[1].other", "account, quantity, 1, input.events[1].meter"})
    void aValueOfTheWrongTypeNamesItsPlaceAmongTheVariables(String third, String fourth, String value, String field) {
        Map<String, String> right = Map.of("id", "a", "account", "b", "meter", "c");
        Map<String, String> wrong = new HashMap<>(Map.of("id", "a", "account", "b", fourth, value));
        wrong.put(third, "c");

        Api.Answer answer = story.backend().ask("mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded } }",
                "input", Map.of("events", List.of(right, wrong)));

        assertThat(answer.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({"quantity: Long, 'entitlement(account: \"a\", feature: \"b\", requested: $quantity) { allowed }', many",
            "from: DateTime, 'account(key: \"a\") { usageEvents(from: $from) { edges { cursor } } }', yesterday"})
    void aNumberOrATimeOfTheWrongTypeNamesItsVariable(String variable, String field, String value) {
        String name = variable.substring(0, variable.indexOf(':'));
        Api.Answer answer = story.backend().ask("query ($" + variable + ") { " + field + " }", name, value);

        assertThat(answer.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(answer.body().at("/errors/0/extensions/field").asString()).isEqualTo(name);
    }

    @Test
    void aForgedWebhookIsRefused() {
        Api.Answer answer = new Api(stories.url(), "").post("/webhooks/stripe", "{\"id\": \"evt_1\"}", Map.of("Stripe-Signature", "t=1,v1=00"));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void operatorsEndpointsAreNotPublic() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : List.of("/actuator/prometheus", "/actuator/info", "/actuator/env")) {
                assertThat(status(http, path, "")).as(path).isEqualTo(401);
            }
            assertThat(status(http, "/actuator/health", "")).isEqualTo(200);
            assertThat(status(http, "/actuator/prometheus", story.backend().credential())).isEqualTo(200);
        }
    }

    private int status(HttpClient http, String path, String credential) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(java.net.URI.create(stories.url() + path));
        if (!credential.isEmpty()) {
            request.header("Authorization", "Bearer " + credential);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
