package dev.headroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import dev.headroom.draft.OwnPriceDesk;
import dev.headroom.sync.StripeImports;
import dev.headroom.sync.UnfinishedImports;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** An account token sees its own account and nothing else, through every field, every argument and every id of the schema. */
@HeadroomTest
class AccountBoundaryTest {

    private static final String ORIGIN = "https://app.example.com";

    @Autowired
    Stories stories;

    @Autowired
    StripeImports imports;

    @Autowired
    ApplicationContext headroom;

    private Story story;
    private String own;
    private String other;
    private Api vendor;
    private Api token;

    @BeforeEach
    void twoAccountsAndATokenOfOne() {
        // Whoever asks for everything sets rules too, by which no other test should have to go.
        story = stories.beginWithCatalogOfItsOwn();
        own = story.subscribed("own", "team", 2);
        other = story.subscribed("canary", "team", 3);
        member(own, "ann");
        member(other, "canary-bob");
        vendor = stories.api(stories.secret(EnumSet.allOf(Permission.class), ORIGIN));
        new OwnPriceDesk(story, headroom).sold(other, "pro", "3900");
        token = token(own, "ann", List.of("READ", "QUOTE", "CHANGE"), 900);
    }

    @AfterEach
    void finishWhatWasBegun() {
        UnfinishedImports.finish(imports);
    }

    @Test
    void itSeesItsOwnAccountWithoutNamingIt() {
        assertThat(token.ask("{ account { key members { key } subscription { plan { key } } } }").text("/account/key")).isEqualTo(own);
        assertThat(token.ask("query ($key: String) { account(key: $key) { key } }", "key", own).text("/account/key")).isEqualTo(own);
    }

