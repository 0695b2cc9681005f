package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What an account bought beside its plan: it adds to what the plan grants, as often as it was bought, and takes nothing with it when it goes. */
@HeadroomTest
class AddOnStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private Dashboard dashboard;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
        dashboard = new Dashboard(stripe, accounts, story);
    }

    @Test
    void packsAddTheirSeatsToThePlansAndBothAreNamed() throws StripeException {
        String acme = story.subscribed("acme", "team", 2);
        dashboard.put(acme, "seat-pack", 2);

        JsonNode bought = bought(acme);
        assertThat(bought.at("/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(bought.at("/seats/bought").asLong()).isEqualTo(2 + 2 * 5);
        assertThat(bought.at("/recurring/amountMinor").asLong()).isEqualTo(2 * 2_500 + 2 * 4_900);
        assertThat(bought.at("/addOns").size()).isOne();
        assertThat(bought.at("/addOns/0/addOn/key").asString()).isEqualTo(story.key("seat-pack"));
        assertThat(bought.at("/addOns/0/version/number").asLong()).isOne();
        assertThat(bought.at("/addOns/0/quantity").asLong()).isEqualTo(2);
        assertThat(bought.at("/addOns/0/recurring/amountMinor").asLong()).isEqualTo(9_800);

        JsonNode seats = entitlement(acme, "seats");
        assertThat(seats.at("/limit").asLong()).isEqualTo(12);
        assertThat(seats.at("/source/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(sources(seats)).containsExactly("PLAN team 2", "ADD_ON 2 x seat-pack 10");
        assertThat(meter(acme, "seats").at("/limit").asLong()).isEqualTo(12);
        assertThat(growth(acme)).isEqualTo("SEAT_EXPANSION");
    }

    @Test
    void besideAFlatPlanTheyAddToWhatItIncludes() throws StripeException {
        String acme = story.subscribed("acme", "starter", 0);
        dashboard.put(acme, "seat-pack", 3);

        assertThat(bought(acme).at("/seats/bought").asLong()).isEqualTo(5 + 3 * 5);
        dashboard.put(acme, "seat-pack", 1);
        assertThat(bought(acme).at("/seats/bought").asLong()).isEqualTo(5 + 5);
        assertThat(entitlement(acme, "calls").at("/limit").asLong()).as("nothing else").isEqualTo(1_000);
    }

    @Test
    void aPackSeatsPeopleAtTheNextRequestAndGoesWithoutThem() throws StripeException {
        String acme = story.subscribed("acme", "team", 1);
        Stream.of("ann", "bob", "cat").forEach(member -> add(acme, member));
        assertThat(assign(acme, "ann")).isEqualTo("SeatAssigned");
        assertThat(assign(acme, "bob")).isEqualTo("NoSeatFree");

        dashboard.put(acme, "seat-pack", 1);
        assertThat(assign(acme, "bob")).isEqualTo("SeatAssigned");
        assertThat(thresholds(acme)).as("of one seat").containsExactly("100 1", "95 1", "85 1", "70 1");

        dashboard.takeOff(acme, "seat-pack");
        assertThat(bought(acme).at("/seats/bought").asLong()).isOne();
        assertThat(bought(acme).at("/seats/used").asLong()).isEqualTo(2);
        assertThat(bought(acme).at("/seats/violation/excess").asLong()).isOne();
        assertThat(bought(acme).at("/addOns").size()).isZero();
        assertThat(entitlement(acme, "seats").at("/violation/excess").asLong()).isOne();
        assertThat(assign(acme, "bob")).as("keeps it").isEqualTo("SeatAssigned");
        assertThat(assign(acme, "cat")).isEqualTo("NoSeatFree");
        assertThat(thresholds(acme)).as("of one seat again").hasSize(8).startsWith("100 2");
    }

    @Test
    void moreSeatsAreBoughtOfThePlanBesideThoseOfPacks() throws StripeException {
        String acme = story.subscribed("acme", "team", 2);
        dashboard.put(acme, "seat-pack", 1);

        JsonNode denied = story.backend().ask("""
                query ($account: String, $feature: String!) { entitlement(account: $account, feature: $feature, requested: 9) {
                  allowed unlockedBy { plan { key } seats } } }""", "account", acme, "feature", story.key("seats")).at("/entitlement");

        assertThat(denied.at("/allowed").asBoolean()).isFalse();
        assertThat(denied.at("/unlockedBy/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(denied.at("/unlockedBy/seats").asLong()).as("five of the nine are the pack's").isEqualTo(4);
    }

    @Test
    void nobodyNeedsMoreSeatsThanWithoutEnd() throws StripeException {
        ownCatalog();
        create("everybody", Map.of("flat", 99_000), Map.of("feature", story.key("seats")));
        String acme = story.subscribed("acme", "team", 2);
        dashboard.put(acme, "everybody", 1);

        assertThat(bought(acme).at("/seats/bought").isNull()).isTrue();
        JsonNode seats = entitlement(acme, "seats");
        assertThat(seats.at("/limit").isNull()).isTrue();
        assertThat(sources(seats)).containsExactly("ADD_ON 1 x everybody null", "PLAN team 2");
        assertThat(unlockedBy(acme, "seats", 1_000).isNull()).isTrue();
    }

    @Test
    void aPlanUnlocksWhatItHoldsTogetherWithThePacks() throws StripeException {
        String acme = story.subscribed("acme", "free", 0);
        assertThat(unlockedBy(acme, "seats", 8).isNull()).as("the five of starter are too few").isTrue();

        dashboard.put(acme, "seat-pack", 1);
        assertThat(unlockedBy(acme, "seats", 8).at("/plan/key").asString()).as("with the pack's they are ten").isEqualTo(story.key("starter"));
        assertThat(unlockedBy(acme, "seats", 11).isNull()).isTrue();
    }

    @Test
    void aModuleOpensItsGateWhileItIsThere() throws StripeException {
        String acme = story.subscribed("acme", "team", 1);
        assertThat(entitlement(acme, "insights").at("/allowed").asBoolean()).isFalse();

        dashboard.put(acme, "insights", 1);
        JsonNode open = entitlement(acme, "insights");
        assertThat(open.at("/allowed").asBoolean()).isTrue();
        assertThat(open.at("/source").isNull()).as("no plan grants it").isTrue();
        assertThat(sources(open)).containsExactly("ADD_ON 1 x insights null");
        assertThat(bought(acme).at("/seats/bought").asLong()).isOne();
        assertThat(growth(acme)).isEqualTo("CROSS_SELL");

        dashboard.put(acme, "insights", 0);
        assertThat(entitlement(acme, "insights").at("/allowed").asBoolean()).as("of none").isFalse();
        dashboard.put(acme, "insights", 1);
        dashboard.takeOff(acme, "insights");
        assertThat(entitlement(acme, "insights").at("/allowed").asBoolean()).isFalse();
    }

    @Test
    void unitsOfAMeterAreUsedUpBeforeItBlocksAndTheWarningMovesWithThem() throws StripeException {
        ownCatalog();
        create("call-pack", Map.of("perSeat", "1000"), Map.of("feature", story.key("calls"), "included", 50));
        String acme = story.subscribed("acme", "free", 0);
        assertThat(consume(acme, 101)).isEqualTo("UseDenied");
        dashboard.put(acme, "call-pack", 2);

        assertThat(meter(acme, "calls").at("/limit").asLong()).isEqualTo(100 + 2 * 50);
        assertThat(growth(acme)).isEqualTo("USAGE_EXPANSION");
        assertThat(consume(acme, 179)).isEqualTo("Consumed");
        assertThat(entitlement(acme, "calls").at("/state").asString()).isEqualTo("OK");
        assertThat(consume(acme, 1)).isEqualTo("Consumed");
        assertThat(entitlement(acme, "calls").at("/state").asString()).as("80 of 100, and 100 more").isEqualTo("WARNING");
        assertThat(consume(acme, 21)).isEqualTo("UseDenied");
        assertThat(consume(acme, 20)).isEqualTo("Consumed");

        dashboard.put(acme, "call-pack", 3);
        assertThat(consume(acme, 50)).isEqualTo("Consumed");
        assertThat(consume(acme, 1)).isEqualTo("UseDenied");
    }

    @Test
    void whenItWillBeTimeToWarnIsForeseenWithWhatPacksAdd() throws StripeException {
        ownCatalog();
        create("call-pack", Map.of("perSeat", "1000"), Map.of("feature", story.key("calls"), "included", 50));
        String acme = story.subscribed("acme", "free", 0);
        dashboard.put(acme, "call-pack", 2);
        for (int day = 35; day > 0; day--) {
            use(acme, 1, stories.clock().instant().minus(Duration.ofDays(day)));
        }
        use(acme, 85, stories.clock().instant());
        assertThat(projection(acme).at("/reachesSoftLimitAt/state").asString()).as("180, of which 120 are used").isNotEmpty().isNotEqualTo("REACHED");
        use(acme, 60, stories.clock().instant());
        assertThat(projection(acme).at("/reachesSoftLimitAt/state").asString()).isEqualTo("REACHED");
    }

    @Test
    void aSettingHoldsWhereThePlanHasNone() throws StripeException {
        ownCatalog();
        create("care", Map.of("flat", 1_000), Map.of("feature", story.key("support"), "setting", "by name"));
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", "bare", "product", story.key("suite"), "key", story.key("bare"), "name", "bare", "rank", 7,
                "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", 100)), "entitlements", List.of())).at("/createPlan/version");
        String acme = story.subscribed("acme", "team", 1);
        String bolt = story.subscribed("bolt", "bare", 0);
        dashboard.put(acme, "care", 1);
        dashboard.put(bolt, "care", 1);

        assertThat(entitlement(acme, "support").at("/setting").asString()).isEqualTo("standard");
        assertThat(sources(entitlement(acme, "support"))).containsExactly("PLAN team null", "ADD_ON 1 x care null");
        assertThat(entitlement(bolt, "support").at("/setting").asString()).isEqualTo("by name");
    }

    @Test
    void aGrantIsComparedWithWhatWasBoughtTogether() throws StripeException {
        ownCatalog();
        create("call-pack", Map.of("perSeat", "1000"), Map.of("feature", story.key("calls"), "included", 50));
        String acme = story.subscribed("acme", "free", 0);
        dashboard.put(acme, "call-pack", 2);
        grant(acme, 180);
        assertThat(sources(entitlement(acme, "calls"))).containsExactly("PLAN free 100", "ADD_ON 2 x call-pack 100", "GRANT 180");
        assertThat(entitlement(acme, "calls").at("/limit").asLong()).isEqualTo(200);

        dashboard.put(acme, "call-pack", 1);
        assertThat(sources(entitlement(acme, "calls"))).containsExactly("GRANT 180", "PLAN free 100", "ADD_ON 1 x call-pack 50");
        assertThat(entitlement(acme, "calls").at("/limit").asLong()).isEqualTo(180);
    }

    @Test
    void whatIsTooMuchToCountIsNeverReached() throws StripeException {
        ownCatalog();
        create("ocean", Map.of("perSeat", "1"), Map.of("feature", story.key("calls"), "included", Long.MAX_VALUE));
        String acme = story.subscribed("acme", "team", 1);
        dashboard.put(acme, "ocean", 8);

        assertThat(entitlement(acme, "calls").at("/limit").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(consume(acme, 1_000_000)).isEqualTo("Consumed");
    }

    private void ownCatalog() {
        story = stories.beginWithCatalogOfItsOwn();
        dashboard = new Dashboard(stripe, accounts, story);
    }

    private void create(String name, Map<String, Object> model, Map<String, Object> granted) {
        Map<String, Object> price = new java.util.HashMap<>(model);
        price.putAll(Map.of("interval", "MONTH", "currency", "USD"));
        story.backend().ask("mutation ($input: CreateAddOnInput!) { createAddOn(input: $input) { ... on AddOnCreated { version { number } } } }",
                "input", Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name, "prices",
                        List.of(price), "entitlements", List.of(granted))).at("/createAddOn/version");
    }

    private void grant(String account, long units) {
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { ... on FeatureGranted { grant { id } } } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("calls"), "kind", "COURTESY", "reason", "thanks",
                "units", units)).at("/grantFeature/grant/id");
    }

    private JsonNode bought(String account) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { plan { key } recurring { amountMinor } seats { bought used violation { excess } }
                  addOns { addOn { key } version { number } quantity recurring { amountMinor } } } } }""", "key", account).at("/account/subscription");
    }

    private JsonNode entitlement(String account, String feature) {
        return story.backend().ask("""
                query ($account: String, $feature: String!) { entitlement(account: $account, feature: $feature) { allowed state limit setting source { plan { key } }
                  violation { excess } sources { kind quantity limit planVersion { plan { key } } addOnVersion { addOn { key } } } } }""",
                "account", account, "feature", story.key(feature)).at("/entitlement");
    }

    private JsonNode unlockedBy(String account, String feature, long requested) {
        return story.backend().ask("""
                query ($account: String, $feature: String!, $requested: Long) { entitlement(account: $account, feature: $feature, requested: $requested) {
                  unlockedBy { plan { key } } } }""", "account", account, "feature", story.key(feature), "requested", requested)
                .at("/entitlement/unlockedBy");
    }

    /** Kind, how many of what, units. */
    private List<String> sources(JsonNode entitlement) {
        List<String> told = new ArrayList<>();
        entitlement.at("/sources").forEach(source -> {
            String plan = source.at("/planVersion/plan/key").asString("");
            String addOn = source.at("/addOnVersion/addOn/key").asString("");
            String what = plan.isEmpty() ? addOn.isEmpty() ? "" : source.at("/quantity").asLong() + " x " + named(addOn) + " " : named(plan) + " ";
            told.add(source.at("/kind").asString() + " " + what + (source.at("/limit").isNull() ? "null" : source.at("/limit").asLong()));
        });
        return told;
    }

    private static String named(String key) {
        return key.substring(0, key.lastIndexOf('-'));
    }

    private JsonNode meter(String account, String feature) {
        return story.backend().ask("query ($key: String, $features: [String!]) { account(key: $key) { meters(features: $features) { limit used } } }",
                "key", account, "features", List.of(story.key(feature))).at("/account/meters/0");
    }

    private void use(String account, long quantity, Instant at) {
        story.record(List.of(Map.of("id", UUID.randomUUID().toString(), "account", account, "meter", story.key("calls"), "quantity", quantity,
                "at", at.toString()))).at("/recordUsage");
    }

    private JsonNode projection(String account) {
        return story.backend().ask("query ($key: String, $features: [String!]) { account(key: $key) { meters(features: $features) { projection {"
                + " ... on Projection { reachesSoftLimitAt { state } } } } } }", "key", account, "features", List.of(story.key("calls")))
                .at("/account/meters/0/projection");
    }

    private String consume(String account, long quantity) {
        return story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", UUID.randomUUID().toString(), "account", account, "feature", story.key("calls"), "quantity", quantity)).text("/consume/__typename");
    }

    private String growth(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { movements { growth } } }", "key", account).text("/account/movements/0/growth");
    }

    private void add(String account, String member) {
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { ... on MemberAdded { member { key } } } }",
                "input", Map.of("idempotencyKey", story.key(member), "account", account, "key", member, "name", member, "email", member + "@example.com"))
                .at("/addMember/member");
    }

    private String assign(String account, String member) {
        return story.backend().ask("mutation ($input: SeatInput!) { assignSeat(input: $input) { __typename } }",
                "input", Map.of("account", account, "member", member)).text("/assignSeat/__typename");
    }

    private List<String> thresholds(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { limitNotices(first: 100) { kind percent used } } }", "key", account)
                .at("/account/limitNotices").valueStream()
                .filter(notice -> notice.at("/kind").asString().equals("THRESHOLD_PASSED"))
                .map(notice -> notice.at("/percent").asString() + " " + notice.at("/used").asString())
                .toList();
    }
}
