package dev.headroom.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.Story;
import dev.headroom.impact.LookedAtWhole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A plan of 10.00 a seat, or 100.00 a year, that some have bought; the next version of which somebody drafts, looks at and publishes. */
record RolloutDesk(Story story, ApplicationContext headroom) {

    private static final String ROLLOUT = """
            id state plan kind version previous timing mostRisePercent riseNoticeDays noticeDays reason decidedBy publishAt zone publishedAt withdrawnAt finishedAt failure csv
            counts { total waiting notified moving scheduled moved skipped failed } segment { versions intervals currencies accounts } draft { state } impact { id }""";

    String plan() {
        return "roll-" + story.number();
    }

    void sell() {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", plan(), "product", story.key("suite"), "key", plan(), "name", "Roll", "rank", 7, "prices", List.of(
                        Map.of("interval", "MONTH", "currency", "USD", "perSeat", "1000"), Map.of("interval", "YEAR", "currency", "USD", "perSeat", "10000")),
                "entitlements", List.of(Map.of("feature", story.key("seats"), "included", 0), Map.of("feature", story.key("calls"), "included", 1_000))))
                .at("/createPlan/version");
    }

    String bought(String name, Map<String, Object> more) {
        String account = story.account(name);
        story.card(account, "pm_card_visa");
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("plan", plan());
        story.start(account, wanted).at("/startSubscription/subscription/id");
        return account;
    }

    /** A draft that costs so much a seat and month. */
    JsonNode drafted(Api api, String perSeat) {
        JsonNode draft = api.ask("mutation ($input: OpenDraftInput!) { openDraft(input: $input) { ... on DraftOpened { draft { id revision sheet { prices { id interval } } } } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "plan", plan())).at("/openDraft/draft");
        return priced(api, draft, perSeat);
    }

    JsonNode priced(Api api, JsonNode draft, String perSeat) {
        String monthly = draft.at("/sheet/prices").valueStream().filter(each -> each.at("/interval").asString().equals("MONTH")).findFirst().orElseThrow().at("/id").asString();
        return api.ask("mutation ($input: EditDraftInput!) { editDraft(input: $input) { ... on DraftEdited { draft { id revision sheet { prices { id interval } } } } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "edits",
                        List.of(Map.of("price", Map.of("id", monthly, "interval", "MONTH", "currency", "USD", "perSeat", perSeat))))).at("/editDraft/draft");
    }

    String looked(JsonNode draft) {
        String impact = previewed(draft).at("/impact/id").asString();
        LookedAtWhole.by(headroom);
        return impact;
    }

    JsonNode previewed(JsonNode draft) {
        return story.backend().ask("""
                mutation ($input: PreviewImpactInput!) { previewImpact(input: $input) { __typename ... on ImpactStarted { impact { id state total } }
                  ... on DraftHasFindings { findings { path } } ... on DraftNotOpen { draft { state } } } }""",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString())).at("/previewImpact");
    }

    Map<String, Object> publishing(JsonNode draft, String impact, Map<String, Object> choice, @Nullable String confirmation) {
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "draft", draft.at("/id").asString(), "revision", draft.at("/revision").asInt(), "impact", impact,
                "rollout", choice, "reason", "Prices of next year"));
        if (confirmation != null) {
            input.put("confirmation", confirmation);
        }
        return input;
    }

    Api.Answer publish(Api api, Map<String, Object> input) {
        return api.ask("""
                mutation ($input: PublishDraftInput!) { publishDraft(input: $input) { __typename ... on DraftPublished { rollout { %s } }
                  ... on DraftEditedSince { draft { revision } } ... on DraftHasFindings { findings { path } } ... on DraftNotOpen { draft { state } }
                  ... on ImpactNotUsable { flaw impact { state } } ... on ConfirmationWanted { confirmation accounts } ... on PublisherIsEditor { draft { id } }
                  ... on RolloutNotOver { rollout { id } } ... on PublishDateOver { publishAt } ... on NoticeTooShort { least } ... on RiseAboveBound { most } } }""".formatted(ROLLOUT),
                "input", input);
    }

    /** Published, without being asked for anything more. */
    JsonNode published(JsonNode draft, String impact, Map<String, Object> choice) {
        JsonNode answer = publish(story.backend(), publishing(draft, impact, choice, plan())).at("/publishDraft");
        assertThat(answer.at("/__typename").asString()).as(answer.toString()).isEqualTo("DraftPublished");
        return answer.at("/rollout");
    }

    /** A draft of so much a seat, looked at and published. */
    JsonNode published(String perSeat, Map<String, Object> choice) {
        JsonNode draft = drafted(story.backend(), perSeat);
        return published(draft, looked(draft), choice);
    }

    String refused(JsonNode draft, String impact, Map<String, Object> choice, @Nullable String confirmation) {
        return publish(story.backend(), publishing(draft, impact, choice, confirmation)).text("/publishDraft/__typename");
    }

    /** What moving those who have another version to the one that is on sale would do. */
    Api.Answer previewed(Map<String, Object> segment, int version) {
        return story.backend().ask("""
                mutation ($input: PreviewMoveInput!) { previewMove(input: $input) { __typename
                  ... on MoveImpactStarted { impact { id state total version segment { versions accounts } } } ... on VersionNotOnSale { version onSale } } }""",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "plan", plan(), "version", version, "segment", segment));
    }

    String looked(Map<String, Object> segment, int version) {
        String impact = previewed(segment, version).at("/previewMove/impact/id").asString();
        LookedAtWhole.by(headroom);
        return impact;
    }

    Map<String, Object> moving(String impact, int version, Map<String, Object> choice, @Nullable String confirmation) {
        Map<String, Object> input = new HashMap<>(Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "plan", plan(), "version", version, "impact", impact, "rollout", choice, "reason", "One price for all"));
        if (confirmation != null) {
            input.put("confirmation", confirmation);
        }
        return input;
    }

    Api.Answer move(Api api, Map<String, Object> input) {
        return api.ask("""
                mutation ($input: MoveSubscribersInput!) { moveSubscribers(input: $input) { __typename ... on SubscribersMoving { rollout { %s } }
                  ... on VersionNotOnSale { version onSale } ... on ImpactNotUsable { flaw impact { state } } ... on ConfirmationWanted { confirmation accounts }
                  ... on PublisherIsEditor { draft { id } } ... on RolloutNotOver { rollout { id } } ... on PublishDateOver { publishAt } ... on NoticeTooShort { least }
                  ... on RiseAboveBound { most } } }""".formatted(ROLLOUT), "input", input);
    }

    String outcome(String impact, int version, Map<String, Object> choice, @Nullable String confirmation) {
        return move(story.backend(), moving(impact, version, choice, confirmation)).text("/moveSubscribers/__typename");
    }

    void work() {
        RolloutRuns runs = headroom.getBean(RolloutRuns.class);
        while (runs.sweep(100) > 0) { }
    }

    JsonNode read(JsonNode rollout) {
        return story.backend().ask("query ($id: ID!) { rollout(id: $id) { " + ROLLOUT + " } }", "id", rollout.at("/id").asString()).at("/rollout");
    }

    /** Each account with where it stands and why. */
    Map<String, String> accounts(JsonNode rollout) {
        Map<String, String> found = new HashMap<>();
        story.backend().ask("""
                query ($id: ID!) { rollout(id: $id) { accounts(first: 100) { edges { node { account { key } state reason detail from change { state charged { amountMinor } } } } } } }""",
                "id", rollout.at("/id").asString()).at("/rollout/accounts/edges").forEach(edge -> found.put(edge.at("/node/account/key").asString(),
                edge.at("/node/state").asString() + (edge.at("/node/reason").isNull() ? "" : " " + edge.at("/node/reason").asString())
                        + (edge.at("/node/change/charged").isObject() ? " " + edge.at("/node/change/charged/amountMinor").asLong() : "")));
        return found;
    }

    JsonNode turn(String mutation, JsonNode rollout) {
        return story.backend().ask("mutation ($input: TurnRolloutInput!) { " + mutation + "(input: $input) { __typename ... on RolloutStateForbids { rollout { state } } } }",
                "input", Map.of("rollout", rollout.at("/id").asString())).at("/" + mutation);
    }

    /** The file of all accounts, line by line without its heading. */
    List<String> csv(JsonNode rollout) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(story.backend().url() + rollout.at("/csv").asString()))
                    .header("Authorization", "Bearer " + story.backend().credential()).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body()).startsWith("account,name,subscription,state,reason,detail,version_before,");
            return response.body().lines().skip(1).toList();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Of what an account pays for a period, in minor units. */
    long recurring(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", account)
                .at("/account/subscription/recurring/amountMinor").asLong();
    }

    JsonNode coming(Api api, @Nullable String account) {
        return api.ask("query ($account: String) { comingVersions(account: $account) { plan version notifiedAt at prorated recurringBefore { amountMinor } recurringAfter { amountMinor } } }",
                "account", account).at("/comingVersions");
    }

    void policy(Map<String, Object> policy) {
        story.backend().ask("mutation ($input: SetPublishingPolicyInput!) { setPublishingPolicy(input: $input) { ... on PublishingPolicySet { policy { confirmAbove } } } }",
                "input", policy).at("/setPublishingPolicy/policy");
    }

    /** What holds until somebody says something else. */
    static Map<String, Object> usual() {
        return new HashMap<>(Map.of("editorMayPublish", true, "confirmAbove", 25, "riseNoticeDays", 14, "noticeDays", 0));
    }
}
