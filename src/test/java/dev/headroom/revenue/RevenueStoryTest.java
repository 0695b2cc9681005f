package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.val;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.common.EmptyParam;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.money.Money;
import dev.headroom.revenue.PayingAccounts.Paid;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.subscription.Subscriptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;

/** What customers do comes to be movements of revenue, in the transaction that records it, and every figure opens what adds up to it. */
@HeadroomTest
class RevenueStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Duration OVER_A_MONTH = Duration.ofDays(32);

    @Autowired
    Stories stories;
    @Autowired
    StripeClient stripe;
    @Autowired
    Accounts accounts;
    @Autowired
    Subscriptions subscriptions;
    @Autowired
    LedgerRebuilds rebuilds;
    @Autowired
    PayingAccounts paying;
    @Autowired
    Bookings bookings;
    @Autowired
    CatchUps catchUps;
    @Autowired
    TotalRepository totals;
    @Autowired
    AccountCountries countries;
    @Autowired
    DSLContext db;
    @Autowired
    InstantSource clock;

    private Story story;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void begin() {
        story = stories.begin();
    }

    @Test
    void everyWayToGrowAndToShrinkIsAMovementThatNamesItsPlanChange() {
        String acme = story.subscribed("acme", "team", 5);
        String seats = change(acme, Map.of("seats", 8));
        String tier = change(acme, Map.of("plan", story.key("pro"), "seats", 8));
        change(acme, Map.of("seats", 4, "when", "NOW"));

        assertThat(told(acme)).containsExactly("NEW 12500", "SEAT_EXPANSION 7500", "UPSELL 19200", "CONTRACTION -19600");
        List<JsonNode> movements = movements(acme);
        assertThat(movements.get(1).at("/planChangeId").asString()).isEqualTo(seats);
        assertThat(movements.get(2).at("/planChange/id").asString()).isEqualTo(tier);
        assertThat(movements.get(2).at("/planChange/quoted/recurring/mrrAfter/amountMinor").asLong()).as("as it was quoted").isEqualTo(39_200);
        assertThat(movements.getFirst().at("/planChange").isNull()).isTrue();
        assertThat(movements.get(2).at("/planBefore/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(movements.get(2).at("/planAfter/plan/key").asString()).isEqualTo(story.key("pro"));
        assertThat(movements.getFirst().at("/cause").asString()).startsWith("start:");
        assertThat(agrees(acme)).as("%s", said).isTrue();
    }

    @Test
    void anEndCountsWhenThePaidPeriodIsOverAndWhoComesBackIsReactivated() {
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("cancelAtPeriodEnd", true));
        assertThat(told(acme)).as("it is paid for until then").containsExactly("NEW 12500");

        stories.pass(OVER_A_MONTH);
        assertThat(told(acme)).containsExactly("NEW 12500", "CHURN -12500");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 2)).at("/startSubscription/subscription/id");

        assertThat(told(acme)).containsExactly("NEW 12500", "CHURN -12500", "REACTIVATION 5000");
        assertThat(movements(acme).get(1).at("/effectiveAt").asString()).isLessThan(movements(acme).get(1).at("/recordedAt").asString());
        assertThat(agrees(acme)).as("%s", said).isTrue();
    }

    @Test
    void fourYearlySubscriptionsOf500Are166Point67() {
        story = stories.beginWithCatalogOfItsOwn();
        for (int i = 1; i <= 6; i++) {
            sell("product-" + i, i <= 4 ? "YEAR" : "MONTH", i <= 4 ? 500_00 : 30_00);
        }
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");

        startOn(acme, 1, 2, 3, 4);
        assertThat(movements(acme).getLast().at("/closing/amountMinor").asLong()).isEqualTo(166_67);
        AccountId owner = account(acme).id();
        assertThat(paying.paid(SELF, List.of(owner)).get(owner).in(Currency.getInstance("USD"))).as("not four times 41.67").isEqualTo(Money.of(166_67, "USD"));
        stories.pass(Duration.ofDays(1));
        startOn(acme, 5, 6);
        assertThat(told(acme)).containsExactly("NEW 4167", "NEW 4166", "NEW 4167", "NEW 4167", "CROSS_SELL 3000", "CROSS_SELL 3000");
        List<JsonNode> bought = movements(acme);
        assertThat(metric("TIME_TO_EXPANSION", bought.getFirst().at("/month").asString()).at("/denominator/movements/first").asBoolean()).as("one of each account").isTrue();
        assertThat(firsts(bought.getFirst().at("/month").asString(), id(acme))).containsExactly("4167");

        end(acme, 5);
        end(acme, 6);
        stories.pass(OVER_A_MONTH);
        assertThat(told(acme).subList(6, 8)).containsExactly("CONTRACTION -3000", "CONTRACTION -3000");
        for (int i = 1; i <= 4; i++) {
            end(acme, i);
        }
        stories.pass(Duration.ofDays(340));
        assertThat(told(acme).subList(8, 12)).containsExactly("CONTRACTION -4167", "CONTRACTION -4167", "CONTRACTION -4166", "CHURN -4167");
        startOn(acme, 5, 6);
        assertThat(told(acme).subList(12, 14)).containsExactly("REACTIVATION 3000", "REACTIVATION 3000");
        JsonNode timeline = story.backend().ask("query ($key: String) { account(key: $key) { movements { growth } } }", "key", acme).at("/account/movements");
        assertThat(timeline.findValuesAsString("growth").reversed()).containsExactly(
                "NEW", "CROSS_SELL", "CROSS_SELL", "CROSS_SELL", "CROSS_SELL", "CROSS_SELL", "CONTRACTION", "CONTRACTION", "CONTRACTION", "CONTRACTION", "CONTRACTION", "CHURN", "NEW", "CROSS_SELL");
        assertThat(agrees(acme)).as("%s", said).isTrue();
    }

    private List<String> firsts(String month, String account) {
        return story.backend().ask("query ($id: ID, $month: String) { revenueMovements(filter: {accountId: $id, from: $month, kinds: [NEW], first: true}, first: 10) { edges { node { amount { amountMinor } } } } }", "id", account, "month", month)
                .at("/revenueMovements/edges").findValuesAsString("amountMinor");
    }

    @Test
    void whatEarlierRulesNamedKeepsItsNameAndIsSaidNotToDiffer() {
        story = stories.beginWithCatalogOfItsOwn();
        sell("product-5", "MONTH", 20_00);
        String acme = story.subscribed("acme", "team", 5);
        startOn(acme, 5);
        assertThat(told(acme)).containsExactly("NEW 12500", "NEW 2000");

        update(acme, "movement set kind = 'CROSS_SELL', edition = 1 where number = 2");
        assertThat(agrees(acme)).as("%s", said).isTrue();
        assertThat(said).contains("1 movements keep the name that earlier rules gave them; their amounts and months agree.");
        update(acme, "movement set edition = 2 where number = 2");
        assertThat(agrees(acme)).as("by these rules it is new").isFalse();
        update(acme, "movement set kind = 'NEW' where number = 2");
    }

    @Test
    void pausedIsContractionAndResumedIsReactivation() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        pause(acme, PauseCollection.builder().setBehavior(PauseCollection.Behavior.VOID).build());
        assertThat(told(acme)).containsExactly("NEW 12500", "CONTRACTION -12500");

        stripe.v1().subscriptions().update(stripeId(acme), SubscriptionUpdateParams.builder().setPauseCollection(EmptyParam.EMPTY).build());
        stories.settle();
        assertThat(told(acme)).containsExactly("NEW 12500", "CONTRACTION -12500", "REACTIVATION 12500");
        assertThat(agrees(acme)).as("%s", said).isTrue();
    }

    private void pause(String account, PauseCollection how) throws StripeException {
        stripe.v1().subscriptions().update(stripeId(account), SubscriptionUpdateParams.builder().setPauseCollection(how).build());
        stories.settle();
    }

    @Test
    void whatIsFreeBringsNothingAndItsFirstPriceIsNew() {
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("free"))).at("/startSubscription/subscription/id");
        assertThat(told(acme)).isEmpty();

        change(acme, Map.of("plan", story.key("starter")));
        assertThat(told(acme)).containsExactly("NEW 9900");
    }

    @Test
    void onlyWhoMaySeeRevenueSeesIt() throws IOException, InterruptedException {
        String acme = story.subscribed("acme", "team", 5);
        Api poor = stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(Permission.REVENUE))));
        String member = member(acme);

        for (String query : List.of(
                "{ revenueCurrencies }", "{ revenueSettings { zone } }", "{ revenueMonths(currency: \"USD\", from: \"2026-01\", until: \"2026-02\") { month } }",
                "{ revenueRetention(currency: \"USD\", from: \"2026-01\", until: \"2026-02\") { netPoints } }", "{ revenueMovements { csv } }",
                "{ revenueCohorts(currency: \"USD\", from: \"2026-01\", until: \"2026-02\") { month } }", "{ revenueAccounts(filter: {currency: \"USD\", month: \"2026-01\"}) { csv } }",
                "{ revenueSegments(currency: \"USD\", by: PLAN, from: \"2026-01\", until: \"2026-02\") { key } }",
                "{ revenueRetained(filter: {currency: \"USD\", from: \"2026-01\", until: \"2026-02\"}) { csv } }",
                "{ revenueProjection(currency: \"USD\") { observed } }",
                "{ revenueMetrics(currency: \"USD\", from: \"2026-01\", until: \"2026-02\") { kind } }",
                "mutation { setRevenueSettings(input: {version: 0, zone: \"UTC\", closingDays: 5, reactivation: false, priceIncrease: false}) { __typename } }")) {
            assertThat(poor.ask(query).errorCode()).as(query).isEqualTo("FORBIDDEN");
            assertThat(stories.api(member).ask(query).errorCode()).as(query).isEqualTo("FORBIDDEN");
        }
        for (String file : List.of("/v1/revenue/movements.csv", "/v1/revenue/accounts.csv?currency=USD&month=2026-01", "/v1/revenue/retained.csv?currency=USD&from=2026-01&until=2026-02")) {
            assertThat(csv(poor.credential(), file).statusCode()).isEqualTo(403);
            assertThat(csv(member, file).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aPageAndTheFileBesideItHoldExactlyWhatTheFilterNames() throws IOException, InterruptedException {
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("seats", 8));
        change(acme, Map.of("seats", 9));
        String query = "query ($id: ID, $after: String) { revenueMovements(filter: {accountId: $id, kinds: [SEAT_EXPANSION]}, first: 1, after: $after) { csv pageInfo { hasNextPage endCursor } edges { node { number amount { amountMinor } } } } }";

        JsonNode first = story.backend().ask(query, "id", id(acme)).at("/revenueMovements");
        JsonNode second = story.backend().ask(query, "id", id(acme), "after", first.at("/pageInfo/endCursor").asString()).at("/revenueMovements");

        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(Stream.of(first, second).map(each -> each.at("/edges/0/node/amount/amountMinor").asLong()).toList()).containsExactlyInAnyOrder(7_500L, 2_500L);
        List<String> lines = csv(story.backend().credential(), first.at("/csv").asString()).body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains(acme).contains(",SEAT_EXPANSION,USD,");
        assertThat(story.backend().ask(query, "id", id(acme), "after", "nonsense").errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.backend().ask("{ revenueMovements(filter: {from: \"2026-13\"}) { csv } }").errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.backend().ask("{ revenueMonths(currency: \"USD\", from: \"2026-02\", until: \"2026-02\") { month } }").errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void aCellOfACohortOpensItsAccountsAndTheirFile() throws IOException, InterruptedException {
        String acme = story.subscribed("acme", "team", 5);
        String month = movements(acme).getFirst().at("/month").asString();
        String next = YearMonth.parse(month).plusMonths(1).toString();
        JsonNode cohort = story.backend().ask("query ($from: String!, $until: String!) { revenueCohorts(currency: \"USD\", from: $from, until: $until) { month joined start { amountMinor } accounts cells { age month mrr { amountMinor } kept { amountMinor } accounts netPoints grossPoints accountPoints mature } } }",
                "from", month, "until", next).at("/revenueCohorts/0");
        assertThat(cohort.at("/cells/0/mrr")).isEqualTo(cohort.at("/start")).isEqualTo(cohort.at("/cells/0/kept"));
        assertThat(cohort.at("/cells/0/netPoints").asLong()).isEqualTo(10_000);
        assertThat(cohort.at("/cells/0/mature").asBoolean()).isFalse();

        long sum = 0;
        List<String> keys = new ArrayList<>();
        JsonNode page = null;
        while (page == null || page.at("/pageInfo/hasNextPage").asBoolean()) {
            page = story.backend().ask("query ($month: String!, $after: String) { revenueAccounts(filter: {currency: \"USD\", month: $month, cohort: $month}, first: 100, after: $after) { csv pageInfo { hasNextPage endCursor } edges { node { account { key } mrr { amountMinor } cohort since } } } }",
                    "month", month, "after", page == null ? null : page.at("/pageInfo/endCursor").asString()).at("/revenueAccounts");
            for (JsonNode edge : page.at("/edges")) {
                sum += edge.at("/node/mrr/amountMinor").asLong();
                keys.add(edge.at("/node/account/key").asString());
            }
        }
        assertThat(sum).isEqualTo(cohort.at("/cells/0/mrr/amountMinor").asLong());
        assertThat(keys).contains(acme).hasSize(cohort.at("/cells/0/accounts").asInt());
        assertThat(csv(story.backend().credential(), page.at("/csv").asString()).body().lines()).hasSize(keys.size() + 1).anyMatch(line -> line.startsWith(acme + ",") && line.endsWith("," + month + "," + month));
        assertThat(csv(story.backend().credential(), "/v1/revenue/accounts.csv?currency=USD").statusCode()).isEqualTo(400);
        assertThat(story.backend().ask("{ revenueAccounts(filter: {currency: \"USD\", month: \"2026-13\"}) { csv } }").errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void retentionAccountByAccountOpensItsAccountsAndTheirFile() throws IOException, InterruptedException {
        String acme = story.subscribed("acme", "team", 5);
        String from = YearMonth.parse(movements(acme).getFirst().at("/month").asString()).plusMonths(1).toString();
        String until = YearMonth.parse(from).plusMonths(1).toString();
        JsonNode told = story.backend().ask("query ($from: String!, $until: String!) { revenueRetention(currency: \"USD\", definition: ACCOUNTS, months: 1, from: $from, until: $until) { start { amountMinor } end { amountMinor } kept { amountMinor } } }",
                "from", from, "until", until).at("/revenueRetention/0");

        List<JsonNode> nodes = new ArrayList<>();
        JsonNode page = null;
        while (page == null || page.at("/pageInfo/hasNextPage").asBoolean()) {
            page = story.backend().ask("query ($filter: RevenueRangeInput!, $after: String) { revenueRetained(filter: $filter, first: 100, after: $after) { csv sum { accounts start { amountMinor } end { amountMinor } kept { amountMinor } } pageInfo { hasNextPage endCursor } edges { node { account { key } start { amountMinor } end { amountMinor } kept { amountMinor } } } } }",
                    "filter", Map.of("currency", "USD", "from", from, "until", until), "after", page == null ? null : page.at("/pageInfo/endCursor").asString()).at("/revenueRetained");
            page.at("/edges").forEach(edge -> nodes.add(edge.at("/node")));
        }
        for (String part : List.of("start", "end", "kept")) {
            assertThat(nodes.stream().mapToLong(each -> each.at("/" + part + "/amountMinor").asLong()).sum()).as(part).isEqualTo(told.at("/" + part + "/amountMinor").asLong());
            assertThat(page.at("/sum/" + part)).isEqualTo(told.at("/" + part));
        }
        assertThat(nodes).hasSize(page.at("/sum/accounts").asInt()).anyMatch(each -> each.at("/account/key").asString().equals(acme) && each.at("/kept/amountMinor").asLong() == 125_00);
        assertThat(csv(story.backend().credential(), page.at("/csv").asString()).body().lines()).hasSize(nodes.size() + 1).anyMatch(line -> line.startsWith(acme + ",") && line.endsWith(",12500,12500,12500,125.00"));
        assertThat(story.backend().ask("{ revenueRetained(filter: {currency: \"USD\", from: \"2026-02\", until: \"2026-02\"}) { csv } }").errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(csv(story.backend().credential(), "/v1/revenue/retained.csv?currency=USD&from=2026-01").statusCode()).isEqualTo(400);

        JsonNode stayed = story.backend().ask("query ($from: String!, $until: String!) { revenueMetrics(currency: \"USD\", kinds: [LOGO_RETENTION, SEVERAL_PRODUCTS], from: $from, until: $until) { numerator { accounts payers { currency month paying severalProducts } } denominator { accounts payers { month } } } }",
                "from", from, "until", until).at("/revenueMetrics");
        assertThat(stayed.at("/0/numerator").toString()).isEqualTo("{\"accounts\":null,\"payers\":{\"currency\":\"USD\",\"month\":\"" + from + "\",\"paying\":\"" + from + "\",\"severalProducts\":false}}");
        assertThat(stayed.at("/1/numerator/payers/severalProducts").asBoolean()).isTrue();
        assertThat(stayed.at("/1/denominator/accounts").asString()).isEqualTo(from);
        assertThat(story.backend().ask("query ($month: String!) { revenueAccounts(filter: {currency: \"USD\", month: $month, paying: $month, severalProducts: true}) { csv } }", "month", from).at("/revenueAccounts/csv").asString())
                .isEqualTo("/v1/revenue/accounts.csv?currency=USD&month=" + from + "&paying=" + from + "&severalProducts=true");
    }

    @Test
    void aPieceIsNamedByTheCatalogueAndOpensItsMovements() throws IOException, InterruptedException {
        story = stories.beginWithCatalogOfItsOwn();
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("plan", story.key("pro"), "seats", 8));
        new LedgerJob(catchUps, totals, countries).work();
        String month = movements(acme).getFirst().at("/month").asString();

        JsonNode plan = segment("PLAN", story.key("team"), month);
        assertThat(plan.at("/name").asString()).isEqualTo("team");
        assertThat(plan.at("/openingAccounts").isNull()).isTrue();
        assertThat(plan.at("/movements").findValuesAsString("kind")).as("what it became is growth of what it was").containsExactly("NEW", "UPSELL");
        assertThat(segment("PRODUCT", movements(acme).getFirst().at("/product/key").asString(), month).at("/closing/amountMinor").asLong()).isPositive();
        assertThat(segment("COUNTRY", country(acme), month).at("/closingAccounts").asLong()).isPositive();

        JsonNode page = story.backend().ask("query ($segment: RevenueSegmentInput!) { revenueMovements(filter: {currency: \"USD\", segment: $segment}, first: 10) { csv edges { node { kind planAfter { plan { key } } } } } }",
                "segment", Map.of("by", "PLAN", "key", story.key("team"), "from", month)).at("/revenueMovements");
        assertThat(page.at("/edges").findValuesAsString("kind")).containsExactly("UPSELL", "NEW");
        assertThat(csv(story.backend().credential(), page.at("/csv").asString()).body().lines()).hasSize(3);
        for (String refused : List.of("{by: PLAN, key: \"no-such\", from: \"2026-01\"}", "{by: SIZE, key: \"0\", from: \"January\"}")) {
            assertThat(story.backend().ask("{ revenueMovements(filter: {segment: " + refused + "}) { csv } }").errorCode()).as(refused).isIn("NOT_FOUND", "INVALID_INPUT");
        }
        assertThat(csv(story.backend().credential(), "/v1/revenue/movements.csv?by=MOON&key=full").statusCode()).isEqualTo(400);
    }

    private String country(String account) {
        return account(account).country();
    }

    private JsonNode segment(String by, String key, String month) {
        for (JsonNode each : story.backend().ask("query ($by: RevenueDimension!, $from: String!, $until: String!) { revenueSegments(currency: \"USD\", by: $by, from: $from, until: $until) { key name openingAccounts closingAccounts closing { amountMinor } movements { kind } months { month } retention { netPoints } } }",
                "by", by, "from", month, "until", YearMonth.parse(month).plusMonths(1).toString()).at("/revenueSegments")) {
            if (each.at("/key").asString().equals(key)) {
                return each;
            }
        }
        throw new AssertionError("No piece " + by + " " + key);
    }

    @Test
    void whoBuysAnAddOnIsAttachedFromThenOnAndOfWhatIsOverNothingIsSaid() {
        String acme = story.subscribed("acme", "team", 5);
        String month = movements(acme).getFirst().at("/month").asString();
        JsonNode before = metric("ATTACH_RATE", month);
        change(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1))));
        JsonNode after = metric("ATTACH_RATE", month);

        assertThat(after.at("/numerator/count").asLong()).isEqualTo(before.at("/numerator/count").asLong() + 1);
        assertThat(after.at("/denominator/count").asLong()).isEqualTo(before.at("/denominator/count").asLong());
        assertThat(after.at("/value").asLong()).isPositive();
        assertThat(metric("ATTACH_RATE", YearMonth.parse(month).minusMonths(1).toString()).at("/value").isNull()).isTrue();

        JsonNode rate = metric("AVERAGE_EXPANSION", month);
        assertThat(rate.at("/unit").asString()).isEqualTo("MINOR");
        JsonNode listed = story.backend().ask("query ($filter: RevenueMovementFilterInput) { revenueMovements(filter: $filter, first: 100) { edges { node { amount { amountMinor } } } } }", "filter", Map.of(
                "currency", "USD", "from", rate.at("/numerator/movements/from").asString(), "until", rate.at("/numerator/movements/until").asString(),
                "kinds", rate.at("/numerator/movements/kinds").valueStream().map(JsonNode::asString).toList())).at("/revenueMovements/edges");
        assertThat(listed.valueStream().mapToLong(each -> each.at("/node/amount/amountMinor").asLong()).sum()).isEqualTo(rate.at("/numerator/money/amountMinor").asLong());
        assertThat(story.backend().ask("{ revenueMetrics(currency: \"USD\", from: \"2026-02\", until: \"2026-01\") { kind } }").errorCode()).isEqualTo("INVALID_INPUT");
    }

    private JsonNode metric(String kind, String month) {
        return story.backend().ask("query ($kind: RevenueMetricKind!, $from: String!, $until: String!) { revenueMetrics(currency: \"USD\", kinds: [$kind], from: $from, until: $until) { kind unit value numerator { money { amountMinor } count accounts movements { currency from until kinds paying first } } denominator { count movements { first } } } }",
                "kind", kind, "from", month, "until", YearMonth.parse(month).plusMonths(1).toString()).at("/revenueMetrics/0");
    }

    @Test
    void settingsAreReplacedAsAWholeByOneOfTwo() throws Exception {
        int version = story.backend().ask("{ revenueSettings { version } }").at("/revenueSettings/version").asInt();
        List<String> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> both = Stream.of("UTC", "UTC").map(zone -> threads.submit(() -> set(version, zone).text("/setRevenueSettings/__typename"))).toList();
            for (Future<String> each : both) {
                results.add(each.get());
            }
        }
        assertThat(results).containsExactlyInAnyOrder("RevenueSettingsSet", "RevenueSettingsMoved");
        JsonNode entry = story.backend().ask("{ auditEntries(filter: {operation: \"setRevenueSettings\"}, first: 1) { edges { node { subject before after } } } }").at("/auditEntries/edges/0/node");
        assertThat(entry.at("/subject").asString()).isEqualTo("revenueSettings");
        assertThat(entry.at("/before/version").asInt()).isEqualTo(version);
        assertThat(entry.at("/after/version").asInt()).isEqualTo(version + 1);
        assertThat(set(version + 1, "Mars/Olympus").errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void whatIsClosedStaysClosedWhateverIsSetLater() {
        JsonNode before = story.backend().ask("{ revenueSettings { version zone } }").at("/revenueSettings");
        YearMonth now = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        String open = openFrom(set(before.at("/version").asInt(), "UTC", 0));
        String closed = openFrom(set(before.at("/version").asInt() + 1, "UTC", 27));
        assertThat(YearMonth.parse(closed)).as("with no days at all the month before was closed").isEqualTo(now);
        assertThat(YearMonth.parse(open)).isBeforeOrEqualTo(now);

        String acme = story.subscribed("acme", "team", 5);
        assertThat(openFrom(set(before.at("/version").asInt() + 2, before.at("/zone").asString(), 5))).isEqualTo(now.toString());
        assertThat(story.backend().ask("query ($from: String!, $until: String!) { revenueMonths(currency: \"USD\", from: $from, until: $until) { closed } }",
                "from", now.minusMonths(1).toString(), "until", now.toString()).at("/revenueMonths/0/closed").asBoolean()).isTrue();
        assertThat(movements(acme).getFirst().at("/month").asString()).isEqualTo(now.toString());
    }

    private static String openFrom(Api.Answer set) {
        return set.at("/setRevenueSettings/settings/openFrom").asString();
    }

    @Test
    void whatIsBookedIsNeverChangedAndWhatSomebodyDamagedIsFound() {
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("seats", 8));
        assertThatThrownBy(() -> db.execute("update revenue.movement set kind = 'UPSELL' where account_id = {0}::uuid and number = 2", val(id(acme)))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> db.execute("delete from revenue.movement where account_id = {0}::uuid", val(id(acme)))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> db.execute("update revenue.balance set mrr_minor = mrr_minor + 1 where account_id = {0}::uuid", val(id(acme)))).as("no movement closes with it").isInstanceOf(DataAccessException.class);
        assertThat(agrees(acme)).as("%s", said).isTrue();

        damaging(acme, "movement set kind = 'UPSELL' where number = 2", "movement set kind = 'SEAT_EXPANSION' where number = 2", "movement USD 2: kept is UPSELL 75.00 USD");
        damaging(acme, "movement set effective_at = effective_at - interval '1 second' where number = 1", "movement set effective_at = effective_at + interval '1 second' where number = 1", "movement USD 1: ");
        damaging(acme, "counted set year = year + 1 where true", "counted set year = year - 1 where true", "subscription ");
        damaging(acme, "account_month set mrr_minor = mrr_minor - 1 where true", "account_month set mrr_minor = mrr_minor + 1 where true", "month ");
        damaging(acme, "balance set cohort = cohort - interval '1 month' where true", "balance set cohort = cohort + interval '1 month' where true", "balance USD");
    }

    @Test
    void anAccountIsPutRightByAMovementThatSaysSo() {
        String acme = story.subscribed("acme", "team", 5);
        assertThat(correct(acme, "first").text("/correctRevenue/__typename")).as("nothing differs").isEqualTo("RevenueAgrees");
        db.execute("update subscription.movement set year_after = year_after + 120000 where account_id = {0}::uuid", val(id(acme)));
        assertThat(agrees(acme)).isFalse();

        assertThat(stories.api(stories.secret(EnumSet.of(Permission.REVENUE, Permission.READ))).ask(CORRECT, "input", correction(acme, "first")).errorCode()).isEqualTo("FORBIDDEN");
        Api.Answer corrected = correct(acme, "first");
        assertThat(corrected.at("/correctRevenue/movements/0/kind").asString()).as("nobody knows why, and it is no expansion").isEqualTo("PRICE_INCREASE");
        assertThat(corrected.at("/correctRevenue/movements/0/cause").asString()).startsWith("correction:");
        assertThat(told(acme)).containsExactly("NEW 12500", "PRICE_INCREASE 10000");
        assertThat(agrees(acme)).as("%s", said).isTrue();
        assertThat(correct(acme, "first").at("/correctRevenue")).as("twice is once").isEqualTo(corrected.at("/correctRevenue"));
        JsonNode entry = story.backend().ask("{ auditEntries(filter: {operation: \"correctRevenue\"}, first: 1) { edges { node { subject reason before } } } }").at("/auditEntries/edges/0/node");
        assertThat(entry.at("/reason").asString()).isEqualTo("Booked too little");
        assertThat(entry.at("/before/differences/0").asString()).startsWith("movement USD 1");

        change(acme, Map.of("seats", 8));
        assertThat(told(acme)).as("what is booked later goes on from there").containsExactly("NEW 12500", "PRICE_INCREASE 10000", "CONTRACTION -2500");
        assertThat(agrees(acme)).as("%s", said).isTrue();
        assertThat(correct(acme, "second").text("/correctRevenue/__typename")).isEqualTo("RevenueAgrees");
    }

    @Test
    void whatNoMovementPutsRightIsSaidToStay() {
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("seats", 8));
        update(acme, "movement set kind = 'UPSELL' where number = 2");
        assertThat(agrees(acme)).isFalse();

        assertThat(correct(acme, "names").at("/correctRevenue/movements")).as("a name, no amount").isEmpty();
        assertThat(agrees(acme)).as("%s", said).isTrue();
        update(acme, "counted set year = year + 1200 where true");
        assertThat(correct(acme, "counted").at("/correctRevenue/movements")).as("what is paid was right").isEmpty();
        assertThat(agrees(acme)).as("%s", said).isTrue();
        change(acme, Map.of("seats", 9));
        assertThat(told(acme)).containsExactly("NEW 12500", "UPSELL 7500", "SEAT_EXPANSION 2500");
        assertThat(agrees(acme)).as("%s", said).isTrue();
        update(acme, "movement set kind = 'SEAT_EXPANSION' where number = 2");
    }

    private static final String CORRECT = "mutation ($input: CorrectRevenueInput!) { correctRevenue(input: $input) { __typename ... on RevenueCorrected { account { key } movements { kind cause amount { amountMinor } } } } }";

    private Api.Answer correct(String account, String key) {
        return story.backend().ask(CORRECT, "input", correction(account, key));
    }

    private Map<String, Object> correction(String account, String key) {
        return Map.of("idempotencyKey", story.key(key), "accountId", id(account), "reason", "Booked too little");
    }

    @Test
    void whatIsGivenUpBringsNothingUntilItIsPaidAfterAll() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        story.card(acme, "pm_card_chargeCustomerFail");
        stories.pass(OVER_A_MONTH);
        assertThat(told(acme)).as("past due counts").containsExactly("NEW 12500");
        String invoice = stripe.v1().invoices().list(InvoiceListParams.builder().setSubscription(stripeId(acme)).setStatus(InvoiceListParams.Status.OPEN).build()).getData().getFirst().getId();

        stripe.v1().invoices().markUncollectible(invoice);
        stories.settle();
        assertThat(subscriptions.live(SELF, account(acme).id()).getFirst().state()).isEqualTo(SubscriptionState.PAST_DUE);
        assertThat(told(acme)).containsExactly("NEW 12500", "CHURN -12500");

        story.card(acme, "pm_card_visa");
        stripe.v1().invoices().pay(invoice);
        stories.settle();
        assertThat(told(acme)).containsExactly("NEW 12500", "CHURN -12500", "REACTIVATION 12500");
        assertThat(agrees(acme)).as("%s", said).isTrue();
    }

    @Test
    void whatAnAccountPaysIsWhatTheLedgerSays() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        AccountId id = account(acme).id();
        assertThat(paying.paid(SELF, List.of(id)).get(id).in(Currency.getInstance("USD"))).isEqualTo(Money.of(125_00, "USD"));
        pause(acme, PauseCollection.builder().setBehavior(PauseCollection.Behavior.VOID).build());

        Paid paid = paying.paid(SELF, List.of(id)).get(id);
        assertThat(paid.in(Currency.getInstance("USD"))).as("paused").isEqualTo(Money.of(0, "USD"));
        assertThat(paid.of(subscriptions.live(SELF, id).getFirst().id()).monthly(Currency.getInstance("USD")).isZero()).isTrue();
    }

    @Test
    void whatWasRecordedAtTheSameTimeWasBookedInTheLedgersOrder() {
        story = stories.beginWithCatalogOfItsOwn();
        sell("product-5", "MONTH", 30_00);
        String acme = story.subscribed("acme", "team", 5);
        startOn(acme, 5);
        assertThat(told(acme)).containsExactly("NEW 12500", "NEW 3000");

        db.execute("update subscription.movement set at = at + interval '1 second' where account_id = {0}::uuid and growth = 'NEW' and mrr_after_minor = 12500", val(id(acme)));
        update(acme, "movement set recorded_at = recorded_at + interval '1 second' where number = 1");
        assertThat(agrees(acme)).as("%s", said).isTrue();
    }

    @Test
    void totalsAreTheSumsOfMovementsBeforeAndAfterTheyAreFolded() {
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("seats", 8));
        assertThat(run(null)).as("%s", said).isEqualTo(LedgerRebuildListener.AGREES);
        JsonNode before = everything();

        new LedgerJob(catchUps, totals, countries).work();
        assertThat(db.fetchOne("select count(*) from revenue.delta").get(0, Long.class)).isZero();
        assertThat(everything()).isEqualTo(before);
        assertThat(run(null)).as("%s", said).isEqualTo(LedgerRebuildListener.AGREES);

        db.execute("update revenue.total set amount_minor = amount_minor + 1 where (month, currency, cohort, since, kind, product_id) = (select month, currency, cohort, since, kind, product_id from revenue.total order by 1, 2, 3, 4, 5, 6 limit 1)");
        assertThat(run(null)).isEqualTo(LedgerRebuildListener.DIFFERS);
        assertThat(said).anyMatch(line -> line.startsWith("total of "));
        db.execute("update revenue.total set amount_minor = amount_minor - 1 where (month, currency, cohort, since, kind, product_id) = (select month, currency, cohort, since, kind, product_id from revenue.total order by 1, 2, 3, 4, 5, 6 limit 1)");
    }

    private JsonNode everything() {
        return story.backend().ask("{ revenueMonths(currency: \"USD\", from: \"2025-12\", until: \"2035-12\") { month opening { amountMinor } closing { amountMinor } openingAccounts closingAccounts movements { kind movements amount { amountMinor } } } }").at("/revenueMonths");
    }

    @Test
    void aHistoryFromBeforeTheLedgerIsBookedOnceByWhoeverComesFirst() throws Exception {
        String acme = story.subscribed("acme", "team", 5);
        change(acme, Map.of("seats", 8));
        String other = story.subscribed("other", "team", 3);
        List<String> before = told(acme);
        forget(acme);
        forget(other);
        assertThat(told(acme)).isEmpty();
        assertThat(run(acme)).isEqualTo(LedgerRebuildListener.DIFFERS);
        assertThat(said).contains(acme + ", its history is not in the ledger");

        change(acme, Map.of("seats", 10));
        assertThat(told(acme)).as("the next change brings what was before").isEqualTo(Stream.concat(before.stream(), Stream.of("SEAT_EXPANSION 5000")).toList());
        db.execute("delete from revenue.caught_up");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> each : Stream.of(1, 2).map(_ -> threads.submit(() -> {
                boolean more = true;
                while (more) {
                    more = catchUps.step();
                }
            })).toList()) {
                each.get();
            }
        }
        assertThat(told(other)).containsExactly("NEW 7500");
        assertThat(catchUps.step()).as("all are there").isFalse();
        assertThat(agrees(acme) && agrees(other)).as("%s", said).isTrue();
    }

    /** As it was before there was a ledger. */
    private void forget(String account) {
        db.transaction(within -> {
            within.dsl().execute("alter table revenue.movement disable trigger movement_stays");
            for (String table : List.of("account_month", "balance", "counted", "movement", "account")) {
                if (table.equals("movement")) {
                    within.dsl().execute("insert into revenue.delta (month, currency, cohort, since, kind, product_id, amount_minor, movements, accounts, use_minor) select month, currency, cohort, since, kind, product_id, -amount_minor, -1, (opening_minor > 0)::int - (closing_minor > 0)::int, -use_minor from revenue.movement where account_id = {0}", val(UUID.fromString(id(account))));
                }
                within.dsl().execute("delete from revenue." + table + " where account_id = {0}", val(UUID.fromString(id(account))));
            }
            within.dsl().execute("alter table revenue.movement enable always trigger movement_stays");
        });
    }

    /** By somebody who may do everything in the database. */
    private void damaging(String account, String damage, String repair, String words) {
        update(account, damage);
        assertThat(agrees(account)).as(damage).isFalse();
        assertThat(said).as(damage).anyMatch(line -> line.contains(words));
        update(account, repair);
        assertThat(agrees(account)).as("%s", said).isTrue();
    }

    private void update(String account, String what) {
        db.transaction(within -> {
            within.dsl().execute("alter table revenue.movement disable trigger movement_stays");
            assertThat(within.dsl().execute("update revenue." + what + " and account_id = {0}", val(UUID.fromString(id(account))))).isPositive();
            within.dsl().execute("alter table revenue.movement enable always trigger movement_stays");
        });
    }

    private boolean agrees(String account) {
        return run(account) == LedgerRebuildListener.AGREES;
    }

    private int run(String key) {
        said.clear();
        return new LedgerRebuildListener(rebuilds, accounts, new DefaultApplicationArguments()).run(key, said::add);
    }

    private String change(String account, Map<String, Object> what) {
        return story.accept(story.token(account, what)).text("/changePlan/change/id");
    }

    private Account account(String key) {
        return accounts.byKeys(SELF, Set.of(key)).get(key);
    }

    private String id(String key) {
        return account(key).id().toString();
    }

    private String stripeId(String account) {
        return subscriptions.live(SELF, account(account).id()).getFirst().stripeId();
    }

    /** In the order in which they were booked. */
    private List<JsonNode> movements(String account) {
        List<JsonNode> found = new ArrayList<>();
        story.backend().ask("""
                query ($id: ID) { revenueMovements(filter: {accountId: $id}, first: 100) { edges { node { number kind amount { amountMinor } opening { amountMinor } closing { amountMinor }
                  effectiveAt recordedAt month cohort since cause planChangeId planChange { id quoted { recurring { mrrAfter { amountMinor } } } } planBefore { plan { key } } planAfter { plan { key } } account { key } product { key } } } } }""", "id", id(account))
                .at("/revenueMovements/edges").forEach(edge -> found.add(edge.at("/node")));
        found.sort(Comparator.comparingInt(each -> each.at("/number").asInt()));
        assertThat(found).allMatch(each -> each.at("/account/key").asString().equals(account));
        return found;
    }

    private List<String> told(String account) {
        return movements(account).stream().map(each -> each.at("/kind").asString() + " " + each.at("/amount/amountMinor").asLong()).toList();
    }

    private Api.Answer set(int version, String zone) {
        return set(version, zone, 5);
    }

    private Api.Answer set(int version, String zone, int closingDays) {
        return story.backend().ask("mutation ($input: SetRevenueSettingsInput!) { setRevenueSettings(input: $input) { __typename ... on RevenueSettingsSet { settings { zone version openFrom } } } }",
                "input", Map.of("version", version, "zone", zone, "closingDays", closingDays, "reactivation", false, "priceIncrease", false));
    }

    private void sell(String name, String interval, int flat) {
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key(name), "key", story.key(name), "name", name, "features", List.of(Map.of("key", story.key(name + "-tours"), "name", "Tours", "kind", "GATE")))).at("/createProduct");
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input", Map.of(
                "idempotencyKey", story.key(name + "-plan"), "product", story.key(name), "key", story.key(name + "-plan"), "name", name, "rank", 1,
                "prices", List.of(Map.of("interval", interval, "currency", "USD", "flat", flat)), "entitlements", List.of(Map.of("feature", story.key(name + "-tours"))))).at("/createPlan/version");
    }

    private void startOn(String account, int... products) {
        for (int each : products) {
            story.start(account, new HashMap<>(Map.of("plan", story.key("product-" + each + "-plan"), "interval", each <= 4 ? "YEAR" : "MONTH"))).at("/startSubscription/subscription/id");
        }
    }

    private void end(String account, int product) {
        change(account, Map.of("product", story.key("product-" + product), "cancelAtPeriodEnd", true));
    }

    private String member(String account) {
        String key = story.key("ada");
        story.backend().ask("mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", key, "account", account, "key", key, "name", "Ada", "email", "ada@example.com")).at("/addMember");
        return story.backend().ask("mutation ($input: CreateAccountTokenInput!) { createAccountToken(input: $input) { token } }", "input", Map.of(
                "account", account, "member", key, "permissions", List.of("READ", "QUOTE", "CHANGE"))).text("/createAccountToken/token");
    }

    private HttpResponse<String> csv(String credential, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(stories.url() + path)).header("Authorization", "Bearer " + credential).build(), HttpResponse.BodyHandlers.ofString());
    }
}
