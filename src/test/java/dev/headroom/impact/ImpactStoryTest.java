package dev.headroom.impact;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Permission;
import dev.headroom.broadcast.BroadcastInterrupted;
import dev.headroom.sync.CatalogSyncs;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/** Before a version is sold, everybody who has another one of its plan is looked at: what they pay, what they would, who loses what, who cannot move. */
@HeadroomTest
class ImpactStoryTest {

    private static final String LINES = """
            lines(kind: %s, first: 100) { edges { node { account { key } standing version moves hindrance difference { amountMinor currency } } } }""";

    @Autowired
    Stories stories;

    @Autowired
    ImpactRuns runs;

    @Autowired
    DSLContext db;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    CatalogSyncs stripeCatalog;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    private Story story;
    private Desk desk;

    @BeforeEach
    void begin() {
        story = stories.beginWithCatalogOfItsOwn();
        desk = new Desk(story);
        desk.sell();
        work();
    }

    private void work() {
        while (runs.step(ImpactRuns.PAGE)) { }
    }

    @Test
    void everyOneIsLookedAtAndTheTotalsAreTheSumsOfTheirLines() throws StripeException {
        String monthly = desk.bought("monthly", "USD", Map.of("seats", 5));
        String yearly = desk.bought("yearly", "USD", Map.of("seats", 2, "interval", "YEAR"));
        String euros = desk.bought("euros", "EUR", Map.of("seats", 3));
        String reduced = desk.bought("reduced", "USD", Map.of("seats", 4));
        halve(reduced);
        String packed = desk.bought("packed", "USD", Map.of("seats", 1));
        story.accept(story.token(packed, Map.of("addOns", List.of(Map.of("addOn", story.key("seat-pack"), "quantity", 1))))).at("/changePlan/change/id");
        String busy = desk.bought("busy", "USD", Map.of("seats", 2));
        story.record(List.of(Map.of("account", busy, "meter", story.key("calls"), "id", UUID.randomUUID().toString(), "quantity", 900))).at("/recordUsage");
        String bound = desk.bought("bound", "USD", Map.of("seats", 3));
        commit(bound);
        String trying = desk.bought("trying", "USD", Map.of("seats", 2, "trialDays", 14));
        String priceless = desk.bought("priceless", "EUR", Map.of("seats", 2, "interval", "YEAR"));
        secondVersion();
        String newer = desk.bought("newer", "USD", Map.of("seats", 2));

        JsonNode started = story.backend().ask(Desk.STARTED, "input", desk.next("1500")).at("/previewImpact/impact");
        String id = started.at("/id").asString();
        assertThat(started.at("/state").asString()).isEqualTo("RUNNING");
        assertThat(started.at("/total").asInt()).isEqualTo(10);
        assertThat(started.at("/comparedWith").asInt()).isEqualTo(2);
        assertThat(desk.impact(id, "totals { currency } csv").at("/csv").isNull()).isTrue();
        work();

        JsonNode impact = desk.impact(id, """
                state total done failure csv totals { currency accounts moving mrrBefore { amountMinor } mrrAfter { amountMinor } difference { amountMinor } }
                standings { standing total { currency accounts mrrBefore { amountMinor } mrrAfter { amountMinor } } }
                histogram { fromPercent untilPercent fromNothing currency accounts mrrBefore { amountMinor } mrrAfter { amountMinor } }
                limits { feature { key } passed expected losing } hindrances { hindrance currency accounts mrr { amountMinor } }
                whatIf(takeUpPercent: 50, churnPercent: 10, risesOverPercent: 25) { currency now { amountMinor } all { amountMinor } expected { amountMinor } atRisk mrrAtRisk { amountMinor } }""");
        assertThat(impact.at("/state").asString()).isEqualTo("DONE");
        assertThat(impact.at("/done").asInt()).isEqualTo(10);
        assertThat(impact.at("/totals").toString()).isEqualTo("""
                [{"currency":"EUR","accounts":2,"moving":1,"mrrBefore":{"amountMinor":4200},"mrrAfter":{"amountMinor":4500},"difference":{"amountMinor":300}},\
                {"currency":"USD","accounts":7,"moving":6,"mrrBefore":{"amountMinor":21967},"mrrAfter":{"amountMinor":27900},"difference":{"amountMinor":5933}}]""");
        assertThat(impact.at("/standings").valueStream().map(each -> each.at("/standing").asString() + " " + each.at("/total/currency").asString() + " "
                + each.at("/total/accounts").asInt() + " " + each.at("/total/mrrBefore/amountMinor").asLong() + " " + each.at("/total/mrrAfter/amountMinor").asLong()))
                .containsExactly("ACTIVE EUR 2 4200 4500", "ACTIVE USD 7 21967 27900", "TRIALING USD 1 2000 3000");
        assertThat(impact.at("/histogram").valueStream().map(each -> each.at("/currency").asString() + " " + each.at("/fromPercent").asInt() + "-" + each.at("/untilPercent").asInt()
                + " " + each.at("/accounts").asInt())).containsExactly("EUR 10-25 1", "USD 5-10 1", "USD 10-25 2", "USD 25-50 3");
        assertThat(impact.at("/limits").valueStream().map(each -> each.at("/feature/key").asString() + " " + each.at("/passed").asInt() + " " + each.at("/expected").asInt()
                + " " + each.at("/losing").asInt())).containsExactlyInAnyOrder(story.key("calls") + " 1 1 0", story.key("sso") + " 0 0 8");
        assertThat(impact.at("/hindrances").valueStream().map(each -> each.at("/hindrance").asString() + " " + each.at("/accounts").asInt() + " " + each.at("/mrr/amountMinor").asLong()))
                .containsExactly("COMMITTED 1 3000", "NO_PRICE 1 1500");
        // Of 18967 that can move, half goes on as before; of the half that moves, a tenth of the 13500 of those who rise by more than 25 percent leaves.
        assertThat(impact.at("/whatIf/1").toString()).isEqualTo("""
                {"currency":"USD","now":{"amountMinor":21967},"all":{"amountMinor":27900},"expected":{"amountMinor":24259},"atRisk":3,"mrrAtRisk":{"amountMinor":13500}}""");

        assertThat(lines(id, "RISES")).containsExactly(
                euros + " 300", monthly + " 2500", reduced + " 1000", busy + " 1000", trying + " 1000", newer + " 600", packed + " 500", yearly + " 333");
        assertThat(lines(id, "FALLS")).isEmpty();
        assertThat(lines(id, "CANNOT_MOVE")).containsExactly(bound + " 0", priceless + " 0");
        assertThat(lines(id, "OVER_LIMIT")).containsExactly(busy + " 1000");
        assertThat(lines(id, "LOSES_FEATURE")).hasSize(8).doesNotContain(bound + " 0");

        List<Map<String, String>> csv = Desk.csv(story.backend(), impact.at("/csv").asString());
        assertThat(csv).hasSize(10);
        for (JsonNode total : impact.at("/totals")) {
            List<Map<String, String>> own = csv.stream()
                    .filter(line -> line.get("currency").equals(total.at("/currency").asString()) && line.get("counts_as_revenue").equals("true")).toList();
            assertThat(own).hasSize(total.at("/accounts").asInt());
            assertThat(own.stream().mapToLong(line -> Long.parseLong(line.get("mrr_before_minor"))).sum()).isEqualTo(total.at("/mrrBefore/amountMinor").asLong());
            assertThat(own.stream().mapToLong(line -> Long.parseLong(line.get("mrr_after_minor"))).sum()).isEqualTo(total.at("/mrrAfter/amountMinor").asLong());
        }
        assertThat(csv.stream().filter(line -> line.get("account").equals(busy)).findFirst().orElseThrow().get("limits"))
                .contains(story.key("calls") + ": 900 used, 900 expected, 500 included instead of 1000", story.key("sso") + ": no more");
    }

