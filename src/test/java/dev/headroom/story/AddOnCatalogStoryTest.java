package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.param.PriceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.actor.Permission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What is sold beside the plans of a product, and what cannot be. */
@HeadroomTest
class AddOnCatalogStoryTest {

    private static final Map<String, Object> FLAT = Map.of("interval", "MONTH", "currency", "USD", "flat", 2_900);
    private static final Map<String, Object> EACH = Map.of("interval", "MONTH", "currency", "USD", "perSeat", "4900");

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void anAddOnIsSoldBesideThePlansAndIsNone() {
        JsonNode product = story.backend().ask("query ($key: String!) { product(key: $key) { plans { key } addOns { key product { key } onSale { number state addOn { key }"
                + " prices { model summary rate(quantity: 3) { amount { amountMinor } } } entitlements { feature { key } included policy } } } } }",
                "key", story.key("suite")).at("/product");

        assertThat(keys(product.at("/plans"))).containsExactly(story.key("free"), story.key("starter"), story.key("team"), story.key("pro"));
        assertThat(keys(product.at("/addOns"))).containsExactly(story.key("seat-pack"), story.key("insights"));
        JsonNode pack = product.at("/addOns").valueStream().filter(each -> each.at("/key").asString().equals(story.key("seat-pack"))).findFirst().orElseThrow();
        assertThat(pack.at("/product/key").asString()).isEqualTo(story.key("suite"));
        assertThat(pack.at("/onSale/addOn/key").asString()).isEqualTo(story.key("seat-pack"));
        assertThat(pack.at("/onSale/prices/0/summary").asString()).isEqualTo("$49.00 each a month");
        assertThat(pack.at("/onSale/prices/0/rate/amount/amountMinor").asLong()).isEqualTo(14_700);
        assertThat(pack.at("/onSale/entitlements/0/included").asLong()).isEqualTo(5);

        assertThat(one("addOn", "seat-pack").at("/key").asString()).isEqualTo(story.key("seat-pack"));
        assertThat(one("addOn", "team").isNull()).isTrue();
        assertThat(one("plan", "seat-pack").isNull()).isTrue();
        assertThat(story.backend().ask("query ($keys: [String!]!) { comparePlans(plans: $keys) { differs } }", "keys", List.of(story.key("seat-pack"))).errorCode())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void whatIsOnSaleIsMadeAtStripe() throws StripeException {
        JsonNode made = create(addOn("calls-pack", List.of(EACH), granted("calls", 1_000)), Map.of()).at("/createAddOn/version");

        Price price = stripe.v1().prices().list(PriceListParams.builder().addLookupKey(made.at("/prices/0/id").asString()).addExpand("data.product").build())
                .getData().getFirst();
        assertThat(price.getUnitAmountDecimal()).isEqualByComparingTo("4900");
        assertThat(price.getRecurring().getInterval()).isEqualTo("month");
        assertThat(price.getProductObject().getName()).isEqualTo("calls-pack");
        assertThat(price.getProductObject().getMetadata()).containsEntry("headroom_plan", made.at("/addOn/id").asString());
    }

    @Test
    void addOnsAreShownInTheirOrder() {
        create(addOn("last", List.of(FLAT), granted("sso")), Map.of("rank", 9)).at("/createAddOn/version");
        create(addOn("second", List.of(FLAT), granted("sso")), Map.of("rank", 4)).at("/createAddOn/version");

        JsonNode shown = story.backend().ask("query ($key: String!) { product(key: $key) { addOns { key } } }", "key", story.key("suite")).at("/product/addOns");

        assertThat(keys(shown)).hasSize(4).endsWith(story.key("second"), story.key("last"));
    }

    @Test
    void aCommandRepeatedMakesNothingTwice() {
        Map<String, Object> command = addOn("calls-pack", List.of(EACH), granted("calls", 1_000));
        String made = create(command, Map.of()).text("/createAddOn/version/id");

        assertThat(create(command, Map.of()).text("/createAddOn/version/id")).isEqualTo(made);
        assertThat(create(command, Map.of("name", "another")).errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void plansAndAddOnsShareTheirKeys() {
        Api.Answer asAddOn = create(addOn("team", List.of(FLAT), granted("sso")), Map.of());
        assertThat(asAddOn.text("/createAddOn/__typename")).isEqualTo("PlanKeyTaken");
        assertThat(asAddOn.text("/createAddOn/plan/key")).isEqualTo(story.key("team"));
        Api.Answer again = create(addOn("insights", List.of(FLAT), granted("sso")), Map.of("idempotencyKey", UUID.randomUUID().toString()));
        assertThat(again.text("/createAddOn/__typename")).isEqualTo("AddOnKeyTaken");
        assertThat(again.text("/createAddOn/addOn/key")).isEqualTo(story.key("insights"));

        Api.Answer asPlan = story.backend().ask(
                "mutation ($input: CreatePlanInput!) { createPlan(input: $input) { __typename ... on AddOnKeyTaken { addOn { key } } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "key", story.key("seat-pack"), "name", "x",
                        "rank", 9, "prices", List.of(FLAT), "entitlements", List.of()));
        assertThat(asPlan.text("/createPlan/__typename")).isEqualTo("AddOnKeyTaken");
        assertThat(asPlan.text("/createPlan/addOn/key")).isEqualTo(story.key("seat-pack"));
    }

    @Test
    void whatWouldNotBeMoreIsNotSoldSeveralTimes() {
        assertThat(refused(List.of(EACH), granted("sso"))).isEqualTo("input.prices");
        assertThat(refused(List.of(EACH))).isEqualTo("input.prices");
        assertThat(refused(List.of(EACH, Map.of("interval", "YEAR", "currency", "USD", "flat", 1)), granted("seats", 5))).isEqualTo("input.prices");
        assertThat(refused(List.of(EACH), granted("seats", 5), granted("calls"))).isEqualTo("input.entitlements[1].included");
        assertThat(refused(List.of(EACH), granted("seats", 0))).isEqualTo("input.entitlements[0].included");
        assertThat(refused(List.of(FLAT), granted("seats", 0))).isEqualTo("input.entitlements[0].included");
        assertThat(refused(List.of(FLAT), granted("sso"), granted("sso"))).isEqualTo("input.entitlements[1].feature");
        assertThat(refused(List.of(), granted("sso"))).isEqualTo("input.prices");
        assertThat(create(addOn("unlimited-seats", List.of(FLAT), granted("seats")), Map.of()).text("/createAddOn/__typename")).isEqualTo("AddOnCreated");
        assertThat(create(addOn("seats-and-sso", List.of(EACH), granted("seats", 1), granted("sso")), Map.of()).text("/createAddOn/__typename")).isEqualTo("AddOnCreated");
    }

    @Test
    void onlyWhoMayChangeTheCatalogSellsSomething() {
        EnumSet<Permission> others = EnumSet.complementOf(EnumSet.of(Permission.CATALOG));

        assertThat(ask(stories.api(stories.secret(others)), addOn("new", List.of(FLAT), granted("sso"))).errorCode()).isEqualTo("FORBIDDEN");
    }

    private String refused(List<Map<String, Object>> prices, Map<?, ?>... granted) {
        Api.Answer answer = create(addOn("refused", prices, granted), Map.of());
        assertThat(answer.errorCode()).isIn("INVALID_INPUT");
        return answer.body().at("/errors/0/extensions/field").asString();
    }

    private Map<String, Object> granted(String feature) {
        return Map.of("feature", story.key(feature));
    }

    private Map<String, Object> granted(String feature, long included) {
        return Map.of("feature", story.key(feature), "included", included);
    }

    private Map<String, Object> addOn(String name, List<Map<String, Object>> prices, Map<?, ?>... granted) {
        return Map.of("idempotencyKey", "new-" + story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name, "prices", prices,
                "entitlements", List.of(granted));
    }

    private Api.Answer create(Map<String, Object> command, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(command);
        input.putAll(more);
        return ask(story.backend(), input);
    }

    private static Api.Answer ask(Api api, Map<String, Object> input) {
        return api.ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { __typename ... on AddOnCreated { version { id addOn { id } prices { id } } }"
                + " ... on AddOnKeyTaken { addOn { key } } ... on PlanKeyTaken { plan { key } } } }", "input", input);
    }

    private JsonNode one(String field, String name) {
        return story.backend().ask("query ($key: String!) { " + field + "(key: $key) { key } }", "key", story.key(name)).at("/" + field);
    }

    private static List<String> keys(JsonNode list) {
        List<String> keys = new ArrayList<>();
        list.forEach(each -> keys.add(each.at("/key").asString()));
        return keys;
    }
}
