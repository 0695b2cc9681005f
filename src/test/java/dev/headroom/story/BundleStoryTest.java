package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Invoice;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import dev.headroom.Api;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A bundle is formed by the change that brings its last member and broken by the one that takes one away, for exactly what was quoted. */
@HeadroomTest
class BundleStoryTest {

    private static final Actor.System SELF = new Actor.System("test");
    private static final Duration OVER_A_MONTH = Duration.ofDays(35);
    /** 5 × 25.00 and 29.00, each a fifth less. */
    private static final long BOTH = 10_000 + 2_320;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private Story story;
    private Dashboard dashboard;
    private String acme;

    @BeforeEach
    void aFifthOffForTheSuiteWithInsights() {
        story = stories.beginWithCatalogOfItsOwn();
        dashboard = new Dashboard(stripe, accounts, story);
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
        bundle("duo", "20");
    }

    @Test
    void whatBringsTheLastMemberFormsIt() throws StripeException {
        JsonNode quote = quote(insights(1));
        assertThat(lines(quote)).as("half of 29.00 less a fifth; the plan was billed for this period and is reduced with the next").containsExactly("CHARGE 1160");
        assertThat(bundles(quote)).containsExactly("FORMED duo 3080");
        assertThat(quote.at("/recurring/before/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(BOTH);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(BOTH);

        assertThat(accept(quote).text("/changePlan/change/charged/amountMinor")).isEqualTo("1160");
        assertThat(latest().getAmountDue()).isEqualTo(1_160);
        assertThat(reduced()).containsExactly(true, true);
        assertThat(bought().unreckoned()).as("what we sell we reckon").isEmpty();

        stories.pass(OVER_A_MONTH);
        assertThat(latest().getAmountDue()).isEqualTo(BOTH);
        assertThat(latest().getLines().getData()).allSatisfy(line -> assertThat(line.getDiscountAmounts()).hasSize(1));
        assertThat(recurring()).isEqualTo(BOTH);
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { bundles { name } } } }", "key", acme)
                .text("/account/subscription/bundles/0/name")).isEqualTo("duo");
    }

    @Test
    void whatIsChangedInABundleIsBilledForLessAtOnce() throws StripeException {
        form();
        JsonNode quote = quote(Map.of("seats", 6));
        assertThat(lines(quote)).as("half of what was paid in full back, half of 6 × 25.00 less a fifth").containsExactly("CREDIT -6250", "CHARGE 6000");
        assertThat(bundles(quote)).containsExactly("KEPT duo 3580");
        assertThat(accept(quote).text("/changePlan/change/state")).isEqualTo("APPLIED");
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getTotal()).isEqualTo(12_000 + 2_320);
        assertThat(lines(quote(Map.of("seats", 7)))).as("and so is given back what was paid for less").allMatch(line -> line.startsWith("CREDIT -") || line.startsWith("CHARGE "));
        assertThat(accept(quote(Map.of("plan", story.key("pro")))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void takingOneOffBreaksItWithThePeriod() throws StripeException {
        form();
        JsonNode quote = quote(insights(0));
        assertThat(quote.at("/when").asString()).as("that the rest becomes dearer does not decide when").isEqualTo("PERIOD_END");
        assertThat(bundles(quote)).containsExactly("BROKEN duo 3080");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(accept(quote).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(reduced()).containsExactly(true, true);
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getAmountDue()).isEqualTo(12_500);
        assertThat(reduced()).containsExactly(false);
    }

    @Test
    void takingOneOffAtOnceGivesBackWhatWasPaid() throws StripeException {
        form();
        JsonNode quote = quote(Map.of("addOns", List.of(addOn(0)), "when", "NOW"));
        assertThat(lines(quote)).containsExactly("CREDIT -1160");
        assertThat(bundles(quote)).containsExactly("BROKEN duo 3080");
        assertThat(accept(quote).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(reduced()).containsExactly(false);
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getTotal()).isEqualTo(12_500);
    }

    @Test
    void itIsFormedWithTheNextPeriodToo() throws StripeException {
        JsonNode quote = quote(Map.of("addOns", List.of(addOn(1)), "when", "PERIOD_END"));
        assertThat(bundles(quote)).containsExactly("FORMED duo 3080");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(BOTH);
        assertThat(accept(quote).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        end("duo");
        assertThat(quote(Map.of("seats", 6)).at("/nextInvoice/due/amountMinor").asLong()).as("what was promised stays").isEqualTo(12_000 + 2_320);
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getAmountDue()).isEqualTo(BOTH);
        assertThat(reduced()).containsExactly(true, true);
        assertThat(scheduled()).isEmpty();
    }

    @Test
    void whatWaitsKeepsABundleAndIsMadeOfWhatIsThere() throws StripeException {
        form();
        accept(quote(Map.of("seats", 4)));
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getAmountDue()).isEqualTo(8_000 + 2_320);
        assertThat(reduced()).containsExactly(true, true);
    }

    @Test
    void whatSomebodyGaveAnItemAtStripeOutlivesWhatWaits() throws StripeException {
        Coupon tenth = stripe.v1().coupons().create(CouponCreateParams.builder()
                .setPercentOff(new BigDecimal("10")).setDuration(CouponCreateParams.Duration.FOREVER).build());
        stripe.v1().subscriptionItems().update(items().getFirst().getId(), SubscriptionItemUpdateParams.builder()
                .addDiscount(SubscriptionItemUpdateParams.Discount.builder().setCoupon(tenth.getId()).build()).build());
        stories.settle();
        accept(quote(Map.of("seats", 4)));
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getAmountDue()).isEqualTo(9_000);
    }

    @Test
    void anOfferIsTakenOffWhatTheBundleHasLeft() throws StripeException {
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("tenth"), "product", story.key("suite"), "key", story.key("tenth"), "name", "A tenth", "percentOff", "10",
                "duration", "FOREVER", "from", stories.clock().instant().minusSeconds(60).toString(),
                "until", stories.clock().instant().plus(Duration.ofDays(30)).toString())).at("/createOffer/offer");
        JsonNode quote = quote(Map.of("addOns", List.of(addOn(1)), "offer", story.key("tenth")));
        assertThat(lines(quote)).containsExactly("CHARGE 1044");
        assertThat(accept(quote).text("/changePlan/change/charged/amountMinor")).isEqualTo("1044");
        stories.pass(OVER_A_MONTH);

        assertThat(latest().getAmountDue()).isEqualTo(11_088).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong());
    }

    @Test
    void aDeclinedCardLeavesEverythingAsItWas() throws StripeException {
        JsonNode quote = quote(insights(1));
        story.card(acme, "pm_card_chargeDeclined");
        assertThat(accept(quote).text("/changePlan/__typename")).isEqualTo("PaymentDeclined");
        assertThat(reduced()).containsExactly(false);
        assertThat(recurring()).isEqualTo(12_500);

        story.card(acme, "pm_card_visa");
        assertThat(accept(quote(insights(1))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void whereTheBankWantsToHearFromSomebodyItIsRefusedWithAWayOut() throws StripeException {
        JsonNode quote = quote(insights(1));
        story.card(acme, "pm_card_authenticationRequired");
        Api.Answer answer = story.backend().ask("""
                mutation ($input: ChangePlanInput!) { changePlan(input: $input) { __typename ... on ConfirmationNotPossible { message
                  atPeriodEnd { ... on Quote { token when dueNow { amountMinor } bundles { effect } } } } } }""",
                "input", Map.of("quoteToken", quote.at("/token").asString(), "idempotencyKey", UUID.randomUUID().toString()));
        assertThat(answer.text("/changePlan/__typename")).isEqualTo("ConfirmationNotPossible");
        assertThat(reduced()).containsExactly(false);

        assertThat(answer.text("/changePlan/atPeriodEnd/when")).isEqualTo("PERIOD_END");
        assertThat(answer.text("/changePlan/atPeriodEnd/bundles/0/effect")).isEqualTo("FORMED");
        assertThat(story.accept(answer.text("/changePlan/atPeriodEnd/token")).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
    }

    @Test
    void ofTwoAtOnceOneFormsIt() {
        List<String> tokens = List.of(quote(insights(1)).at("/token").asString(), quote(insights(1)).at("/token").asString());
        List<String> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token).text("/changePlan/__typename")))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn("PlanChanged"::equals).hasSize(1);
        assertThat(answers).allMatch(answer -> List.of("PlanChanged", "QuoteIsStale", "ChangeInProgress").contains(answer));
    }

    @Test
    void whoHasItKeepsItWhenItIsOverAndNobodyElseGetsIt() {
        form();
        end("duo");
        assertThat(bundles(quote(Map.of("seats", 6)))).containsExactly("KEPT duo 3580");

        String late = story.subscribed("late", "team", 5);
        assertThat(bundles(ask(late, insights(1)))).isEmpty();
    }

    @Test
    void ofTwoThatReduceTheSameTheGreaterOneDoes() {
        bundle("trio", "30");
        assertThat(bundles(quote(insights(1)))).containsExactly("FORMED trio 4620");
    }

    @Test
    void oneThatIsMadeLaterComesWithTheNextChange() {
        String other = story.subscribed("other", "team", 5);
        story.accept(story.token(other, Map.of("addOns", List.of(Map.of("addOn", story.key("seat-pack"), "quantity", 1)))));
        bundle("packed", "10", List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("seat-pack"), "reduced", false)));

        JsonNode nothing = ask(other, Map.of("seats", 5));
        assertThat(nothing.at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
        assertThat(bundles(ask(other, Map.of("seats", 6)))).containsExactly("FORMED packed 1500");
    }

    private void form() {
        assertThat(accept(quote(insights(1))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    private Map<String, Object> insights(long quantity) {
        return Map.of("addOns", List.of(addOn(quantity)));
    }

    private Map<String, Object> addOn(long quantity) {
        return Map.of("addOn", story.key("insights"), "quantity", quantity);
    }

    private void bundle(String key, String percent) {
        bundle(key, percent, List.of(Map.of("product", story.key("suite")), Map.of("addOn", story.key("insights"))));
    }

    private void bundle(String key, String percent, List<Map<String, Object>> members) {
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", story.key(key), "key", story.key(key), "name", key, "percentOff", percent, "members", members)).at("/createBundle/bundle");
    }

    private void end(String key) {
        story.backend().ask("mutation ($input: EndBundleInput!) { endBundle(input: $input) { ... on BundleEnded { bundle { until } } } }", "input", Map.of(
                "idempotencyKey", story.key("end-" + key), "bundle", story.key(key))).text("/endBundle/bundle/until");
        stories.pass(Duration.ofSeconds(1));
    }

    private JsonNode quote(Map<String, Object> change) {
        return ask(acme, change);
    }

    private JsonNode ask(String account, Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { token when dueNow { amountMinor } lines { kind amount { amountMinor } } nextInvoice { due { amountMinor } } source
                    recurring { before { amountMinor } after { amountMinor } } bundles { bundle { key name percentOff } effect amount { amountMinor } } }
                  ... on ChangeNotAllowed { rule reason } } } }""",
                "key", account, "change", new HashMap<>(change)).at("/account/quote");
    }

    private static Stream<String> each(JsonNode list) {
        return list.valueStream().map(node -> node.at("/effect").asString() + " " + node.at("/bundle/name").asString() + " " + node.at("/amount/amountMinor").asLong());
    }

    private static List<String> bundles(JsonNode quote) {
        return each(quote.at("/bundles")).toList();
    }

    private static List<String> lines(JsonNode quote) {
        return quote.at("/lines").valueStream().map(line -> line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong()).toList();
    }

    private Api.Answer accept(JsonNode quote) {
        return story.accept(quote.at("/token").asString());
    }

    private List<SubscriptionItem> items() throws StripeException {
        return dashboard.subscription(acme).getItems().getData();
    }

    private List<Boolean> reduced() throws StripeException {
        return items().stream().map(item -> !item.getDiscounts().isEmpty()).toList();
    }

    private Invoice latest() throws StripeException {
        String customer = accounts.meant(SELF, acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData().getFirst();
    }

    private AccountSubscription bought() {
        AccountId id = accounts.meant(SELF, acme).id();
        return subscriptions.live(SELF, id).getFirst();
    }

    private List<?> scheduled() {
        return bought().scheduled();
    }

    private long recurring() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", acme)
                .at("/account/subscription/recurring/amountMinor").asLong();
    }
}