    private List<String> lines(String id, String kind) {
        return desk.impact(id, LINES.formatted(kind)).at("/lines/edges").valueStream()
                .map(edge -> edge.at("/node/account/key").asString() + " " + edge.at("/node/difference/amountMinor").asLong()).toList();
    }

    @Test
    void aLineIsQuotedAsACustomerWouldBeAndCannotBeAccepted() {
        String acme = desk.bought("acme", "USD", Map.of("seats", 5));
        String owing = desk.bought("owing", "USD", Map.of("seats", 1));
        story.halfway(acme);
        db.execute("update subscription.subscription set state = 'PAST_DUE' where account_id = (select id from account.account where key = ?)", owing);
        events.publishEvent(new BroadcastInterrupted());
        String id = desk.preview(desk.next("1500"));
        work();

        JsonNode quoted = desk.impact(id, """
                lines { edges { node { account { key } quote { refusal quote { dueNow { amountMinor } lines { kind amount { amountMinor } } recurring { before { amountMinor } after { amountMinor } }
                  losses { feature { key } } } } } } }""").at("/lines/edges");

        JsonNode quote = quoted.valueStream().filter(edge -> edge.at("/node/account/key").asString().equals(acme)).findFirst().orElseThrow().at("/node/quote/quote");
        assertThat(quote.at("/lines").valueStream().map(line -> line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong()))
                .containsExactly("CREDIT -2500", "CHARGE 3750");
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isEqualTo(1_250);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(7_500);
        assertThat(quote.at("/losses").valueStream().map(loss -> loss.at("/feature/key").asString())).containsExactlyInAnyOrder(story.key("calls"), story.key("sso"));
        assertThat(quoted.valueStream().filter(edge -> edge.at("/node/account/key").asString().equals(owing)).findFirst().orElseThrow().at("/node/quote/refusal").asString())
                .contains("not paid");
    }

