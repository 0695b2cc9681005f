package dev.headroom.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.common.EmptyParam;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.invoice.Invoices;
import dev.headroom.revenue.RevenueHistories.Open;
import dev.headroom.revenue.RevenueHistories.PastState;
import dev.headroom.revenue.RevenueHistories.Placed;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import tools.jackson.databind.JsonNode;

/** What is used past limits is revenue by closed periods: each replaces the one before it. */
@HeadroomTest
class UsageRevenueStoryTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    Stories stories;
    @Autowired
    StripeClient stripe;
    @Autowired
    Accounts accounts;
    @Autowired
    Subscriptions subscriptions;
    @Autowired
    Invoices invoices;
    @Autowired
    LedgerRebuilds rebuilds;
    @Autowired
    RevenueHistories histories;
    @Autowired
    Catalog catalog;
    @Autowired
    DSLContext db;

    private Story story;
    private String acme;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void anAccountOnApiBasic() {
        story = stories.begin();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", story.key("api"), "key", story.key("api"), "name", "Launch API", "features", List.of(
                        Map.of("key", story.key("api-calls"), "name", "API calls", "unit", "call", "kind", "METER", "reset", "BILLING_PERIOD"))))
                .at("/createProduct/product");
        plan("basic", 2, 19_900);
        plan("metered", 1, 0);
    }

    private void plan(String key, int rank, int fee) {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key(key), "product", story.key("api"), "key", story.key(key), "name", key, "rank", rank,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", fee), Map.of("interval", "YEAR", "currency", "USD", "flat", fee * 10)),
                        "entitlements", List.of(Map.of("feature", story.key("api-calls"), "included", 10_000, "policy", "OVERAGE",
                                "overage", List.of(Map.of("currency", "USD", "unitMinor", "5")))))).at("/createPlan/version");
    }

    @Test
    void eachClosedPeriodReplacesTheOneBeforeItAndTheEndTakesItAll() throws StripeException {
        start("basic", "MONTH");
        use(12_000);
        assertThat(told()).as("while the period runs nothing is known of it").containsExactly("NEW 19900");
        renew();
        use(13_000);
        renew();
        use(10_400);
        renew();
        assertThat(told()).containsExactly("NEW 19900", "USAGE_EXPANSION 10000", "USAGE_EXPANSION 5000", "CONTRACTION -13000");
        List<JsonNode> movements = movements();
        assertThat(movements).allSatisfy(each -> assertThat(each.at("/opening/amountMinor").asLong() + each.at("/amount/amountMinor").asLong()).isEqualTo(each.at("/closing/amountMinor").asLong()));
        JsonNode second = movements.get(2);
        assertThat(second.at("/invoice/id").asString()).isEqualTo(second.at("/invoiceId").asString()).isNotEmpty();
        assertThat(second.at("/cause").asString()).isEqualTo("invoice:" + second.at("/invoiceId").asString());
        assertThat(second.at("/invoice/lines")).anyMatch(line -> line.at("/usage").asBoolean() && line.at("/amount/amountMinor").asLong() == 15_000);
        assertThat(second.at("/invoice/lines")).anyMatch(line -> !line.at("/usage").asBoolean() && line.at("/amount/amountMinor").asLong() == 19_900);
        assertThat(second.at("/effectiveAt").asString()).as("the end of what was used").isEqualTo(second.at("/invoice/lines").valueStream()
                .filter(line -> line.at("/usage").asBoolean()).findFirst().orElseThrow().at("/period/until").asString());

        renew();
        assertThat(told().getLast()).as("nothing was used").isEqualTo("CONTRACTION -2000");
        use(20_000);
        renew();
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");
        use(11_000);
        renew();
        assertThat(told().subList(5, told().size())).as("what is billed with the end comes never again").containsExactly("USAGE_EXPANSION 50000", "CHURN -69900");
        assertThat(movements()).as("what of each is use").extracting(each -> each.at("/use/amountMinor").asLong()).containsExactly(0L, 10_000L, 5_000L, -13_000L, -2_000L, 50_000L, -50_000L);
        agrees();
    }

    @Test
    void whatWasBookedBeforeMovementsToldTheirUseIsToldAfterwards() throws StripeException, IOException {
        start("basic", "MONTH");
        use(12_000);
        renew();
        use(13_000);
        renew();
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");
        renew();
        List<Long> told = movements().stream().map(each -> each.at("/use/amountMinor").asLong()).toList();
        assertThat(told).containsExactly(0L, 10_000L, 5_000L, -15_000L);
        String file = new String(Objects.requireNonNull(getClass().getResourceAsStream("/db/revenue/0009-use.sql")).readAllBytes(), StandardCharsets.UTF_8);
        String changeset = file.substring(file.indexOf("--changeset headroom:revenue-0025"), file.indexOf("--rollback select 1"));
        db.transaction(within -> {
            within.dsl().execute("alter table revenue.movement disable trigger user");
            for (String table : List.of("movement", "counted", "balance", "account_month", "total", "delta")) {
                within.dsl().execute("update revenue." + table + " set use_minor = 0");
            }
            Stream.of(changeset.replaceAll("(?m)^--.*$", "").split(";")).filter(each -> !each.isBlank()).forEach(within.dsl()::execute);
        });

        assertThat(movements()).extracting(each -> each.at("/use/amountMinor").asLong()).isEqualTo(told);
        agrees();
    }

    @Test
    void theSameNewsAgainAndOldNewsMoveNothing() throws StripeException {
        start("basic", "MONTH");
        use(12_000);
        renew();
        use(13_000);
        renew();
        List<String> before = told();
        heardAgain();
        assertThat(told()).isEqualTo(before).endsWith("USAGE_EXPANSION 10000", "USAGE_EXPANSION 5000");
        agrees();
    }

    @Test
    void anInvoiceThatIsTakenBackTakesItsUseBack() throws StripeException {
        start("basic", "MONTH");
        use(12_000);
        story.card(acme, "pm_card_chargeCustomerFail");
        renew();
        assertThat(told()).endsWith("USAGE_EXPANSION 10000");
        Invoice unpaid = stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(1L).build()).getData().getFirst();
        stripe.v1().invoices().voidInvoice(unpaid.getId());
        stories.settle();

        assertThat(told()).endsWith("USAGE_EXPANSION 10000", "CONTRACTION -10000");
        agrees();
    }

    @Test
    void aYearsUseIsATwelfthAMonthAndTheSumIsRoundedOnce() throws StripeException {
        start("basic", "YEAR");
        use(12_000);
        renew();

        assertThat(told()).containsExactly("NEW 16583", "USAGE_EXPANSION 834");
        agrees();
    }

    @Test
    void ofAFreePlanUseIsWhatIsPaidAndItsEndIsChurn() throws StripeException {
        start("metered", "MONTH");
        use(12_000);
        renew();
        assertThat(told()).containsExactly("NEW 10000");
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");
        renew();

        assertThat(told()).containsExactly("NEW 10000", "CHURN -10000");
        agrees();
    }

    @Test
    void whatIsPausedBringsNothingAndComesBackAsItWas() throws StripeException {
        start("basic", "MONTH");
        use(12_000);
        renew();
        pause();
        assertThat(told()).endsWith("USAGE_EXPANSION 10000", "CONTRACTION -29900");
        resume();

        assertThat(told()).endsWith("REACTIVATION 19900", "REACTIVATION 10000");
        agrees();
    }

    @Test
    void aHistoryFromBeforeTheLedgerIsBookedWithItsUse() throws StripeException {
        start("basic", "MONTH");
        use(12_000);
        renew();
        List<String> before = told();
        db.transaction(within -> {
            within.dsl().execute("alter table revenue.movement disable trigger movement_stays");
            within.dsl().execute("insert into revenue.delta (month, currency, cohort, since, kind, product_id, amount_minor, movements, accounts, use_minor) select month, currency, cohort, since, kind, product_id, -amount_minor, -1, (opening_minor > 0)::int - (closing_minor > 0)::int, -use_minor from revenue.movement where account_id = {0}", val(id()));
            List.of("account_month", "balance", "counted", "movement", "account").forEach(table -> within.dsl().execute("delete from revenue." + table + " where account_id = {0}", val(id())));
            within.dsl().execute("alter table revenue.movement enable always trigger movement_stays");
        });
        use(13_000);
        renew();

        assertThat(told()).startsWith(before.toArray(String[]::new)).endsWith("USAGE_EXPANSION 5000");
        agrees();
    }

    @Test
    void useTakesOverAPastWhereNothingElseIsPaid() throws StripeException {
        brought("metered", 100_00);
        start("metered", "MONTH");
        assertThat(told()).as("nothing is paid for through it yet").containsExactly("NEW 10000");
        use(11_600);
        renew();
        assertThat(told()).containsExactly("NEW 10000", "CONTRACTION -2000");
        agrees();

        story.accept(story.token(acme, Map.of("plan", story.key("basic")))).at("/changePlan/change");
        assertThat(told()).as("nothing is left to take over").containsExactly("NEW 10000", "CONTRACTION -2000", "UPSELL 19900");
        agrees();
    }

    @Test
    void moreUseThanWasBroughtIsNoExpansion() throws StripeException {
        brought("metered", 100_00);
        start("metered", "MONTH");
        use(12_600);
        renew();
        assertThat(told()).containsExactly("NEW 10000", "PRICE_INCREASE 3000");
        use(12_800);
        renew();
        assertThat(told()).as("from then on it is known").endsWith("PRICE_INCREASE 3000", "USAGE_EXPANSION 1000");
        agrees();
    }

    @Test
    void useIsMoreWhereWhatRecursTookOverAPastAtItsPrice() throws StripeException {
        brought("basic", 199_00);
        start("basic", "MONTH");
        use(12_000);
        renew();
        use(13_000);
        renew();

        assertThat(told()).containsExactly("NEW 19900", "USAGE_EXPANSION 10000", "USAGE_EXPANSION 5000");
        agrees();
    }

    @Test
    void whatAFreePlanTakesAlongComesNeverAgain() throws StripeException {
        start("basic", "MONTH");
        use(12_000);
        story.accept(story.token(acme, Map.of("plan", story.key("metered"), "when", "PERIOD_END"))).at("/changePlan/change");
        renew();
        assertThat(told()).containsExactly("NEW 19900", "USAGE_EXPANSION 10000", "CHURN -29900");
        heardAgain();
        assertThat(told()).as("whatever is heard of its last invoice").hasSize(3);
        pause();
        resume();
        assertThat(told()).as("nor with the plan when it goes on").hasSize(3);
        renew();
        heardAgain();
        assertThat(told()).as("nor when nothing was used since").hasSize(3);
        use(10_600);
        renew();

        assertThat(told()).as("what is used of the free plan").containsExactly("NEW 19900", "USAGE_EXPANSION 10000", "CHURN -29900", "REACTIVATION 3000");
        agrees();
    }

    private void pause() throws StripeException {
        stripe.v1().subscriptions().update(stripeId(), SubscriptionUpdateParams.builder()
                .setPauseCollection(PauseCollection.builder().setBehavior(PauseCollection.Behavior.KEEP_AS_DRAFT).build()).build());
        stories.settle();
    }

    private void resume() throws StripeException {
        stripe.v1().subscriptions().update(stripeId(), SubscriptionUpdateParams.builder().setPauseCollection(EmptyParam.EMPTY).build());
        stories.settle();
    }

    /** Each invoice is read anew, as if something in it were another. */
    private void heardAgain() throws StripeException {
        for (Invoice each : stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).build()).getData()) {
            db.execute("update invoice.invoice set number = 'stale', revision = revision + 1 where stripe_id = {0}", val(each.getId()));
            invoices.refresh(SELF, each.getId());
            invoices.refresh(SELF, each.getId());
        }
    }

    /** What was paid a month, since long ago. */
    private void brought(String plan, long mrr) {
        PlanVersion version = catalog.snapshot().onSale(catalog.snapshot().plan(story.key(plan)).orElseThrow()).orElseThrow();
        PastState since = new PastState(2, "main", version.plan().product(), version.id(), version.plan().key(), null, BigDecimal.valueOf(mrr * 12), null, LocalDate.parse("2021-03-01"));
        assertThat(histories.bring(SELF, accounts.meant(SELF, acme).id(), Currency.getInstance("USD"), new Open(false, YearMonth.of(2022, 1)), List.of(since), UUID.randomUUID()))
                .isInstanceOf(Placed.class);
    }

    private void start(String plan, String interval) {
        story.start(acme, Map.of("plan", story.key(plan), "interval", interval)).at("/startSubscription/subscription");
    }

    /** Of a feature whose first 10,000 are included. */
    private void use(long units) {
        story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { ... on Consumed { entitlement { used } } } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "feature", story.key("api-calls"), "quantity", units)).at("/consume/entitlement");
        stories.overages().sweep();
    }

    /** To where the invoice that ends the period is final. */
    private void renew() {
        Instant end = subscription().period().until();
        stories.pass(Duration.between(stories.clock().instant(), end).plus(Duration.ofHours(2)));
    }

    private AccountSubscription subscription() {
        return subscriptions.live(SELF, accounts.meant(SELF, acme).id()).getFirst();
    }

    private String stripeId() {
        return subscription().stripeId();
    }

    private String customer() {
        return accounts.meant(SELF, acme).stripeCustomer();
    }

    private UUID id() {
        return accounts.meant(SELF, acme).id().value();
    }

    private void agrees() {
        said.clear();
        assertThat(new LedgerRebuildListener(rebuilds, accounts, new DefaultApplicationArguments()).run(acme, said::add)).as("%s", said).isEqualTo(LedgerRebuildListener.AGREES);
    }

    private List<String> told() {
        return movements().stream().map(each -> each.at("/kind").asString() + " " + each.at("/amount/amountMinor").asLong()).toList();
    }

    private List<JsonNode> movements() {
        List<JsonNode> found = new ArrayList<>();
        story.backend().ask("""
                query ($id: ID) { revenueMovements(filter: {accountId: $id}, first: 100) { edges { node { number kind amount { amountMinor } use { amountMinor } opening { amountMinor } closing { amountMinor }
                  effectiveAt cause invoiceId invoice { id lines { amount { amountMinor } usage period { until } } } } } } }""", "id", id().toString())
                .at("/revenueMovements/edges").forEach(edge -> found.add(edge.at("/node")));
        found.sort(Comparator.comparingInt(each -> each.at("/number").asInt()));
        return found;
    }
}