    @Test
    void itCannotGiveItselfATrial() {
        Api.Answer trial = token.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", "trial", "plan", story.key("pro"), "seats", 1, "trialDays", 730));

        assertThat(trial.errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void anotherAccountDoesNotExistForIt() {
        Api.Answer foreign = token.ask("query ($key: String) { account(key: $key) { name } }", "key", other);
        Api.Answer unknown = token.ask("query ($key: String) { account(key: $key) { name } }", "key", "no-such-account");

        assertThat(foreign.errorCode()).isEqualTo("NOT_FOUND");
        assertThat(foreign.body().at("/errors/0/message")).isEqualTo(unknown.body().at("/errors/0/message"));
        assertThat(token.ask("{ accounts { edges { node { key } } } }").errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void everyFieldOfTheRootsRefusesItAnotherAccountAndShowsNothingOfIt() {
        for (SchemaWalk.Operation operation : SchemaWalk.of(story.backend(), other, story).operations()) {
            Api.Answer answer = token.ask(operation.document());
            assertThat(answer.body().path("data").toString()).as(operation.document()).doesNotContain("canary");
            assertThat(answer.body().path("errors").toString()).as(operation.document()).doesNotContain("QUERY_TOO_COMPLEX", "INVALID_SYNTAX");
            boolean answered = !answer.body().path("data").path(operation.field()).isNull() && !answer.body().has("errors");
            assertThat(answered && operation.document().contains(other)).as(operation.document()).isFalse();
        }
    }

    /** Without this the test above could be content with documents that nobody could use. */
    @Test
    void theSameDocumentsReachTheAccountForOneWhoMay() {
        List<String> reached = SchemaWalk.of(story.backend(), other, story).operations().stream()
                .filter(operation -> !story.backend().ask(operation.document()).body().path("data").path(operation.field()).isMissingNode())
                .map(SchemaWalk.Operation::field)
                .toList();

        assertThat(reached).contains("account", "accounts", "entitlement", "assignSeat", "releaseSeat", "eraseMember", "startSubscription", "cancelPlanChange", "payInvoice", "preferPaymentMethod");
    }

    @Test
    void aQuoteOfAnotherAccountCannotBeAcceptedWithIt() {
        String foreign = story.token(other, Map.of("seats", 4));

        assertThat(story.accept(token, foreign, "click").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id } } }", "key", other)
                .at("/account/planChanges").size()).isZero();
    }

    @Test
    void aChangeOfAnotherAccountCannotBeGivenUpWithIt() {
        String foreign = waiting(other);
        assertThat(cancel(token, null, foreign).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(cancel(token, other, foreign).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(cancel(story.backend(), own, foreign).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state } } }", "key", other)
                .text("/account/planChanges/0/state")).isEqualTo("ACTION_REQUIRED");

        String change = waiting(own);
        assertThat(cancel(token(own, "ann", List.of("READ", "QUOTE"), 900), null, change).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(cancel(token, null, change).text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");
    }

    private String waiting(String account) {
        story.card(account, "pm_card_authenticationRequired");
        return story.accept(story.token(account, Map.of("seats", 9))).text("/changePlan/change/id");
    }

    private static Api.Answer cancel(Api api, String account, String change) {
        Map<String, Object> input = new HashMap<>(Map.of("change", change));
        if (account != null) {
            input.put("account", account);
        }
        return api.ask(Map.of("Idempotency-Key", UUID.randomUUID().toString()),
                "mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }", "input", input);
    }

    @Test
    void itDoesOnlyWhatItWasGranted() {
        Api reader = token(own, "ann", List.of("READ"), 900);
        String quote = story.token(own, Map.of("seats", 4));

        assertThat(story.quote(reader, null, Map.of("seats", 4)).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(story.accept(reader, quote, "click").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(reader.ask("{ apiKeys { id } }").errorCode()).isEqualTo("FORBIDDEN");
        assertThat(story.quote(token, null, Map.of("seats", 4)).text("/account/quote/__typename")).isEqualTo("Quote");
        assertThat(story.accept(token, quote, "click").text("/changePlan/__typename")).isEqualTo("PlanChanged");
    }

    @Test
    void itEndsWithItsTimeAndWithItsKey() {
        String secret = stories.secret(Set.of(Permission.ACCOUNTS, Permission.READ));
        Api minted = new Api(stories.url(), mint(stories.api(secret), own, "ann", List.of("READ"), 60));
        assertThat(minted.ask("{ account { key } }").text("/account/key")).isEqualTo(own);

        stories.clock().advance(Duration.ofSeconds(60));

        assertThat(minted.ask("{ account { key } }").status()).isEqualTo(401);
        Api second = token(own, "ann", List.of("READ"), 900);
        assertThat(second.ask("{ account { key } }").status()).isEqualTo(200);
        vendor.ask("mutation ($id: ID!) { revokeApiKey(input: {id: $id}) { revokedAt } }", "id", keyOf(vendor));
        assertThat(second.ask("{ account { key } }").status()).isEqualTo(401);
    }

    @Test
    void aBrowserMaySendItFromAConfiguredOriginOnly() {
        String body = "{\"query\": \"{ account { key } }\"}";
        assertThat(token.post("/graphql", body, Map.of("Origin", ORIGIN)).status()).isEqualTo(200);
        assertThat(token.post("/graphql", body, Map.of("Origin", "https://evil.example")).status()).isEqualTo(403);
    }

    @Test
    void nobodyAndStrangersAreTurnedAwayWithACode() {
        for (String credential : List.of("", "hr_wrong", "a.b.c", token.credential() + "x")) {
            Api.Answer answer = new Api(stories.url(), credential).ask("{ products { key } }");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("UNAUTHENTICATED");
        }
    }

    private void member(String account, String key) {
        story.backend().ask("""
                mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { id } } } }""",
                "input", Map.of("idempotencyKey", story.key("member-" + key), "account", account, "key", key, "name", key, "email", key + "@example.com"))
                .at("/addMember/member/id");
    }

    private Api token(String account, String member, List<String> permissions, int seconds) {
        return new Api(stories.url(), mint(vendor, account, member, permissions, seconds));
    }

    private static String mint(Api by, String account, String member, List<String> permissions, int seconds) {
        return by.ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", member, "permissions", permissions, "lifetimeSeconds", seconds))
                .text("/createAccountToken/token");
    }

    private static String keyOf(Api api) {
        JsonNode keys = api.ask("{ apiKeys { id hint } }").at("/apiKeys");
        return keys.valueStream()
                .filter(key -> api.credential().startsWith(key.at("/hint").asString()))
                .findFirst()
                .orElseThrow()
                .at("/id")
                .asString();
    }
}
