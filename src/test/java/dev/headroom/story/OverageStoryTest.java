package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What is used past a limit is on the invoice that ends the period, to the cent and once, whatever happens meanwhile. */
@HeadroomTest
class OverageStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private Story story;
    private String acme;

    @BeforeEach
    void anAccountOnApiBasic() {
        story = stories.begin();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.backend().ask("mutation ($input: CreateProductInput!) { createProduct(input: $input) { ... on ProductCreated { product { key } } } }", "input",
                Map.of("idempotencyKey", story.key("api"), "key", story.key("api"), "name", "Launch API", "features", List.of(
                        Map.of("key", story.key("api-calls"), "name", "API calls", "unit", "call", "kind", "METER", "reset", "BILLING_PERIOD"))))
                .at("/createProduct/product");
        story.crediting("api");
        plan("basic", 1, 19_900, 10_000, "5");
        plan("growth", 2, 39_900, 25_000, "4.5");
        story.start(acme, Map.of("plan", story.key("basic"))).at("/startSubscription/subscription");
    }

    @Test
    void theRenewalHasALineForWhatWasUsedPastTheLimit() throws StripeException {
        use(8_000);
        sweep();
        assertThat(charges()).isEmpty();
        assertThat(meteredItems()).as("the plan may charge, so the item is there").hasSize(1);
        use(4_345);
        sweep();
        JsonNode charge = charges().get(0);
        assertThat(charge.at("/overage/units").asLong()).isEqualTo(2_345);
        assertThat(charge.at("/overage/explanation").asString()).isEqualTo("2345 × 5 = 11725 exactly (117.25 USD)");
        assertThat(charge.path("reported").asLong()).isEqualTo(2_345);
        assertThat(charge.path("pending").asLong()).isZero();
        assertThat(charge.path("reportedAt").asString()).isEqualTo(stories.clock().instant().toString());
        assertThat(charge.at("/period/until").asString()).isEqualTo(subscription().at("/period/until").asString());

        renew();
        assertThat(lines(latest())).containsExactlyInAnyOrder("1 × 19900", "2345 × 11725");
        assertThat(latest().getAmountPaid()).isEqualTo(19_900 + 11_725);
        assertThat(charges()).isEmpty();
        renew();
        assertThat(lines(latest())).as("it starts again from zero").containsExactly("1 × 19900");
    }

    @Test
    void sweepingAgainReportsNothingAgain() throws StripeException {
        use(10_010);
        sweep();
        sweep();
        stories.overages().sweepAll();
        use(5);
        sweep();
        renew();
        assertThat(lines(latest())).containsExactlyInAnyOrder("1 × 19900", "15 × 75");
    }

    @Test
    void whatIsChargedStaysSoAndWhatWasIncludedIsNeverCharged() throws StripeException {
        use(12_000);
        sweep();
        assertThat(subscription().path("foreignPrices").isEmpty()).isTrue();
        JsonNode quote = quote(Map.of("plan", story.key("growth")));
        assertThat(quote.at("/overageCharges/0/overage/amount/amountMinor").asLong()).as("on top, and said").isEqualTo(10_000);
        long due = quote.at("/dueNow/amountMinor").asLong();
        assertThat(story.accept(quote.path("token").asString()).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(due);
        use(20_000);
        sweep();

        assertThat(meteredItems()).as("the old price until it is billed, and the new one").hasSize(2);
        renew();
        assertThat(lines(latest())).as("2,000 past 10,000 at 5, and 7,000 past 25,000 at 4.5").containsExactlyInAnyOrder("1 × 39900", "2000 × 10000", "7000 × 31500");
        sweep();
        assertThat(meteredItems()).as("the old price has nothing left to bill").hasSize(1);
    }

    @Test
    void aSmallerPlanAtOnceChargesOnlyWhatIsUsedOnIt() throws StripeException {
        story.accept(story.token(acme, Map.of("plan", story.key("growth")))).at("/changePlan/change");
        use(20_000);
        sweep();
        story.accept(story.token(acme, Map.of("plan", story.key("basic"), "when", "NOW"))).at("/changePlan/change");
        use(2);
        sweep();
        use(3);
        sweep();
        renew();
        assertThat(lines(latest())).as("nothing of the 20,000, nor of what was used while nobody looked").containsExactlyInAnyOrder("1 × 19900", "3 × 15");
    }

    @Test
    void aGrantRaisesWhatIsIncluded() throws StripeException {
        story.backend().ask("mutation ($input: GrantFeatureInput!) { grantFeature(input: $input) { __typename } }", "input", Map.of(
                "idempotencyKey", story.key("more"), "account", acme, "feature", story.key("api-calls"), "kind", "COURTESY", "units", 50_000,
                "reason", "Launch week")).text("/grantFeature/__typename");
        use(50_000);
        sweep();
        renew();
        assertThat(lines(latest())).containsExactly("1 × 19900");
    }

    @Test
    void whatIsScheduledCarriesItsItemsAlong() throws StripeException {
        use(10_100);
        sweep();
        story.accept(story.token(acme, Map.of("plan", story.key("growth"), "when", "PERIOD_END"))).at("/changePlan/change");
        renew();
        assertThat(lines(latest())).containsExactlyInAnyOrder("1 × 39900", "100 × 500");
    }

    @Test
    void periodsBeginWithAnothersWhereNothingThatWasUsedPastLimitsWaitsToBeBilled() throws StripeException {
        StartDesk desk = new StartDesk(story, stripe, accounts, subscriptions).besideAnotherProduct();
        stories.pass(Duration.ofDays(5));
        story.start(acme, desk.walks(Map.of())).at("/startSubscription/subscription/id");
        Map<String, Object> together = Map.of("product", story.key("api"), "coterminateWith", desk.of(acme, "guide").id().toString());
        renew();
        use(10_100);
        sweep();
        assertThat(story.quote(story.backend(), acme, together).text("/account/quote/rule")).isEqualTo("OVERAGE_UNBILLED");
        renew();
        JsonNode quote = story.quote(story.backend(), acme, together).at("/account/quote");
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        stories.pass(Duration.between(stories.clock().instant(), Instant.parse(quote.at("/effectiveAt").asString()).minus(Duration.ofMinutes(9))));
        stories.pass(Duration.ofMinutes(10));

        assertThat(desk.of(acme, "api").period().from()).isEqualTo(desk.of(acme, "guide").period().from()).isEqualTo(quote.at("/effectiveAt").asString());
        assertThat(desk.billed(desk.of(acme, "api")).getLast()).isEqualTo(StartDesk.dueAtDate(quote));
        use(10_050);
        sweep();
        renew();
        assertThat(desk.billed(desk.of(acme, "api")).getLast()).as("what is charged by use is still there").isEqualTo(19_900 + 250);
    }

    @Test
    void anotherIntervalBeginsWhenWhatWasUsedIsBilled() throws StripeException {
        use(10_100);
        sweep();
        assertThat(story.quote(story.backend(), acme, Map.of("interval", "YEAR")).text("/account/quote/rule")).isEqualTo("OVERAGE_UNBILLED");
        assertThat(story.quote(story.backend(), acme, Map.of("cancel", true, "when", "NOW")).text("/account/quote/rule")).isEqualTo("OVERAGE_UNBILLED");
        story.accept(story.token(acme, Map.of("interval", "YEAR", "when", "PERIOD_END"))).at("/changePlan/change");
        renew();
        assertThat(lines(latest())).containsExactlyInAnyOrder("1 × 199000", "100 × 500");
        use(10_002);
        sweep();
        assertThat(meteredItems()).as("billed every year from now on").hasSize(1);
        renew();
        assertThat(lines(latest())).containsExactlyInAnyOrder("1 × 199000", "2 × 10");
    }

    /** A year would begin at the date, and bill with it what was used past the limit until then, which nobody had promised. */
    @Test
    void anotherIntervalIsNotBegunAtADateByWhichSomethingWasUsedPastALimit() throws StripeException {
        Instant date = stories.clock().instant().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS);
        story.accept(story.token(acme, Map.of("interval", "YEAR", "at", date.toString()))).at("/changePlan/change");
        use(10_100);
        sweep();
        stories.pass(Duration.between(stories.clock().instant(), date.plusSeconds(3)));

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state failureCode } } }", "key", acme)
                .at("/account/planChanges/0").toString()).contains("ABANDONED", "overage_unbilled");
        assertThat(lines(latest())).containsExactly("1 × 19900");
        renew();
        assertThat(lines(latest())).containsExactlyInAnyOrder("1 × 19900", "100 × 500");
    }

    @Test
    void theLastInvoiceOfASubscriptionThatEndsHasItToo() throws StripeException {
        use(10_100);
        sweep();
        story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).at("/changePlan/change");
        renew();
        assertThat(lines(latest())).containsExactly("100 × 500");
        assertThat(latest().getStatus()).isEqualTo("paid");
    }

    @Test
    void nothingIsChargedForATrial() throws StripeException {
        String beta = story.account("beta");
        story.card(beta, "pm_card_visa");
        acme = beta;
        story.start(beta, Map.of("plan", story.key("basic"), "trialDays", 14)).at("/startSubscription/subscription");
        use(12_000);
        sweep();
        stories.pass(Duration.ofDays(14));
        assertThat(lines(latest())).containsExactly("1 × 19900");
        sweep();
        assertThat(charges()).isEmpty();
    }

    @Test
    void whatComesLateIsOnTheNextInvoice() throws StripeException {
        Instant before = stories.clock().instant();
        use(10_100);
        sweep();
        renew();
        record("late", 50, before.plusSeconds(60));
        sweep();
        assertThat(charges().get(0).at("/overage/units").asLong()).isEqualTo(50);
        use(10_001);
        sweep();
        renew();
        assertThat(lines(latest())).as("50 of last month and one of this").containsExactlyInAnyOrder("1 × 19900", "51 × 255");
    }

    private void plan(String key, int rank, int fee, int included, String unitMinor) {
        story.backend().ask("mutation ($input: CreatePlanInput!) { createPlan(input: $input) { ... on PlanCreated { version { number } } } }", "input",
                Map.of("idempotencyKey", story.key(key), "product", story.key("api"), "key", story.key(key), "name", key, "rank", rank,
                        "prices", List.of(Map.of("interval", "MONTH", "currency", "USD", "flat", fee), Map.of("interval", "YEAR", "currency", "USD", "flat", fee * 10)),
                        "entitlements", List.of(Map.of("feature", story.key("api-calls"), "included", included, "policy", "OVERAGE",
                                "overage", List.of(Map.of("currency", "USD", "unitMinor", unitMinor)))))).at("/createPlan/version");
    }

    private void use(long units) {
        story.backend().ask("mutation ($input: ConsumeInput!) { consume(input: $input) { ... on Consumed { entitlement { used } } } }", "input",
                Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "feature", story.key("api-calls"), "quantity", units)).at("/consume/entitlement");
    }

    private void record(String id, long units, Instant at) {
        assertThat(story.record(List.of(Map.of("id", story.key(id), "account", acme, "meter", story.key("api-calls"), "quantity", units, "at", at.toString())))
                .at("/recordUsage").toString()).contains("\"recorded\":1");
    }

    private void sweep() {
        stories.overages().sweep();
    }

    /** To just after the end of the billing period. */
    private void renew() {
        stories.pass(Duration.between(stories.clock().instant(), Instant.parse(subscription().at("/period/until").asString())));
    }

    private JsonNode subscription() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { foreignPrices period { from until } } } }", "key", acme)
                .at("/account/subscription");
    }

    private JsonNode quote(Map<String, Object> change) {
        Api.Answer answer = story.backend().ask("query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { ... on Quote { token"
                + " dueNow { amountMinor } overageCharges { overage { amount { amountMinor } } } } } } }", "key", acme, "change", change);
        return answer.at("/account/quote");
    }

    private List<JsonNode> charges() {
        List<JsonNode> charges = new ArrayList<>();
        story.backend().ask("query ($key: String) { account(key: $key) { overageCharges { feature { key } period { until } overage { units explanation }"
                + " reported pending reportedAt } } }", "key", acme).at("/account/overageCharges").forEach(charges::add);
        return charges;
    }

    private List<SubscriptionItem> meteredItems() throws StripeException {
        Subscription found = stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer()).build()).getData().getFirst();
        return found.getItems().getData().stream().filter(item -> item.getPrice().getRecurring().getUsageType().equals("metered")).toList();
    }

    private Invoice latest() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(1L).build()).getData().getFirst();
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }

    private static List<String> lines(Invoice invoice) {
        return invoice.getLines().getData().stream().map(OverageStoryTest::line).toList();
    }

    private static String line(InvoiceLineItem line) {
        return line.getQuantity() + " × " + line.getAmount();
    }
}
