package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Many changes are held against each other in one request: each can be accepted or says why not, and one is recommended for reasons that are told. */
@HeadroomTest
class AlternativeStoryTest {

    private static final String COMPARED = """
            recommendations { advice reason saving { amountMinor } staying { interval year { amountMinor } } subscription { product { key } }
              alternative { position recommended quote { ... on Quote { token } } } }
            options { position recommended fits misfits cost { interval recurring { amountMinor } overage { amountMinor } total { amountMinor } year { amountMinor } }
              needs { feature { key } units projected included until limitReachedAt }
              quote { __typename ... on Quote { token verified interval quantity plan { key } dueNow { amountMinor } } ... on ChangeNotAllowed { rule } } }""";

    private static final String OWN = "'account_id', md5(each.account_id::text || number)";

    @Autowired
    Stories stories;

    @Autowired
    StatementCounter statements;

    private Story story;

    @BeforeEach
    void begin() {
        story = stories.begin();
    }

    @Test
    void eachIsAQuoteThatCanBeAcceptedOrSaysWhyThereIsNone() {
        String acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        List<Map<String, Object>> changes = List.of(
                Map.of("seats", 8), Map.of("plan", story.key("pro")), Map.of("interval", "YEAR"), Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))),
                Map.of("plan", story.key("pro"), "interval", "YEAR", "seats", 7), Map.of("seats", 5), Map.of("plan", story.key("starter"), "seats", 3),
                Map.of("cancelAtPeriodEnd", true));

        JsonNode compared = compared(acme, changes);

        assertThat(compared.at("/options").valueStream().map(each -> each.at("/position").asInt())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(compared.at("/options").valueStream().map(each -> each.at("/quote/__typename").asString())).containsExactly(
                "Quote", "Quote", "Quote", "Quote", "Quote", "ChangeNotAllowed", "ChangeNotAllowed", "Quote");
        assertThat(compared.at("/options/5/quote/rule").asString()).isEqualTo("NOTHING_CHANGES");
        assertThat(compared.at("/options/6/quote/rule").asString()).isEqualTo("SEATS_NOT_SOLD");
        assertThat(compared.at("/options/5/fits").isNull()).isTrue();
        assertThat(compared.at("/options/7/fits").isNull()).as("nothing fits into the end").isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(compared.at("/options/" + i + "/quote/dueNow")).as("%s", changes.get(i)).isEqualTo(dueNow(acme, changes.get(i)));
        }
        assertThat(compared.at("/recommendations/0/advice").asString()).isEqualTo("CHANGE");
        assertThat(compared.at("/recommendations/0/reason").asString())
                .isEqualTo("team by the year holds what is expected. It costs 1250.00 USD in twelve months, team 1500.00 USD: 250.00 USD less");
        Api.Answer changed = story.accept(compared.at("/recommendations/0/alternative/quote/token").asString());
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor")).isEqualTo(compared.at("/options/2/quote/dueNow/amountMinor"));
    }

    private JsonNode dueNow(String account, Map<String, Object> change) {
        return story.backend().ask("query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { ... on Quote { dueNow { amountMinor } } } } }",
                "key", account, "change", change).at("/account/quote/dueNow");
    }

    @Test
    void whatIsRecommendedHoldsTheForecastAtTheLeastCostAndSaysWhy() {
        String acme = story.subscribed("acme", "starter", 0);
        steadily(acme, 20);

        JsonNode compared = compared(acme, null);

        assertThat(compared.at("/options").valueStream().map(each -> each.at("/quote/plan/key").asString() + " " + each.at("/quote/interval").asString())).containsExactly(
                story.key("free") + " MONTH", story.key("free") + " YEAR", story.key("starter") + " YEAR", story.key("team") + " MONTH", story.key("team") + " YEAR",
                story.key("pro") + " MONTH", story.key("pro") + " YEAR");
        assertThat(compared.at("/options").valueStream().map(each -> each.at("/fits").asBoolean()))
                .as("a year of calls has to fit into what a year includes").containsExactly(false, false, false, true, false, true, true);
        JsonNode need = calls(compared.at("/options/3"));
        long units = need.at("/units").asLong();
        assertThat(units).isBetween(1_200L, 1_400L);
        assertThat(need.at("/projected").asBoolean()).isTrue();
        assertThat(calls(compared.at("/options/4")).at("/units").asLong()).isEqualTo(12 * units);
        assertThat(compared.at("/options/3/recommended").asBoolean()).isTrue();
        JsonNode recommendation = compared.at("/recommendations/0");
        assertThat(recommendation.at("/saving/amountMinor").asLong()).isEqualTo(118_800 - 30_000);
        assertThat(recommendation.at("/reason").asString()).isEqualTo((
                "starter does not hold what is expected: %d API calls are expected, 1000 included (projected to %s; the limit is reached on %s). "
                + "team is the cheapest of 3 alternatives that do: 300.00 USD in twelve months, starter 1188.00 USD")
                .formatted(units, day(need, "until"), day(need, "limitReachedAt")));
        consistent(compared);
    }

    @Test
    void whoHasTheCheapestThatHoldsItIsToldToStay() {
        String acme = story.subscribed("acme", "pro", 2);
        steadily(acme, 1_000);

        JsonNode staying = compared(acme, List.of(Map.of("plan", story.key("team")), Map.of("seats", 3)));
        assertThat(staying.at("/recommendations/0/advice").asString()).isEqualTo("STAY");
        assertThat(staying.at("/recommendations/0/alternative").isNull()).isTrue();
        assertThat(staying.at("/recommendations/0/reason").asString()).contains("pro holds what is expected: ", " API calls are expected until ", ", 100000 included",
                ". It costs 1176.00 USD in twelve months; the cheapest alternative that holds it, pro with 3 seats, 1764.00 USD");
        consistent(staying);

        String small = story.subscribed("small", "free", 0);
        steadily(small, 60);
        JsonNode nothing = compared(small, List.of(Map.of("interval", "YEAR")));
        assertThat(nothing.at("/recommendations/0/advice").asString()).isEqualTo("NOTHING_FITS");
        assertThat(nothing.at("/recommendations/0/reason").asString()).startsWith("free does not hold what is expected: ").endsWith(". Of 1 alternative, none does");
    }

    @Test
    void eachSubscriptionOfAnAccountIsAdvisedForItself() {
        String acme = story.subscribed("acme", "team", 5);
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("mail"), "key", story.key("mail"), "name", "Mail", "features", List.of())).at("/createProduct");
        for (String plan : List.of("letter", "parcel")) {
            story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                    "idempotencyKey", story.key(plan), "product", story.key("mail"), "key", story.key(plan), "name", plan, "rank", plan.length(),
                    "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", plan.equals("letter") ? 500 : 900)), "entitlements", List.of())).at("/createPlan/version");
        }
        story.start(acme, Map.of("plan", story.key("parcel"))).at("/startSubscription/subscription/id");

        JsonNode compared = compared(acme, List.of(
                Map.of("seats", 6), Map.of("plan", story.key("letter")), Map.of("product", story.key("suite"), "seats", 6), Map.of("plan", story.key("pro"))));

        assertThat(compared.at("/options/0/quote/rule").asString()).isEqualTo("AMBIGUOUS");
        assertThat(compared.at("/recommendations").valueStream().map(each -> each.at("/subscription/product/key").asString() + " " + each.at("/advice").asString()))
                .containsExactly(story.key("suite") + " STAY", story.key("mail") + " CHANGE");
        assertThat(compared.at("/options").valueStream().map(each -> each.at("/recommended").asBoolean())).containsExactly(false, true, false, false);
        assertThat(compared(acme, null).at("/options").valueStream().map(each -> each.at("/quote/plan/key").asString())).contains(story.key("letter"), story.key("pro"));
    }

    @Test
    void aHundredAlternativesForAHundredAccountsTakeAsManyStatementsAsOneForOne() {
        List<String> accounts = alike(story.subscribed("many", "team", 4));
        offer();
        List<Map<String, Object>> changes = new ArrayList<>(List.of(Map.of("plan", story.key("pro"), "offer", story.key("tenth"))));
        IntStream.range(5, 104).forEach(seats -> changes.add(Map.of("plan", story.key(seats % 2 == 0 ? "team" : "pro"), "seats", seats)));

        batch(accounts, changes.subList(0, 1));
        stories.clock().advance(Duration.ofSeconds(2));
        int one = statements.during(() -> batch(accounts.subList(0, 1), changes.subList(0, 1)));
        stories.clock().advance(Duration.ofSeconds(2));
        int all = statements.during(() -> assertThat(quotes(batch(accounts, changes))).isEqualTo(10_000));

        assertThat(all).as("the credential, subscriptions, counters, seats, histories, windows, expansions, offers taken, and by how many").isEqualTo(one).isLessThan(12);
        stories.clock().advance(Duration.ofSeconds(2));
        assertThat(statements.during(() -> assertThat(page(accounts.getFirst(), changes.subList(0, 2)).size()).isEqualTo(100))).as("a page of accounts").isLessThan(13);
    }

    private static long quotes(JsonNode batch) {
        return batch.valueStream().flatMap(account -> account.at("/options").valueStream()).filter(option -> option.at("/quote/token").isString()).count();
    }

    /** With ninety-nine others that have what it has: to buy it a hundred times would take a hundred times as long, and nothing here asks Stripe. */
    private List<String> alike(String account) {
        String id = "(select id from account.account where key = '" + account + "')";
        copy("account.account", "id = " + id, "'id', md5(each.id::text || number), 'key', each.key || '-' || number, 'stripe_customer_id', null");
        copy("subscription.subscription", "account_id = " + id, OWN + ", 'id', md5(each.id::text || number), 'stripe_id', each.stripe_id || number");
        copy("subscription.item", "account_id = " + id, OWN + ", 'subscription_id', md5(each.subscription_id::text || number)");
        copy("subscription.debit", "account_id = " + id, OWN);
        copy("subscription.movement", "account_id = " + id, OWN + ", 'subscription_id', md5(each.subscription_id::text || number)");
        return IntStream.range(0, 100).mapToObj(number -> number == 0 ? account : account + "-" + number).toList();
    }

    /** Nobody has booked what they pay, and whoever reckons all revenue again would miss it. */
    @AfterEach
    void thoseWhoWereMadeUpHaveNoHistory() {
        stories.db().execute("delete from subscription.movement where account_id in (select id from account.account where key like '" + story.key("many") + "-%')");
    }

    private void copy(String table, String which, String changed) {
        stories.db().execute("insert into " + table + " select (jsonb_populate_record(each, jsonb_build_object(" + changed + "))).* from " + table
                + " each cross join generate_series(1, 99) number where each." + which);
    }

    @Test
    void whatIsAskedWrongSaysWhere() {
        String acme = story.subscribed("acme", "team", 5);

        assertThat(batchAnswer(List.of(acme), List.of()).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(batchAnswer(List.of(), List.of(Map.of("seats", 5))).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(batchAnswer(List.of("no-such-account"), List.of(Map.of("seats", 5))).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(batchAnswer(List.of(acme), List.of(Map.of("plan", "no-such-plan"))).errorCode()).isEqualTo("NOT_FOUND");
        Api.Answer seats = batchAnswer(List.of(acme), List.of(Map.of("seats", 6), Map.of("seats", 0)));
        assertThat(seats.errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(seats.body().at("/errors/0/extensions/field").asString()).isEqualTo("changes[1].seats");
        List<Map<String, Object>> many = IntStream.rangeClosed(1, 101).<Map<String, Object>>mapToObj(number -> Map.of("seats", number)).toList();
        assertThat(batchAnswer(List.of(acme), many).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(batchAnswer(List.of(acme, acme), List.of(Map.of("seats", 6))).at("/alternatives").size()).isEqualTo(2);
    }

    private JsonNode compared(String account, List<Map<String, Object>> changes) {
        String field = changes == null ? "alternatives" : "alternatives(changes: $changes)";
        String declared = changes == null ? "" : ", $changes: [PlanChangeInput!]";
        String query = "query ($key: String%s) { account(key: $key) { %s { %s } } }".formatted(declared, field, COMPARED);
        return (changes == null ? story.backend().ask(query, "key", account) : story.backend().ask(query, "key", account, "changes", changes)).at("/account/alternatives");
    }

    private Api.Answer batchAnswer(List<String> accounts, List<Map<String, Object>> changes) {
        return story.backend().ask("""
                query ($accounts: [String!]!, $changes: [PlanChangeInput!]) { alternatives(accounts: $accounts, changes: $changes) { account { key }
                  recommendations { advice reason alternative { position } saving { amountMinor } }
                  options { position fits cost { year { amountMinor } } quote { __typename ... on Quote { token dueNow { amountMinor } } } } } }""",
                "accounts", accounts, "changes", changes);
    }

    private JsonNode batch(List<String> accounts, List<Map<String, Object>> changes) {
        return batchAnswer(accounts, changes).at("/alternatives");
    }

    private JsonNode page(String search, List<Map<String, Object>> changes) {
        return story.backend().ask("""
                query ($search: String, $changes: [PlanChangeInput!]) { accounts(first: 100, search: $search) { edges { node {
                  alternatives(changes: $changes) { options { position quote { ... on Quote { token } } } } } } } }""",
                "search", search, "changes", changes).at("/accounts/edges");
    }

    /** Whatever is recommended: nothing that fits costs less, and staying neither. */
    private static void consistent(JsonNode compared) {
        compared.at("/recommendations").forEach(recommendation -> {
            JsonNode chosen = compared.at("/options/" + recommendation.at("/alternative/position").asInt(-1));
            long cost = chosen.isMissingNode() ? recommendation.at("/staying/year/amountMinor").asLong() : chosen.at("/cost/year/amountMinor").asLong();
            compared.at("/options").valueStream().filter(option -> option.at("/fits").asBoolean(false))
                    .forEach(option -> assertThat(option.at("/cost/year/amountMinor").asLong()).isGreaterThanOrEqualTo(cost));
        });
    }

    private JsonNode calls(JsonNode option) {
        return option.at("/needs").valueStream().filter(need -> need.at("/feature/key").asString().equals(story.key("calls"))).findFirst().orElseThrow();
    }

    private static String day(JsonNode need, String field) {
        return need.at("/" + field).asString().substring(0, 10);
    }

    /** So many calls on each of the last five weeks' days. */
    private void steadily(String account, long calls) {
        Instant today = stories.clock().instant().truncatedTo(ChronoUnit.DAYS);
        story.record(IntStream.range(1, 35).<Map<String, Object>>mapToObj(day -> Map.of(
                "id", UUID.randomUUID().toString(), "account", account, "meter", story.key("calls"), "quantity", calls,
                "at", today.minus(day, ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS).toString())).toList()).at("/recordUsage/recorded");
    }

    private void offer() {
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { key } } } }", "input", Map.of(
                "idempotencyKey", story.key("tenth"), "product", story.key("suite"), "key", story.key("tenth"), "name", "Tenth", "percentOff", "10", "duration", "ONCE",
                "redemptionCap", 1_000, "from", "2020-01-01T00:00:00Z", "until", "2100-01-01T00:00:00Z")).at("/createOffer/offer");
    }
}
