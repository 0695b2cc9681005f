package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Features are added, called otherwise and retired while plans that grant them are sold. */
@HeadroomTest
class FeatureStoryTest {

    private static final String FEATURE = "feature { key name description unit kind retiredAt usedBy }";

    @Autowired
    Stories stories;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void aProductIsGivenMoreFeaturesOnce() {
        Map<String, Object> input = keyed(Map.of("product", story.key("suite"), "features", List.of(
                Map.of("key", story.key("exports"), "name", "Exports", "kind", "GATE", "description", "Everything as CSV"))));
        for (int i = 0; i < 2; i++) {
            JsonNode added = ask("addFeatures", "AddFeaturesInput", "... on FeaturesAdded { product { key } features { key description } }", input).at("/addFeatures");
            assertThat(added.at("/product/key").asString()).isEqualTo(story.key("suite"));
            assertThat(added.at("/features/0/description").asString()).isEqualTo("Everything as CSV");
        }
        assertThat(features(false)).endsWith(story.key("exports")).contains(story.key("seats"));
        plan("exporting", story.key("exports")).at("/createPlan/version");
    }

    @Test
    void aKeyThatSomeProductHasAFeatureOfIsRefused() {
        Map<String, Object> again = Map.of("key", story.key("calls"), "name", "Calls", "kind", "GATE");
        Api.Answer added = ask("addFeatures", "AddFeaturesInput", "__typename", keyed(Map.of("product", story.key("suite"), "features", List.of(again))));
        assertThat(added.errorCode()).isEqualTo("ALREADY_EXISTS");
        assertThat(added.body().toString()).contains("input.features[0].key");
        Api.Answer created = ask("createProduct", "CreateProductInput", "__typename",
                keyed(Map.of("key", story.key("other"), "name", "Other", "features", List.of(again))));
        assertThat(created.errorCode()).isEqualTo("ALREADY_EXISTS");
        Api.Answer seats = ask("addFeatures", "AddFeaturesInput", "__typename", keyed(Map.of("product", story.key("suite"), "features",
                List.of(Map.of("key", story.key("more-seats"), "name", "More seats", "kind", "ALLOWANCE", "seats", true)))));
        assertThat(seats.errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void whatIsSaidOfAFeatureCanBeSaidOtherwise() {
        JsonNode edited = ask("editFeature", "EditFeatureInput", "... on FeatureEdited { " + FEATURE + " }",
                Map.of("feature", story.key("calls"), "name", "Requests", "description", "<b>All</b> of them", "unit", "request")).at("/editFeature/feature");
        assertThat(List.of(edited.at("/name").asString(), edited.at("/description").asString(), edited.at("/unit").asString(), edited.at("/kind").asString()))
                .containsExactly("Requests", "<b>All</b> of them", "request", "METER");

        JsonNode emptied = ask("editFeature", "EditFeatureInput", "... on FeatureEdited { " + FEATURE + " }",
                Map.of("feature", story.key("calls"), "description", "")).at("/editFeature/feature");
        assertThat(List.of(emptied.at("/name").asString(), emptied.at("/description").asString())).containsExactly("Requests", "");
        assertThat(ask("editFeature", "EditFeatureInput", "__typename", Map.of("feature", story.key("calls"), "name", " ")).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(ask("editFeature", "EditFeatureInput", "__typename", Map.of("feature", story.key("nothing"), "name", "No")).errorCode()).isEqualTo("NOT_FOUND");

        JsonNode product = ask("editProduct", "EditProductInput", "... on ProductEdited { product { name description } }",
                Map.of("product", story.key("suite"), "name", "The suite")).at("/editProduct/product");
        assertThat(product.at("/name").asString()).isEqualTo("The suite");
    }

    @Test
    void whatIsInUseIsNotRetiredAndTheAnswerSaysWhere() {
        JsonNode refused = retire("calls");
        assertThat(refused.at("/__typename").asString()).isEqualTo("FeatureInUse");
        assertThat(refused.at("/plans").valueStream().map(plan -> plan.at("/key").asString())).contains(story.key("team"), story.key("pro"));
        assertThat(features(false)).contains(story.key("calls"));
        assertThat(story.backend().ask("query ($key: String!) { product(key: $key) { features { key usedBy } } }", "key", story.key("suite")).at("/product/features").valueStream()
                .filter(each -> each.at("/key").asString().equals(story.key("calls"))).findFirst().orElseThrow().at("/usedBy").toString()).contains(story.key("team"));
    }

    @Test
    void whatNothingUsesIsRetiredAndCanBeRestored() {
        ask("addFeatures", "AddFeaturesInput", "__typename", keyed(Map.of("product", story.key("suite"), "features", List.of(
                Map.of("key", story.key("beta"), "name", "Beta", "kind", "GATE"))))).at("/addFeatures");
        String since = retire("beta").at("/feature/retiredAt").asString();
        assertThat(since).isNotEmpty();
        assertThat(retire("beta").at("/feature/retiredAt").asString()).as("twice changes nothing").isEqualTo(since);
        assertThat(features(false)).doesNotContain(story.key("beta"));
        assertThat(features(true)).contains(story.key("beta"));
        assertThat(plan("with-beta", story.key("beta")).errorCode()).isEqualTo("NOT_FOUND");

        assertThat(ask("restoreFeature", "RestoreFeatureInput", "... on FeatureRestored { " + FEATURE + " }", Map.of("feature", story.key("beta")))
                .at("/restoreFeature/feature/retiredAt").isNull()).isTrue();
        plan("with-beta", story.key("beta")).at("/createPlan/version");
        assertThat(retire("beta").at("/plans/0/key").asString()).isEqualTo(story.key("with-beta"));
    }

    @Test
    void accountsThatHaveItAreCountedOnceEach() {
        String seen = story.subscribed("one", "starter", 0);
        story.subscribed("two", "team", 2);
        story.account("three");
        assertThat(accounts(story.backend(), "seats")).isEqualTo(2);
        assertThat(accounts(story.backend(), "sso")).as("no plan of theirs grants it").isZero();
        story.accept(story.token(seen, Map.of("addOns", List.of(Map.of("addOn", story.key("seat-pack"), "quantity", 1))))).at("/changePlan/change/id");
        assertThat(accounts(story.backend(), "seats")).as("by plan and add-on together").isEqualTo(2);
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }", "input",
                Map.of("idempotencyKey", story.key("ann"), "account", seen, "key", "ann", "name", "Ann", "email", "ann@example.com")).at("/addMember");
        Api member = new Api(stories.url(), story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", seen, "member", "ann", "permissions", List.of("READ"))).text("/createAccountToken/token"));
        assertThat(accounts(member, "seats")).as("how large the vendor is concerns no customer").isNull();
    }

    private @Nullable Integer accounts(Api api, String feature) {
        JsonNode found = api.ask("query ($key: String!) { product(key: $key) { features { key accounts } } }", "key", story.key("suite")).at("/product/features").valueStream()
                .filter(each -> each.at("/key").asString().equals(story.key(feature))).findFirst().orElseThrow().at("/accounts");
        return found.isNull() ? null : Integer.valueOf(found.asInt());
    }

    private JsonNode retire(String feature) {
        return ask("retireFeature", "RetireFeatureInput",
                "__typename ... on FeatureRetired { " + FEATURE + " } ... on FeatureInUse { plans { key } addOns { key } features { key } }",
                Map.of("feature", story.key(feature))).at("/retireFeature");
    }

    private Api.Answer plan(String name, String feature) {
        return ask("createPlan", "CreatePlanInput", "... on PlanCreated { version { id } }", keyed(Map.of(
                "product", story.key("suite"), "key", story.key(name), "name", name, "rank", 50,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 100)), "entitlements", List.of(Map.of("feature", feature)))));
    }

    private List<String> features(boolean retired) {
        return story.backend().ask("query ($key: String!, $retired: Boolean!) { product(key: $key) { features(retired: $retired) { key } } }",
                "key", story.key("suite"), "retired", retired).at("/product/features").valueStream().map(each -> each.at("/key").asString()).toList();
    }

    private Api.Answer ask(String mutation, String type, String fields, Map<String, Object> input) {
        return story.backend().ask("mutation ($input: " + type + "!) { " + mutation + "(input: $input) { " + fields + " } }", "input", input);
    }

    private static Map<String, Object> keyed(Map<String, Object> input) {
        Map<String, Object> keyed = new HashMap<>(input);
        keyed.put("idempotencyKey", UUID.randomUUID().toString());
        return keyed;
    }
}
