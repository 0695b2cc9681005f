package dev.headroom.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A plan that is sold but not listed is neither shown nor proposed to accounts, and can be had by its key. */
@HeadroomTest
class VisibilityStoryTest {

    @Autowired
    Stories stories;

    @Test
    void whatIsNotListedIsSoldByItsKey() {
        Story story = stories.beginWithCatalogOfItsOwn();
        hidden(story, "secret", 8);
        String account = story.subscribed("acme", "team", 2);
        Api token = token(story, account);

        String plans = "{ product(key: \"" + story.key("suite") + "\") { plans { key visibility } } }";
        assertThat(keys(story.backend().ask(plans).at("/product/plans"))).contains(story.key("secret"));
        assertThat(keys(token.ask(plans).at("/product/plans"))).contains(story.key("pro")).doesNotContain(story.key("secret"));
        JsonNode proposed = token.ask("{ account { upgradeOptions { quote { ... on Quote { plan { key } } } } alternatives { options { quote { ... on Quote { plan { key } } } } } } }").at("/account");
        assertThat(proposed.toString()).contains(story.key("pro")).doesNotContain(story.key("secret"));
        Api.Answer unlocks = token.ask("query ($feature: String!) { entitlement(feature: $feature, requested: 500000) { allowed unlockedBy { plan { key } } } }", "feature", story.key("calls"));
        assertThat(unlocks.body().toString()).doesNotContain("errors").doesNotContain(story.key("secret"));

        assertThat(story.quote(token, null, Map.of("plan", story.key("secret"))).text("/account/quote/__typename")).isEqualTo("Quote");
        story.accept(story.token(account, Map.of("plan", story.key("secret")))).at("/changePlan/change");
        assertThat(token.ask("{ account { subscription { plan { key } } } }").text("/account/subscription/plan/key")).isEqualTo(story.key("secret"));
    }

    private static List<String> keys(JsonNode plans) {
        return plans.valueStream().map(plan -> plan.at("/key").asString()).toList();
    }

    private static void hidden(Story story, String name, int rank) {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { plan { visibility } } } } }", "input",
                DraftDesk.keyed(Map.of("product", story.key("suite"), "key", story.key(name), "name", name, "rank", rank, "visibility", "HIDDEN",
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "perSeat", "9900")),
                        "entitlements", List.of(Map.of("feature", story.key("seats"), "included", 0), Map.of("feature", story.key("calls")))))).at("/createPlan/version");
    }

    private static Api token(Story story, String account) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }", "input",
                DraftDesk.keyed(Map.of("account", account, "key", "ann", "name", "Ann", "email", "ann@example.com"))).at("/addMember");
        String token = story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", "ann", "permissions", List.of("READ", "QUOTE"), "lifetimeSeconds", 900)).text("/createAccountToken/token");
        return new Api(story.world().url(), token);
    }
}