    @Test
    void whatIsExpectedFollowsThePaceOfTheWindow() {
        String acme = desk.bought("acme", "USD", Map.of("seats", 1));
        story.halfway(acme);
        story.record(List.of(Map.of("account", acme, "meter", story.key("calls"), "id", UUID.randomUUID().toString(), "quantity", 300))).at("/recordUsage");
        String id = desk.preview(desk.next("1500"));
        work();

        JsonNode limit = desk.impact(id, "lines(kind: OVER_LIMIT) { edges { node { limits { feature { key } policy before after used expected excess closes } } } }")
                .at("/lines/edges/0/node/limits").valueStream().filter(each -> !each.at("/closes").asBoolean()).findFirst().orElseThrow();
        assertThat(limit.at("/used").asLong()).isEqualTo(300);
        assertThat(limit.at("/expected").asLong()).isEqualTo(600);
        assertThat(limit.at("/excess").asLong()).isEqualTo(100);
        assertThat(limit.at("/before").asLong()).isEqualTo(1_000);
        assertThat(desk.impact(id, "limits { passed expected losing }").at("/limits").valueStream().map(JsonNode::toString))
                .contains("{\"passed\":0,\"expected\":1,\"losing\":0}");
    }

    @Test
    void thePagesOfAListFollowEachOtherWithoutAGap() {
        List<String> all = IntStream.rangeClosed(1, 5).mapToObj(seats -> desk.bought("of" + seats, "USD", Map.of("seats", seats)) + " " + 500 * seats).toList();
        String id = desk.preview(desk.next("1500"));
        work();

        List<String> met = new ArrayList<>();
        JsonNode page;
        String after = "";
        do {
            page = desk.impact(id, "lines(kind: RISES, currency: \"USD\", first: 2" + after + ") { edges { node { account { key } difference { amountMinor } } } pageInfo { hasNextPage endCursor } }").at("/lines");
            page.at("/edges").forEach(edge -> met.add(edge.at("/node/account/key").asString() + " " + edge.at("/node/difference/amountMinor").asLong()));
            after = ", after: \"" + page.at("/pageInfo/endCursor").asString() + "\"";
        } while (page.at("/pageInfo/hasNextPage").asBoolean());

        assertThat(met).containsExactlyElementsOf(all.reversed());
        assertThat(desk.impact(id, "lines(kind: RISES, currency: \"EUR\") { edges { cursor } }").at("/lines/edges")).isEmpty();
    }

