package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What the vendor's policy wants approved of is quoted, asked for, decided by somebody else, and accepted once. */
@HeadroomTest
class RuledApprovalStoryTest {

    private static final String REASONS = "reasons { rule text transitionRule { id kind transition from { key } to { key } } }";

    @Autowired
    Stories stories;

    private Story story;
    private String acme;
    private Api approver;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.beginWithCatalogOfItsOwn().crediting();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        approver = stories.api(stories.secret(Set.of(Permission.READ, Permission.QUOTE, Permission.APPROVE)));
    }

    @Test
    void aRuleOfThePolicyIsNamedAndNothingHappensWithoutASay() {
        String rule = rule("UPGRADE", "team", "pro", "BY_APPROVAL");

        JsonNode quote = quote(Map.of("plan", story.key("pro")));
        assertThat(quote.at("/when").asString()).isEqualTo("NOW");
        assertThat(quote.at("/approval/required").asBoolean()).isTrue();
        JsonNode reason = quote.at("/approval/reasons").get(0);
        assertThat(reason.at("/rule").asString()).isEqualTo("TRANSITION");
        assertThat(reason.at("/transitionRule/id").asString()).isEqualTo(rule);
        assertThat(reason.at("/text").asString()).contains("UPGRADE from team to pro");

        Api.Answer refused = accept(story.backend(), quote);
        assertThat(refused.text("/changePlan/__typename")).isEqualTo("ApprovalRequired");
        assertThat(refused.at("/changePlan/reasons").get(0).at("/transitionRule/kind").asString()).isEqualTo("UPGRADE");
        assertThat(plan()).isEqualTo(story.key("team"));
        assertThat(quote(Map.of("seats", 9)).at("/approval/required").asBoolean(true)).as("another kind of change").isFalse();
    }

    @Test
    void whatWasAgreedIsAcceptedByTheCustomerOnceHoweverManyPress() {
        rule("UPGRADE", null, null, "BY_APPROVAL");
        Api customer = member();
        JsonNode quote = story.quote(customer, acme, Map.of("plan", story.key("pro"))).at("/account/quote");
        String request = ask(customer, Map.of("quoteToken", quote.at("/token").asString())).text("/requestApproval/request/id");
        assertThat(decide(request, "APPROVE", Map.of()).text("/decideApproval/request/state")).isEqualTo("APPROVED");

        JsonNode agreed = agreed(request);
        assertThat(agreed.at("/approval/required").asBoolean(true)).isFalse();
        List<Api.Answer> pressed = Stream.of(1, 2).map(_ -> CompletableFuture.supplyAsync(() -> accept(customer, agreed))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(pressed.stream().filter(answer -> answer.text("/changePlan/__typename").equals("PlanChanged"))).hasSize(1);
        assertThat(plan()).isEqualTo(story.key("pro"));
        assertThat(stored(request).at("/state").asString()).isEqualTo("ACCEPTED");
    }

    @Test
    void whatWaitsByARuleStillWaitsOnceItIsApproved() {
        rule("DOWNGRADE", null, null, "BY_APPROVAL");
        rule("SEATS_DOWN", null, null, "PERIOD_END");
        Map<String, Object> less = Map.of("plan", story.key("starter"));
        assertThat(quote(less).at("/when").asString()).isEqualTo("PERIOD_END");
        String request = ask(story.backend(), Map.of("change", less)).text("/requestApproval/request/id");
        decide(request, "APPROVE", Map.of());

        Api.Answer accepted = accept(story.backend(), agreed(request));
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        stories.pass(Duration.ofDays(31));
        assertThat(plan()).isEqualTo(story.key("starter"));
    }

    @Test
    void whatIsApprovedForADateIsApprovedForThatOneAndWaitsForIt() {
        rule("UPGRADE", null, null, "BY_APPROVAL");
        rule("SEATS_UP", null, null, "PERIOD_END");
        Instant date = stories.clock().instant().plus(Duration.ofDays(3));
        Map<String, Object> wish = Map.of("plan", story.key("pro"), "at", date.toString());
        assertThat(quote(Map.of("seats", 9, "at", date.toString())).at("/__typename").asString()).isEqualTo("AgainstPolicy");
        String request = ask(story.backend(), Map.of("change", wish)).text("/requestApproval/request/id");
        decide(request, "APPROVE", Map.of());
        assertThat(quote(wish).at("/approval/required").asBoolean(true)).isFalse();
        assertThat(quote(Map.of("plan", story.key("pro"), "at", date.plusSeconds(1).toString())).at("/approval/required").asBoolean()).as("another date").isTrue();

        assertThat(accept(story.backend(), agreed(request)).text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        stories.pass(Duration.between(stories.clock().instant(), date).plusSeconds(3));
        stories.settle();
        assertThat(plan()).isEqualTo(story.key("pro"));
        assertThat(stored(request).at("/state").asString()).isEqualTo("ACCEPTED");
    }

    @Test
    void itMayBeRefusedOrAnsweredWithSomethingElse() {
        rule("UPGRADE", null, null, "BY_APPROVAL");
        Map<String, Object> wish = Map.of("plan", story.key("pro"));
        JsonNode quote = quote(wish);
        String refused = ask(story.backend(), Map.of("change", wish)).text("/requestApproval/request/id");
        decide(refused, "REJECT", Map.of());
        assertThat(accept(story.backend(), quote).text("/changePlan/__typename")).isEqualTo("ApprovalRequired");

        String countered = ask(story.backend(), Map.of("change", wish)).text("/requestApproval/request/id");
        decide(countered, "COUNTER", Map.of("change", Map.of("plan", story.key("pro"), "seats", 8)));
        Api.Answer accepted = accept(story.backend(), agreed(countered));
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    @Test
    void theEndOfASubscriptionIsApprovedOfAsWell() {
        String rule = rule("END", "team", null, "BY_APPROVAL");
        JsonNode quote = quote(Map.of("cancelAtPeriodEnd", true));
        assertThat(quote.at("/approval/reasons").get(0).at("/transitionRule/id").asString()).isEqualTo(rule);
        assertThat(accept(story.backend(), quote).text("/changePlan/__typename")).isEqualTo("ApprovalRequired");
        String request = ask(story.backend(), Map.of("quoteToken", quote.at("/token").asString())).text("/requestApproval/request/id");
        decide(request, "APPROVE", Map.of());

        assertThat(accept(story.backend(), agreed(request)).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(quote(Map.of("cancelAtPeriodEnd", false)).at("/approval/required").asBoolean(true)).as("to go on is no end").isFalse();
        stories.pass(Duration.ofDays(31));
        assertThat(plan()).isEmpty();
    }

    @Test
    void aStartIsLeftToTheVendorAndWhatMeansNothingIsRefused() {
        rule("START", null, "pro", "BY_APPROVAL");
        String fresh = story.account("fresh");
        story.card(fresh, "pm_card_visa");
        Api customer = member(fresh);
        JsonNode refused = start(customer, fresh, "pro");
        assertThat(refused.at("/__typename").asString()).isEqualTo("StartNeedsApproval");
        assertThat(refused.at("/reasons").get(0).at("/transitionRule/kind").asString()).isEqualTo("START");
        assertThat(start(story.backend(), fresh, "pro").at("/__typename").asString()).as("the vendor is who would be asked").isEqualTo("SubscriptionStarted");

        assertThat(add("START", null, null, "REFUSED").body().at("/errors/0/extensions/field").asString()).isEqualTo("input.transition");
        assertThat(add("START", "team", null, "BY_APPROVAL").body().at("/errors/0/extensions/field").asString()).isEqualTo("input.from");
    }

    @Test
    void aRuleThatCameOrWentDecidesWhenItIsAccepted() {
        JsonNode quote = quote(Map.of("plan", story.key("pro")));
        String rule = rule("UPGRADE", null, null, "BY_APPROVAL");
        assertThat(accept(story.backend(), quote).text("/changePlan/__typename")).isEqualTo("ApprovalRequired");
        String request = ask(story.backend(), Map.of("change", Map.of("plan", story.key("pro")))).text("/requestApproval/request/id");
        story.backend().ask("mutation ($input: RemoveTransitionRuleInput!) { removeTransitionRule(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "rule", rule)).at("/removeTransitionRule");
        assertThat(stored(request).at("/reasons").get(0).at("/transitionRule/id").asString()).as("it is told as it was").isEqualTo(rule);
        assertThat(accept(story.backend(), quote).text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { token when approval { required %s request { id } } } } } }""".formatted(REASONS), "key", acme, "change", change).at("/account/quote");
    }

    private String plan() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { plan { key } } } }", "key", acme)
                .body().at("/data/account/subscription/plan/key").asString("");
    }

    private String rule(String kind, String from, String to, String transition) {
        return add(kind, from, to, transition).text("/addTransitionRule/rule/id");
    }

    private Api.Answer add(String kind, String from, String to, String transition) {
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "kind", kind, "transition", transition));
        input.put("from", from == null ? null : story.key(from));
        input.put("to", to == null ? null : story.key(to));
        return story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }",
                "input", input);
    }

    private Api.Answer ask(Api api, Map<String, Object> wish) {
        Map<String, Object> input = new HashMap<>(wish);
        input.putAll(Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "reason", "they asked"));
        return api.ask("mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { __typename ... on ApprovalRequested { request { id state } } } }",
                "input", input);
    }

    private Api.Answer decide(String request, String verdict, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(more);
        input.putAll(Map.of("idempotencyKey", UUID.randomUUID().toString(), "request", request, "version", 1, "verdict", verdict, "comment", "because"));
        return approver.ask("mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { __typename ... on ApprovalDecided { request { id state } } } }",
                "input", input);
    }

    private JsonNode agreed(String request) {
        return story.backend().ask("query ($id: ID!) { approvalRequest(id: $id) { quote { __typename ... on Quote { token approval { required } } } } }", "id", request)
                .at("/approvalRequest/quote");
    }

    private JsonNode stored(String request) {
        return story.backend().ask("query ($id: ID!) { approvalRequest(id: $id) { state %s } }".formatted(REASONS), "id", request).at("/approvalRequest");
    }

    private static Api.Answer accept(Api api, JsonNode quote) {
        return api.ask("""
                mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename ... on PlanChanged { change { state } }
                  ... on PlanChangeScheduled { change { state } } ... on ApprovalRequired { %s request { id } } ... on QuoteIsStale { why } } }""".formatted(REASONS),
                "input", Map.of("quoteToken", quote.at("/token").asString(), "idempotencyKey", UUID.randomUUID().toString()));
    }

    private JsonNode start(Api api, String account, String plan) {
        return api.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename ... on StartNeedsApproval { %s } } }".formatted(REASONS),
                "input", Map.of("account", account, "idempotencyKey", UUID.randomUUID().toString(), "plan", story.key(plan), "seats", 2)).at("/startSubscription");
    }

    private Api member() {
        return member(acme);
    }

    private Api member(String account) {
        String member = story.key("ann-" + account);
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", member, "account", account, "key", member, "name", "Ann", "email", "ann@example.com"));
        return stories.api(story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", member, "permissions", List.of("READ", "QUOTE", "CHANGE"))).text("/createAccountToken/token"));
    }
}
