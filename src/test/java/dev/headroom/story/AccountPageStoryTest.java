package dev.headroom.story;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A page of accounts is read by as many statements as one account, whatever is asked of each. */
@HeadroomTest
class AccountPageStoryTest {

    private static final int ACCOUNTS = 7;

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    private final String page = "page" + UUID.randomUUID();
    private Story story;
    private List<String> accounts;

    @BeforeEach
    void accountsOnOnePlan() {
        story = stories.begin();
        accounts = IntStream.range(0, ACCOUNTS).mapToObj(number -> story.subscribed(page + number, "free", 0)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "grants { id }", "unlocks { feature { key } }", "limitNotices(first: 5) { kind feature { key } }", "usageEvents(first: 3) { edges { node { id } } }",
            "grants(first: 1) { id } all: grants(first: 50) { id }"})
    void whatIsAskedOfManyAccountsIsReadAtOnce(String field) {
        ask(1, field);
        int one = statements.during(() -> ask(1, field));
        assertThat(statements.during(() -> ask(ACCOUNTS, field))).isEqualTo(one).isLessThan(6);
    }

    @Test
    void everyAccountGetsItsOwnAndNoMoreThanWasAskedFor() {
        String first = accounts.getFirst();
        String last = accounts.getLast();
        for (int event = 0; event < 4; event++) {
            record(first, "e" + event, 30);
            record(last, "e" + event, 1);
            stories.pass(Duration.ofSeconds(1));
        }
        grant(first, "BETA");
        grant(first, "COURTESY");
        grant(last, "COURTESY");

        Map<String, JsonNode> found = ask(ACCOUNTS, "usageEvents(first: 3) { edges { node { id quantity } } pageInfo { endCursor } } grants(first: 1) { kind } limitNotices(first: 2) { percent }");
        assertThat(ids(found.get(first))).containsExactly("e3", "e2", "e1");
        assertThat(ids(found.get(last))).containsExactly("e3", "e2", "e1");
        assertThat(found.get(first).at("/usageEvents/edges/0/node/quantity").asLong()).isEqualTo(30);
        assertThat(found.get(last).at("/usageEvents/edges/0/node/quantity").asLong()).isEqualTo(1);
        assertThat(found.get(first).at("/grants")).hasToString("[{\"kind\":\"COURTESY\"}]");
        assertThat(found.get(last).at("/grants")).hasToString("[{\"kind\":\"COURTESY\"}]");
        assertThat(found.get(first).at("/limitNotices").size()).isEqualTo(2);
        assertThat(found.get(last).at("/limitNotices").size()).isZero();
        assertThat(ids(found.get(accounts.get(1)))).isEmpty();

        String cursor = found.get(first).at("/usageEvents/pageInfo/endCursor").asString();
        assertThat(ids(ask(ACCOUNTS, "usageEvents(first: 3, after: \"%s\") { edges { node { id quantity } } }".formatted(cursor)).get(first))).containsExactly("e0");
    }

    /** What peers are is read once a minute: who came since is not among them. */
    @Test
    void thoseWhoAreNotAmongTheirPeersAreComparedAtOnce() {
        IntStream.range(0, 11).forEach(number -> story.subscribed("peer" + page + number, "team", 3));
        String asked = "meters(features: [\"%s\"]) { benchmark { __typename } }".formatted(story.key("calls"));
        assertThat(ask("peer" + page + "0", asked).values()).allSatisfy(account -> assertThat(account.at("/meters/0/benchmark/__typename").asString()).isEqualTo("Benchmark"));
        IntStream.range(0, 5).forEach(number -> story.subscribed("new" + page + number, "team", 3));

        ask("new" + page, "meters { used }");
        int without = statements.during(() -> ask("new" + page, "meters(features: [\"%s\"]) { used }".formatted(story.key("calls"))));
        int with = statements.during(() -> assertThat(ask("new" + page, asked)).hasSize(5));
        assertThat(with - without).isEqualTo(1);
    }

    private static List<String> ids(JsonNode account) {
        return account.at("/usageEvents/edges").valueStream().map(edge -> edge.at("/node/id").asString()).toList();
    }

    private Map<String, JsonNode> ask(int first, String field) {
        return ask(first, page, field);
    }

    private Map<String, JsonNode> ask(String named, String field) {
        return ask(100, named, field);
    }

    private Map<String, JsonNode> ask(int first, String named, String field) {
        return story.backend().ask("query ($first: Int!, $search: String) { accounts(first: $first, search: $search) { edges { node { key " + field + " } } } }",
                        "first", first, "search", named)
                .at("/accounts/edges").valueStream().map(edge -> edge.at("/node"))
                .collect(toMap(account -> account.at("/key").asString(), account -> account));
    }

    private void record(String account, String id, long quantity) {
        story.record(List.of(Map.of("id", id, "account", account, "meter", story.key("calls"), "quantity", quantity)));
    }

    private void grant(String account, String kind) {
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("sso"), "kind", kind, "reason", "So that it is tried",
                "until", stories.clock().instant().plus(Duration.ofDays(20)).toString())).text("/grantFeature/__typename");
        stories.pass(Duration.ofSeconds(1));
    }
}
