package dev.headroom.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** A price that was agreed with one account is a plan of its own, which that account buys as it buys any, and which for everybody else is not there. */
@HeadroomTest
class OwnPriceStoryTest {

    private static final String SEEN = "query ($product: String!) { pricingTable(product: $product) { plans { plan { key } month { summary } } } product(key: $product) { plans { key } } }";

    @Autowired
    Stories stories;

    @Autowired
    ApplicationContext headroom;

    private Story story;
    private OwnPriceDesk desk;

    @BeforeEach
    void aCatalogOfItsOwn() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new OwnPriceDesk(story, headroom);
    }

    @Test
    void whatIsQuotedForItIsWhatIsCharged() {
        String account = story.subscribed("acme", "team", 4);
        String own = desk.sold(account, "pro", "3900");
        story.halfway(account);

        JsonNode quote = story.quote(desk.member(account), null, Map.of("plan", own)).at("/account/quote");
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(4 * 3900);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).as("half of four seats at 39.00 for half of four at 25.00").isEqualTo(4 * (3900 - 2500) / 2);
        JsonNode change = story.accept(quote.at("/token").asString()).at("/changePlan/change");
        assertThat(change.at("/charged/amountMinor").asLong()).isEqualTo(quote.at("/dueNow/amountMinor").asLong());
        JsonNode now = story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { plan { key account { key } insteadOf { key } } recurring { amountMinor } }
                  invoices(first: 1) { edges { node { total { amountMinor } } } } } }""", "key", account).at("/account");
        assertThat(now.at("/subscription/plan/key").asString()).isEqualTo(own);
        assertThat(now.at("/subscription/plan/account/key").asString()).isEqualTo(account);
        assertThat(now.at("/subscription/plan/insteadOf/key").asString()).isEqualTo(story.key("pro"));
        assertThat(now.at("/subscription/recurring/amountMinor").asLong()).isEqualTo(15_600);
        assertThat(now.at("/invoices/edges/0/node/total/amountMinor").asLong()).as("Stripe's invoice").isEqualTo(quote.at("/dueNow/amountMinor").asLong());
        assertThat(story.entitlement(story.backend(), account, "sso", 0).at("/entitlement/allowed").asBoolean()).as("what the plan grants, it grants").isTrue();

        JsonNode up = story.quote(story.backend(), account, Map.of("plan", own, "seats", 6)).at("/account/quote");
        assertThat(story.accept(up.at("/token").asString()).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(up.at("/dueNow/amountMinor").asLong()).isEqualTo(3900);
        JsonNode down = story.quote(story.backend(), account, Map.of("plan", story.key("team"))).at("/account/quote");
        assertThat(down.at("/when").asString()).as("from it as from any plan").isEqualTo("PERIOD_END");
    }

    @Test
    void itsAccountIsShownAndProposedItInThePlaceOfThePlan() {
        String account = story.subscribed("acme", "team", 2);
        String own = desk.sold(account, "pro", "3900");
        Api acme = desk.member(account);

        JsonNode seen = acme.ask(SEEN, "product", story.key("suite")).at("");
        assertThat(keys(seen.at("/pricingTable/plans"), "/plan/key")).containsExactly(story.key("free"), story.key("starter"), story.key("team"), own);
        assertThat(seen.at("/pricingTable/plans/3/month/summary").asString()).startsWith("$39.00");
        assertThat(keys(seen.at("/product/plans"), "/key")).contains(own).doesNotContain(story.key("pro"));
        assertThat(story.backend().ask("query ($product: String!, $account: String) { pricingTable(product: $product, account: $account) { plans { plan { key } } } }",
                "product", story.key("suite"), "account", account).at("/pricingTable/plans").toString()).contains(own).doesNotContain(quoted(story.key("pro")));
        JsonNode proposed = acme.ask("""
                { account { upgradeOptions { quote { ... on Quote { plan { key } } } } alternatives { options { quote { ... on Quote { plan { key } } } } } } }""").at("/account");
        assertThat(keys(proposed.at("/upgradeOptions"), "/quote/plan/key")).containsExactly(own);
        assertThat(proposed.at("/alternatives").toString()).contains(quoted(own)).doesNotContain(quoted(story.key("pro")));
        assertThat(story.entitlement(acme, null, "sso", 0).text("/entitlement/unlockedBy/plan/key")).isEqualTo(own);
        assertThat(story.quote(acme, null, Map.of("plan", story.key("pro"))).text("/account/quote/__typename")).as("the plan itself is still sold").isEqualTo("Quote");
    }

    @Test
    void whoNeedsApprovalForThePlanNeedsItForItsOwnPriceToo() {
        story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("rule"), "product", story.key("suite"), "kind", "START", "to", story.key("pro"), "transition", "BY_APPROVAL")).at("/addTransitionRule");
        String account = story.account("acme");
        story.card(account, "pm_card_visa");
        String own = desk.sold(account, "pro", "3900");

        Api acme = desk.member(account);
        for (String plan : List.of(story.key("pro"), own)) {
            String token = acme.ask("query ($start: StartInput!) { account { startQuote(start: $start) { ... on StartQuote { token } } } }", "start", Map.of("plan", plan, "seats", 2))
                    .text("/account/startQuote/token");
            assertThat(acme.ask("mutation ($input: StartSubscriptionInput!) { startSubscription(input: $input) { __typename } }", "input",
                    Map.of("idempotencyKey", UUID.randomUUID().toString(), "quoteToken", token)).text("/startSubscription/__typename")).as(plan).isEqualTo("StartNeedsApproval");
        }
    }

    @Test
    void forEverybodyElseItIsNotThere() {
        String account = story.subscribed("acme", "team", 2);
        String own = desk.sold(account, "pro", "3900");
        String pack = ownPack(account);
        String other = story.subscribed("other", "team", 2);
        String fresh = story.account("fresh");
        Api stranger = desk.member(other);

        for (String key : List.of(own, "no-such-plan")) {
            Api.Answer quote = story.quote(stranger, null, Map.of("plan", key));
            assertThat(quote.errorCode()).isEqualTo("NOT_FOUND");
            assertThat(quote.body().at("/errors/0/message").asString()).isEqualTo("No plan has the key \"" + key + "\"");
            assertThat(quote.body().at("/errors/0/extensions/field").asString()).isEqualTo("change.plan");
            assertThat(story.quote(story.backend(), other, Map.of("plan", key)).errorCode()).as("nor is it sold to another by the vendor").isEqualTo("NOT_FOUND");
            assertThat(story.start(fresh, Map.of("plan", key)).body().at("/errors/0/message").asString()).isEqualTo("No plan has the key \"" + key + "\"");
            assertThat(stranger.ask("query ($key: String!) { plan(key: $key) { name } }", "key", key).at("/plan").isNull()).isTrue();
            assertThat(stranger.ask("query ($keys: [String!]!) { comparePlans(plans: $keys) { differs } }", "keys", List.of(story.key("team"), key))
                    .body().at("/errors/0/message").asString()).isEqualTo("No plan has the key \"" + key + "\"");
        }
        for (String key : List.of(pack, "no-such-pack")) {
            assertThat(story.quote(stranger, null, Map.of("addOns", List.of(Map.of("addOn", key, "quantity", 1)))).body().at("/errors/0/message").asString())
                    .isEqualTo("No add-on has the key \"" + key + "\"");
            assertThat(stranger.ask("query ($key: String!) { addOn(key: $key) { name } }", "key", key).at("/addOn").isNull()).isTrue();
        }
        String seen = stranger.ask(SEEN, "product", story.key("suite")).body() + stranger.ask("""
                { account { upgradeOptions { quote { ... on Quote { plan { key } } } } alternatives { options { quote { ... on Quote { plan { key } } } } }
                  fittingPlan { __typename ... on FittingPlan { plan { key } } } } }""").body().toString() + story.entitlement(stranger, null, "sso", 0).body();
        assertThat(seen).contains(quoted(story.key("pro"))).doesNotContain(own, "errors");
        assertThat(story.backend().ask(SEEN, "product", story.key("suite")).body().toString()).as("what everybody is sold").doesNotContain(own);
        assertThat(desk.member(account).ask("query ($key: String!) { plan(key: $key) { name account { key } } }", "key", own).text("/plan/account/key")).isEqualTo(account);
    }

    @Test
    void noListOfWhatUsesAFeatureNamesIt() {
        String account = story.subscribed("acme", "team", 2);
        String own = desk.sold(account, "pro", "3900");
        String pack = ownPack(account);
        String uses = "query ($product: String!) { product(key: $product) { features { key usedBy } } }";

        String vendors = story.backend().ask(uses, "product", story.key("suite")).at("/product").toString();
        assertThat(vendors).as("what the vendor's pages may show everybody").contains(quoted(story.key("pro"))).doesNotContain(own, pack);
        assertThat(desk.member(story.account("other")).ask(uses, "product", story.key("suite")).at("/product").toString()).isEqualTo(vendors);
        assertThat(desk.member(account).ask(uses, "product", story.key("suite")).at("/product").toString()).contains(quoted(own), quoted(pack)).doesNotContain(quoted(story.key("pro")));
    }

    @Test
    void whereItHasNoPriceThePlanIsOffered() {
        String account = story.subscribed("acme", "team", 2);
        String own = desk.monthlyOnly(account, "pro", "3900");
        Api acme = desk.member(account);
        String table = "query ($product: String!) { pricingTable(product: $product) { plans { plan { key } everythingIn { key } month { summary } year { summary } } } product(key: $product) { plans { key } } }";

        JsonNode seen = acme.ask(table, "product", story.key("suite")).at("");
        JsonNode plans = seen.at("/pricingTable/plans");
        assertThat(keys(plans, "/plan/key")).containsExactly(story.key("free"), story.key("starter"), story.key("team"), own, story.key("pro"));
        assertThat(plans.at("/3/month/summary").asString()).startsWith("$39.00");
        assertThat(plans.at("/3/year").isNull()).isTrue();
        assertThat(plans.at("/4/month").isNull()).as("by the month its own price is in the place of the plan").isTrue();
        assertThat(plans.at("/4/year/summary").asString()).startsWith("$490.00");
        assertThat(plans.at("/4/everythingIn")).as("both stand on the step above the same plan").isEqualTo(plans.at("/3/everythingIn"));
        assertThat(keys(seen.at("/product/plans"), "/key")).contains(own, story.key("pro"));

        JsonNode proposed = acme.ask("""
                { account { upgradeOptions { quote { ... on Quote { plan { key } } } } fittingPlan { __typename ... on FittingPlan { plan { key } } }
                  alternatives { options { quote { ... on Quote { plan { key } interval } } } } } }""").at("/account");
        assertThat(keys(proposed.at("/upgradeOptions"), "/quote/plan/key")).as("by the month").containsExactly(own);
        List<String> options = proposed.at("/alternatives/options").valueStream().map(each -> each.at("/quote/plan/key").asString() + " " + each.at("/quote/interval").asString()).toList();
        assertThat(options).contains(own + " MONTH", story.key("pro") + " YEAR").doesNotContain(own + " YEAR", story.key("pro") + " MONTH");
    }

    @Test
    void aBundleIsShownToWhomEverythingOfItIsShown() {
        String account = story.account("acme");
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { __typename } }", "input", DraftDesk.keyed(Map.of(
                "key", story.key("both"), "name", "Both", "percentOff", "10", "from", "2026-01-01T00:00:00Z",
                "members", List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("seat-pack")))))).at("/createBundle");
        String bundles = "query ($product: String!) { pricingTable(product: $product) { bundles { key } } }";
        assertThat(keys(desk.member(account).ask(bundles, "product", story.key("suite")).at("/pricingTable/bundles"), "/key")).containsExactly(story.key("both"));

        ownPack(account);
        assertThat(keys(desk.member(account).ask(bundles, "product", story.key("suite")).at("/pricingTable/bundles"), "/key")).as("it is for the pack, and not for the account's own").isEmpty();
        assertThat(keys(story.backend().ask(bundles, "product", story.key("suite")).at("/pricingTable/bundles"), "/key")).containsExactly(story.key("both"));
    }

    private String ownPack(String account) {
        DraftDesk drafts = new DraftDesk(story.backend());
        JsonNode draft = drafts.open(Map.of("ownAddOn", Map.of("insteadOf", story.key("seat-pack"), "account", account)));
        return desk.published(drafts.edit(draft, OwnPriceDesk.monthly(draft, "1900")));
    }

    @Test
    void itIsPreparedAsACopyAndReviewedAgainstThePlan() {
        String account = story.account("acme");
        JsonNode draft = desk.opened(account, "pro");
        assertThat(draft.at("/key").asString()).isEqualTo(story.key("pro") + "-" + account);
        assertThat(draft.at("/number").asInt()).isEqualTo(1);
        assertThat(draft.at("/plan").isNull()).as("there is none yet").isTrue();
        assertThat(DraftDesk.errors(draft)).isEmpty();
        JsonNode edited = new DraftDesk(story.backend()).edit(draft, OwnPriceDesk.monthly(draft, "3900"));
        JsonNode review = new DraftDesk(story.backend()).read(edited, "account { key } base diff { identical prices { words } plan { field } }");
        assertThat(review.at("/account/key").asString()).isEqualTo(account);
        assertThat(keys(review.at("/diff/plan"), "/field")).containsExactly("key");
        assertThat(review.at("/diff/prices").size()).isEqualTo(1);
        assertThat(review.at("/diff/prices/0/words").asString()).contains("$49.00", "$39.00");

        String own = desk.published(edited);
        JsonNode next = new DraftDesk(story.backend()).open(Map.of("plan", own));
        assertThat(next.at("/number").asInt()).isEqualTo(2);
        assertThat(next.at("/plan/key").asString()).isEqualTo(own);
        desk.published(new DraftDesk(story.backend()).edit(next, OwnPriceDesk.monthly(next, "3500")));
        assertThat(story.quote(story.backend(), story.subscribed("other", "team", 1), Map.of("plan", own)).errorCode()).as("its next version is nobody else's either").isEqualTo("NOT_FOUND");
        story.card(account, "pm_card_visa");
        assertThat(story.start(account, Map.of("plan", own, "seats", 2)).at("/startSubscription/subscription/recurring/amountMinor").asLong()).isEqualTo(7_000);
        assertThat(story.backend().ask("query ($id: ID!) { auditEntries(filter: {accountId: $id}) { edges { node { operation } } } }", "id", id(account))
                .body().toString()).contains("openDraft", "editDraft", "publishDraft");
    }

    private String id(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { id } }", "key", account).text("/account/id");
    }

    @Test
    void nothingThatIsForEverybodyNamesIt() {
        String account = story.account("acme");
        String own = desk.sold(account, "pro", "3900");
        Api vendor = story.backend();
        assertThat(vendor.ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { __typename } }", "input", DraftDesk.keyed(Map.of(
                "product", story.key("suite"), "kind", "UPGRADE", "to", own, "transition", "PERIOD_END"))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(vendor.ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { __typename } }", "input", DraftDesk.keyed(Map.of(
                "product", story.key("suite"), "key", story.key("spring"), "name", "Spring", "percentOff", "10", "duration", "ONCE", "from", "2026-01-01T00:00:00Z",
                "until", "2099-01-01T00:00:00Z", "plans", List.of(own)))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(new DraftDesk(vendor).opening(Map.of("ownPlan", Map.of("insteadOf", own, "account", story.account("other")))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(new DraftDesk(vendor).opening(Map.of("ownPlan", Map.of("insteadOf", story.key("pro"), "account", "nobody"))).errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void theRulesOfThePlanHoldForIt() {
        String account = story.subscribed("acme", "team", 2);
        String own = desk.sold(account, "pro", "3900");
        story.backend().ask("mutation ($input: AddTransitionRuleInput!) { addTransitionRule(input: $input) { ... on TransitionRuleAdded { rule { id } } } }", "input",
                DraftDesk.keyed(Map.of("product", story.key("suite"), "kind", "UPGRADE", "to", story.key("pro"), "transition", "PERIOD_END"))).at("/addTransitionRule/rule");
        assertThat(story.quote(story.backend(), account, Map.of("plan", own)).text("/account/quote/when")).isEqualTo("PERIOD_END");
    }

    @Test
    void whatComesOfThePlanLeavesItAndOnceRetiredTheAccountIsShownThePlanAgain() {
        String account = story.subscribed("acme", "team", 2);
        String own = desk.sold(account, "pro", "3900");
        story.accept(story.token(account, Map.of("plan", own))).at("/changePlan/change");
        DraftDesk drafts = new DraftDesk(story.backend());
        JsonNode next = drafts.open(Map.of("plan", story.key("pro")));
        desk.published(drafts.edit(next, OwnPriceDesk.monthly(next, "9900")));
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", account)
                .at("/account/subscription/recurring/amountMinor").asLong()).isEqualTo(7_800);

        story.backend().ask("mutation ($input: RetirePlanInput!) { retirePlan(input: $input) { __typename } }", "input", Map.of("plan", own)).at("/retirePlan");
        Api acme = desk.member(account);
        assertThat(keys(acme.ask(SEEN, "product", story.key("suite")).at("/product/plans"), "/key")).contains(story.key("pro")).doesNotContain(own);
        assertThat(acme.ask("{ account { subscription { plan { key } recurring { amountMinor } } } }").text("/account/subscription/plan/key")).as("who has it keeps it").isEqualTo(own);
        assertThat(story.quote(acme, null, Map.of("seats", 3)).at("/account/quote/recurring/after/amountMinor").asLong()).isEqualTo(11_700);
    }

    private static List<String> keys(JsonNode list, String at) {
        return list.valueStream().map(each -> each.at(at).asString()).toList();
    }

    private static String quoted(String key) {
        return "\"" + key + "\"";
    }
}
