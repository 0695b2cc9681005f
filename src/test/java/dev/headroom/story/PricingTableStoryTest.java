package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A vendor's pricing page is drawn with one query, and shows what a buyer could buy. */
@HeadroomTest
class PricingTableStoryTest {

    @Autowired
    Stories stories;

    private Story story;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
    }

    @Test
    void eachPlanIsToldFromTheOneBelowIt() {
        JsonNode table = table(story.backend(), null);
        assertThat(table.at("/currency").asString()).isEqualTo("USD");
        assertThat(names(table)).containsExactly("free", "starter", "team", "pro");
        assertThat(plan(table, 0).at("/everythingIn").isNull()).isTrue();
        assertThat(plan(table, 0).at("/adds")).hasSize(3);
        assertThat(plan(table, 1).at("/everythingIn/name").asString()).isEqualTo("free");
        assertThat(features(plan(table, 1))).as("more seats and calls, the same support").containsExactly("Seats", "API calls");
        assertThat(plan(table, 2).at("/everythingIn/name").asString()).as("seats that are sold one by one are as many as wanted").isEqualTo("starter");
        assertThat(features(plan(table, 3))).containsExactly("API calls", "Single sign-on", "Support");

        assertThat(plan(table, 2).at("/month/summary").asString()).isEqualTo("$25.00 a seat a month");
        assertThat(plan(table, 2).at("/yearSaving/percent").asInt()).isEqualTo(16);
        assertThat(plan(table, 2).at("/yearSaving/amount/amountMinor").asLong()).isEqualTo(5_000);
        assertThat(plan(table, 0).at("/yearSaving").isNull()).as("of nothing nothing is saved").isTrue();
        assertThat(table.at("/addOns/1/addOn/name").asString()).isIn("insights", "seat-pack");
    }

    @Test
    void whatDoesNotGrantEverythingOfTheOneBelowIsToldWhole() {
        make("lean", 9, Map.of("visibility", "PUBLIC"), "USD");
        JsonNode lean = plan(table(story.backend(), null), 4);
        assertThat(lean.at("/everythingIn").isNull()).isTrue();
        assertThat(features(lean)).containsExactly("API calls");
    }

    @Test
    void whatIsHiddenOrSoldInAnotherCurrencyIsNotShown() {
        make("secret", 8, Map.of("visibility", "HIDDEN"), "USD");
        make("abroad", 9, Map.of(), "EUR");
        JsonNode dollars = table(story.backend(), null);
        assertThat(names(dollars)).containsExactly("free", "starter", "team", "pro");
        assertThat(dollars.at("/currencies").valueStream().map(JsonNode::asString)).containsExactly("EUR", "USD");
        assertThat(names(table(story.backend(), "EUR"))).containsExactly("abroad");
        assertThat(names(table(story.backend(), "JPY"))).isEmpty();
        assertThat(story.backend().ask(QUERY, "key", story.key("suite"), "currency", "shells").body().at("/errors/0/extensions/field").asString()).isEqualTo("currency");
        assertThat(story.backend().ask(QUERY, "key", "nothing").at("/pricingTable").isNull()).isTrue();
    }

    @Test
    void offersAndBundlesAreThoseThatSomebodyNewCouldTake() {
        String account = story.subscribed("acme", "team", 1);
        offer("spring", Map.of("plans", List.of(story.key("pro"))));
        offer("loyal", Map.of("existingCustomers", true));
        offer("full", Map.of("redemptionCap", 1));
        assertThat(story.accept(story.token(account, Map.of("seats", 2, "offers", List.of(story.key("full"))))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { key } } } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "key", story.key("duo"), "name", "duo", "percentOff", "20",
                        "members", List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"))))).at("/createBundle/bundle");

        JsonNode table = table(story.backend(), null);
        assertThat(plan(table, 3).at("/offers").valueStream().map(each -> each.at("/key").asString())).containsExactly(story.key("spring"));
        assertThat(plan(table, 2).at("/offers")).isEmpty();
        assertThat(table.at("/bundles").valueStream().map(each -> each.at("/key").asString())).containsExactly(story.key("duo"));
    }

    @Test
    void anAccountReadsItInItsOwnCurrencyWithoutWhatIsHidden() {
        make("secret", 8, Map.of("visibility", "HIDDEN"), "EUR");
        make("abroad", 9, Map.of(), "EUR");
        String account = story.backend().ask("mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on AccountCreated { account { key } } } }",
                "input", Map.of("idempotencyKey", story.key("euro"), "key", story.key("euro"), "name", "Euro", "email", "e@example.com", "currency", "EUR"))
                .text("/createAccount/account/key");
        JsonNode table = table(member(account), null);
        assertThat(table.at("/currency").asString()).isEqualTo("EUR");
        assertThat(names(table)).containsExactly("abroad");
    }

    private static final String QUERY = """
            query ($key: String!, $currency: String) { pricingTable(product: $key, currency: $currency) { currency currencies
              plans { plan { name } month { summary } year { summary } yearSaving { percent uniform amount { amountMinor } } everythingIn { name }
                adds { feature { name } included } offers { key } }
              addOns { addOn { name } month { summary } grants { feature { name } included } } bundles { key } } }""";

    private JsonNode table(Api api, @Nullable String currency) {
        return api.ask(QUERY, currency == null ? new Object[] {"key", story.key("suite")} : new Object[] {"key", story.key("suite"), "currency", currency})
                .at("/pricingTable");
    }

    private static JsonNode plan(JsonNode table, int at) {
        return table.at("/plans/" + at);
    }

    private static List<String> names(JsonNode table) {
        return table.at("/plans").valueStream().map(each -> each.at("/plan/name").asString()).toList();
    }

    private static List<String> features(JsonNode plan) {
        return plan.at("/adds").valueStream().map(each -> each.at("/feature/name").asString()).toList();
    }

    private void make(String name, int rank, Map<String, Object> more, String currency) {
        Map<String, Object> input = new HashMap<>(more);
        input.putAll(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name, "rank", rank,
                "prices", List.of(Map.of("interval", "MONTH", "currency", currency, "flat", 1_000)),
                "entitlements", List.of(Map.of("feature", story.key("calls"), "included", 50))));
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", input)
                .at("/createPlan/version");
    }

    private void offer(String name, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(more);
        input.putAll(Map.of("idempotencyKey", UUID.randomUUID().toString(), "product", story.key("suite"), "key", story.key(name), "name", name,
                "percentOff", "10", "duration", "FOREVER", "from", in(Duration.ZERO), "until", in(Duration.ofDays(7))));
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .at("/createOffer/offer/id");
    }

    private Api member(String account) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", account, "account", account, "key", "ann", "name", "Ann", "email", "ann@example.com"));
        return stories.api(story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }",
                "input", Map.of("account", account, "member", "ann", "permissions", List.of("READ"))).text("/createAccountToken/token"));
    }

    private String in(Duration later) {
        return stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(later).toString();
    }
}