    @Test
    void theSameContentUnderWayIsOneRunAndAnotherTakesItsPlace() {
        desk.bought("acme", "USD", Map.of("seats", 1));
        Map<String, Object> asked = desk.next("1500");
        String first = desk.preview(asked);
        assertThat(desk.preview(asked)).isEqualTo(first);
        assertThat(desk.preview(desk.next("1500"))).isEqualTo(first);
        String other = desk.preview(desk.next("1600"));

        assertThat(other).isNotEqualTo(first);
        assertThat(desk.impact(first, "state").at("/state").asString()).isEqualTo("SUPERSEDED");
        work();
        assertThat(desk.impact(other, "state").at("/state").asString()).isEqualTo("DONE");
        assertThat(desk.preview(asked)).as("the key stands for what it made").isEqualTo(first);
        asked.put("prices", List.of(Desk.price("MONTH", "USD", "1700")));
        assertThat(story.backend().ask(Desk.STARTED, "input", asked).errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void whatIsGivenUpIsLookedAtNoMore() {
        desk.bought("acme", "USD", Map.of("seats", 1));
        String id = desk.preview(desk.next("1500"));
        String cancel = "mutation ($input: CancelImpactInput!) { cancelImpact(input: $input) { ... on ImpactCanceled { impact { state done } } } }";
        assertThat(story.backend().ask(cancel, "input", Map.of("impact", id)).text("/cancelImpact/impact/state")).isEqualTo("CANCELED");
        work();

        assertThat(desk.impact(id, "state done").toString()).isEqualTo("{\"state\":\"CANCELED\",\"done\":0}");
        assertThat(Desk.get(story.backend(), "/v1/impacts/" + id + "/lines.csv").statusCode()).isEqualTo(409);
        assertThat(story.backend().ask(cancel, "input", Map.of("impact", UUID.randomUUID().toString())).errorCode()).isEqualTo("NOT_FOUND");
    }

    @Test
    void itIsForWhoeverMayManageTheCatalogueAndNamesWhatIsWrong() {
        Api reader = stories.api(stories.secret(Set.of(Permission.READ)));
        String id = desk.preview(desk.next("1500"));
        work();

        assertThat(reader.ask(Desk.STARTED, "input", desk.next("1500")).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(reader.ask("query ($id: ID!) { impact(id: $id) { state } }", "id", id).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(Desk.get(reader, "/v1/impacts/" + id + "/lines.csv").statusCode()).isEqualTo(403);
        assertThat(Desk.get(story.backend(), "/v1/impacts/nonsense/lines.csv").statusCode()).isEqualTo(404);
        assertThat(Desk.csv(story.backend(), "/v1/impacts/" + id + "/lines.csv")).isEmpty();
        assertThat(wrong("prices", List.of())).isEqualTo("input.prices");
        assertThat(wrong("prices", List.of(Desk.price("MONTH", "USD", "-1")))).isEqualTo("input.prices[0]");
        assertThat(wrong("plan", "no-such-plan")).isEqualTo("input.plan");
        assertThat(wrong("entitlements", List.of(Map.of("feature", story.key("calls"), "included", -1)))).isEqualTo("input.entitlements[0].included");
        assertThat(story.backend().ask("query ($id: ID!) { impact(id: $id) { whatIf(risesOverPercent: 7) { atRisk } } }", "id", id).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(story.backend().ask("query ($id: ID!) { impact(id: $id) { lines(after: \"x:y\") { edges { cursor } } } }", "id", id).errorCode()).isEqualTo("INVALID_INPUT");
    }

    private String wrong(String field, Object value) {
        Map<String, Object> next = desk.next("1500");
        next.put(field, value);
        return story.backend().ask(Desk.STARTED, "input", next).body().at("/errors/0/extensions/field").asString();
    }

    private void commit(String account) {
        story.backend().ask("mutation ($input: SetCommitmentInput!) { setCommitment(input: $input) { __typename } }",
                "input", Map.of("account", account, "until", stories.clock().instant().plus(Duration.ofDays(300)).toString())).at("/setCommitment");
    }

    private void halve(String account) throws StripeException {
        String coupon = stripe.v1().coupons().create(
                CouponCreateParams.builder().setDuration(CouponCreateParams.Duration.FOREVER).setPercentOff(new BigDecimal("50")).build()).getId();
        stripe.v1().subscriptions().update(new Dashboard(stripe, accounts, story).subscription(account).getId(), SubscriptionUpdateParams.builder()
                .addDiscount(SubscriptionUpdateParams.Discount.builder().setCoupon(coupon).build()).build());
        stories.settle();
    }

    /** 12.00 a seat by the month; there is no way to publish one yet. */
    private void secondVersion() {
        UUID next = UUID.randomUUID();
        db.execute("update catalog.plan_version set state = 'RETIRED' where plan_id = (select id from catalog.plan where key = ?)", desk.plan());
        db.execute("""
                insert into catalog.plan_version (id, plan_id, number, state, created_at, published_at, name, description, rank, visibility)
                select ?, id, 2, 'PUBLISHED', ?::timestamptz, ?::timestamptz, name, description, rank, visibility from catalog.plan where key = ?""",
                next, stories.clock().instant().toString(), stories.clock().instant().toString(), desk.plan());
        db.execute("""
                insert into catalog.price (id, plan_version_id, interval, currency, model)
                select gen_random_uuid(), ?, interval, currency, replace(model::text, '1000', '1200')::jsonb from catalog.price
                where plan_version_id = (select v.id from catalog.plan_version v join catalog.plan p on p.id = v.plan_id where p.key = ? and v.number = 1)""",
                next, desk.plan());
        db.execute("""
                insert into catalog.entitlement (plan_version_id, feature_id, included, policy, soft_limit, grace_days, grace_percent, setting, overage)
                select ?, feature_id, included, policy, soft_limit, grace_days, grace_percent, setting, overage from catalog.entitlement
                where plan_version_id = (select v.id from catalog.plan_version v join catalog.plan p on p.id = v.plan_id where p.key = ? and v.number = 1)""",
                next, desk.plan());
        events.publishEvent(new BroadcastInterrupted());
        stripeCatalog.push();
    }
}
