package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import dev.headroom.identity.Role;
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
import tools.jackson.databind.JsonNode;

/** A pricing editor prepares everything and puts nothing on sale, whichever door they try; and a policy binds whoever may. */
@HeadroomTest
class SideDoorStoryTest {

    @Autowired
    Stories stories;

    private Story story;
    private Api editor;

    @BeforeEach
    void aVendorAndItsPricingEditor() {
        story = stories.beginWithCatalogOfItsOwn();
        editor = with(Role.PRICING_EDITOR.permissions());
    }

    @AfterEach
    void thePolicyIsTheUsualOne() {
        policy(true);
    }

    private Api with(Set<Permission> permissions) {
        return stories.api(stories.secret(permissions));
    }

    private void policy(boolean editorMayPublish) {
        story.backend().ask("mutation ($input: SetPublishingPolicyInput!) { setPublishingPolicy(input: $input) { __typename } }", "input",
                Map.of("editorMayPublish", editorMayPublish, "confirmAbove", 25, "riseNoticeDays", 14, "noticeDays", 0)).at("/setPublishingPolicy");
    }

    private Api.Answer made(Api api, String mutation, String input, String success) {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "key", key(), "name", "Quick", "rank", 30,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 100)), "entitlements", List.of()));
        return api.ask("mutation ($input: %s!) { %s(input: $input) { __typename ... on %s { version { state } } } }".formatted(input, mutation, success), "input", wanted);
    }

    private Api.Answer plan(Api api) {
        return made(api, "createPlan", "CreatePlanInput", "PlanCreated");
    }

    private Api.Answer addOn(Api api) {
        return made(api, "createAddOn", "CreateAddOnInput", "AddOnCreated");
    }

    private String key() {
        return "quick-" + story.number();
    }

    @Test
    void anEditorMakesNoPlanAndNoAddOnThatIsOnSale() {
        assertThat(plan(editor).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(addOn(editor).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(there().isNull()).isTrue();
        assertThat(plan(with(Role.PUBLISHER.permissions())).text("/createPlan/version/state")).isEqualTo("PUBLISHED");
    }

    @Test
    void whoPreparesDoesNotSellWhereThePolicySaysSo() {
        policy(false);
        Api.Answer refused = plan(story.backend());
        assertThat(refused.errorCode()).isEqualTo("FORBIDDEN");
        assertThat(refused.body().at("/errors/0/message").asString()).contains("have somebody else publish it");
        assertThat(addOn(story.backend()).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(there().isNull()).as("nothing is left of it").isTrue();
        assertThat(file(story.backend(), newPlan())).containsExactly("DRAFTED PLAN " + key());
        assertThat(there().isNull()).isTrue();
    }

    @Test
    void aFileOfAnEditorPreparesWhatIsNewInDrafts() {
        JsonNode seen = preview(editor, newPlan());
        assertThat(differing(seen)).containsExactly("DRAFTED PLAN " + key());
        assertThat(seen.at("/differences").toString()).contains("It is prepared in a draft, which somebody else publishes");
        assertThat(file(editor, newPlan())).containsExactly("DRAFTED PLAN " + key());
        assertThat(there().isNull()).isTrue();
        JsonNode draft = draft();
        assertThat(draft.at("/sheet/name").asString()).isEqualTo("Quick");
        assertThat(draft.at("/sheet/prices/0/flat").asInt()).isEqualTo(100);
        assertThat(draft.at("/findings").valueStream().map(each -> each.at("/severity").asString())).doesNotContain("ERROR");

        assertThat(differing(preview(editor, newPlan()))).containsExactly("WAITING PLAN " + key());
        assertThat(file(editor, newPlan())).as("again changes nothing").isEmpty();
        JsonNode other = preview(editor, newPlan().replace("flat: 100", "flat: 200"));
        assertThat(differing(other)).containsExactly("DRAFTED PLAN " + key());
        assertThat(other.at("/differences").toString()).contains("The draft that is open, changed last by");
        file(editor, newPlan().replace("flat: 100", "flat: 200"));
        assertThat(draft().at("/sheet/prices/0/flat").asInt()).isEqualTo(200);
        assertThat(file(story.backend(), newPlan())).as("who may sell it does").containsExactly("CREATED PLAN " + key());
    }

    @Test
    void aFileOfAnEditorPreparesAnOwnPriceInADraft() {
        String account = story.account("acme");
        String own = newPlan().replace("name: Quick", "name: Quick\n        account: %s\n        insteadOf: %s".formatted(account, story.key("pro")));
        assertThat(file(editor, own)).containsExactly("DRAFTED PLAN " + key());
        assertThat(there().isNull()).isTrue();
        assertThat(draft().at("/account/key").asString()).isEqualTo(account);
        assertThat(draft().at("/sheet/prices")).hasSize(1);
        assertThat(file(editor, own)).isEmpty();
        assertThat(errors(preview(editor, newPlan()))).as("whose it is stays").singleElement().asString().contains("own price");
    }

    @Test
    void whatNamesAPlanThatIsPreparedOnlyIsSaidSo() {
        String offered = newPlan() + """
                    offers:
                      - key: %1$s-ten
                        name: Ten
                        percentOff: 10
                        duration: ONCE
                        from: 2026-03-01T00:00:00Z
                        until: 2099-04-01T00:00:00Z
                        plans: [%1$s]
                """.formatted(key()).indent(0);
        assertThat(errors(preview(editor, offered))).singleElement().asString().contains("offers[0].plans", key());
        assertThat(errors(preview(story.backend(), offered))).isEmpty();
    }

    @Test
    void howCustomersMoveHoldsAtOnceAndIsNotForEditors() {
        Map<String, Object> rule = Map.of("idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "kind", "START", "to", story.key("pro"), "transition", "BY_APPROVAL");
        assertThat(editor.ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { __typename } }", "input", rule).errorCode()).isEqualTo("FORBIDDEN");
        String made = story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }", "input", rule)
                .text("/addTransitionRule/rule/id");
        assertThat(editor.ask("mutation ($input: RemoveTransitionRuleInput!) { removeTransitionRule(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "rule", made)).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(editor.ask("mutation ($input: SetCreditGuardInput!) { setCreditGuard(input: $input) { __typename } }", "input",
                Map.of("product", story.key("suite"), "days", 9, "measure", "NO_CREDIT")).errorCode()).isEqualTo("FORBIDDEN");

        String guarded = "catalog: 1\nproducts:\n  - key: %s\n    name: Suite\n    creditGuard: {days: 9, measure: NO_CREDIT}\n    transitionRules:\n      - {kind: START, transition: BY_APPROVAL}\n"
                .formatted(story.key("suite"));
        assertThat(errors(preview(editor, guarded))).hasSize(2).allMatch(error -> error.contains("PUBLISH"));
        assertThat(errors(preview(story.backend(), guarded))).isEmpty();
    }

    @Test
    void theRolesSaySo() {
        assertThat(EnumSet.copyOf(Role.PRICING_EDITOR.permissions())).doesNotContain(Permission.PUBLISH);
    }

    private String newPlan() {
        return """
                catalog: 1
                products:
                  - key: %s
                    name: Suite
                    plans:
                      - key: %s
                        name: Quick
                        rank: 30
                        prices: [{interval: MONTH, currency: USD, flat: 100}]
                """.formatted(story.key("suite"), key());
    }

    private JsonNode there() {
        return story.backend().ask("query ($key: String!) { plan(key: $key) { key } }", "key", key()).at("/plan");
    }

    private JsonNode draft() {
        return story.backend().ask("{ drafts(state: OPEN, first: 50) { edges { node { key account { key } revision findings { severity } sheet { name prices { flat } } } } } }").at("/drafts/edges")
                .valueStream().map(edge -> edge.at("/node")).filter(node -> node.at("/key").asString().equals(key())).findFirst().orElseThrow();
    }

    private static JsonNode preview(Api api, String yaml) {
        return api.ask("""
                query ($yaml: String!) { previewCatalogImport(yaml: $yaml) {
                  fingerprint findings { error path message } differences { subject effect key words } } }""", "yaml", yaml).at("/previewCatalogImport");
    }

    private static List<String> errors(JsonNode preview) {
        return preview.at("/findings").valueStream().filter(each -> each.at("/error").asBoolean()).map(each -> each.at("/path").asString() + ": " + each.at("/message").asString()).toList();
    }

    private static List<String> differing(JsonNode preview) {
        return preview.at("/differences").valueStream().filter(each -> !each.at("/effect").asString().equals("LEFT"))
                .map(each -> each.at("/effect").asString() + " " + each.at("/subject").asString() + " " + each.at("/key").asString()).toList();
    }

    /** What was done. */
    private static List<String> file(Api api, String yaml) {
        Map<String, Object> input = Map.of("idempotencyKey", UUID.randomUUID().toString(), "yaml", yaml, "expectedFingerprint", preview(api, yaml).at("/fingerprint").asString());
        return api.ask("mutation ($input: ApplyCatalogInput!) { applyCatalog(input: $input) { ... on CatalogApplied { done { effect subject key } } } }", "input", input)
                .at("/applyCatalog/done").valueStream()
                .map(each -> each.at("/effect").asString() + " " + each.at("/subject").asString() + " " + each.at("/key").asString()).toList();
    }
}
