package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Invoice;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.Dashboard;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Where Stripe bills what no arithmetic of ours knows, Stripe is asked first; what it says is promised, charged to the cent, and explained. */
@HeadroomTest
class VerifiedQuoteStoryTest {

    private static final Actor.System SELF = new Actor.System("test");

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeWireCheck wire;

    private Dashboard dashboard;
    private Story story;
    private String acme;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.begin();
        dashboard = new Dashboard(stripe, accounts, story);
        acme = story.subscribed("acme", "team", 5);
        stories.settle();
        story.halfway(acme);
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    @Test
    void taxIsQuotedOnTopOfOurOwnLines() throws StripeException {
        taxed("19");

        JsonNode quote = quote(Map.of("seats", 8));

        assertThat(lines(quote)).containsExactly("HEADROOM CREDIT -6250", "HEADROOM CHARGE 10000");
        assertThat(quote.at("/lines/0/explanation").asString()).contains("12500 × -1/2");
        assertThat(minor(quote, "tax")).as("19 % of 37.50").isEqualTo(713);
        assertThat(quote.at("/taxLines").size()).isEqualTo(1);
        assertThat(quote.at("/taxLines/0/amount/amountMinor").asLong()).isEqualTo(713);
        assertThat(quote.at("/taxLines/0/taxable/amountMinor").asLong()).isEqualTo(3_750);
        assertThat(quote.at("/taxLines/0/inclusive").asBoolean()).isFalse();
        assertThat(minor(quote, "total")).isEqualTo(4_463);
        assertThat(minor(quote, "dueNow")).isEqualTo(4_463);
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(quote.at("/source").asString()).isEqualTo("HEADROOM");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(23_800);
        assertThat(quote.at("/nextInvoice/tax/amountMinor").asLong()).isEqualTo(3_800);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).as("revenue is none of the state's").isEqualTo(20_000);
        chargedAndRenewed(quote, 4_463, 23_800);
        assertThat(drifts(true)).as("tax is no drift").isEmpty();
    }

    @Test
    void anotherIntervalIsTaxedWithItsWholeNewPeriod() throws StripeException {
        taxed("19");

        JsonNode quote = quote(Map.of("interval", "YEAR"));

        assertThat(minor(quote, "dueNow")).isEqualTo(Math.round((125_000 - 6_250) * 1.19));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(148_750);
        assertThat(story.accept(quote.at("/token").asString()).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(minor(quote, "dueNow"));
    }

    @Test
    void whatWaitsForThePeriodIsQuotedWithTheTaxOfTheNext() throws StripeException {
        taxed("19");

        JsonNode quote = quote(Map.of("seats", 3));

        assertThat(quote.at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(minor(quote, "dueNow")).isZero();
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(8_925);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(renewed()).isEqualTo(8_925);
    }

    @Test
    void whatWaitsAtStripeIsQuotedByItsName() throws StripeException {
        byHand(4_200);
        stories.settle();

        JsonNode quote = quote(Map.of("seats", 8));

        assertThat(lines(quote)).containsExactlyInAnyOrder("STRIPE WAITING 4200", "STRIPE CREDIT -6250", "STRIPE CHARGE 10000");
        assertThat(quote.at("/lines").toString()).contains("Workshop");
        assertThat(quote.at("/lines/0/explanation").asString()).startsWith("Stripe's amount");
        assertThat(quote.at("/source").asString()).isEqualTo("STRIPE");
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(minor(quote, "dueNow")).isEqualTo(7_950);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(20_000);
        assertThat(drifts(false)).singleElement().satisfies(drift -> {
            assertThat(drift.at("/ours/amountMinor").asLong()).isEqualTo(3_750);
            assertThat(drift.at("/stripes/amountMinor").asLong()).isEqualTo(7_950);
            assertThat(drift.at("/why/0").asString()).isEqualTo("WAITING");
            assertThat(drift.at("/invoice").asString()).isEqualTo("NOW");
            assertThat(drift.at("/quote").asString()).isEqualTo(quote.at("/id").asString());
        });
        chargedAndRenewed(quote, 7_950, 20_000);
    }

    @Test
    void whatNoChangeBillsWaitsForTheNextInvoice() throws StripeException {
        byHand(4_200);
        stories.settle();

        JsonNode quote = quote(Map.of("seats", 3));

        assertThat(minor(quote, "dueNow")).isZero();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(7_500 + 4_200);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(renewed()).isEqualTo(7_500 + 4_200);
    }

    @Test
    void aDiscountOfAnItemIsInTheAmountsOfStripe() throws StripeException {
        stripe.v1().subscriptionItems().update(dashboard.subscription(acme).getItems().getData().getFirst().getId(), SubscriptionItemUpdateParams.builder()
                .addDiscount(SubscriptionItemUpdateParams.Discount.builder().setCoupon(tenth().getId()).build()).build());
        stories.settle();

        JsonNode quote = quote(Map.of("seats", 8));

        assertThat(lines(quote)).containsExactly("STRIPE CREDIT -6250", "STRIPE CHARGE 9000");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(18_000);
        assertThat(drifts(false)).singleElement().satisfies(drift -> assertThat(drift.at("/why/0").asString()).isEqualTo("ITEM_DISCOUNT"));
        chargedAndRenewed(quote, 2_750, 18_000);
    }

    @Test
    void aDiscountOfTheCustomerIsToo() throws StripeException {
        stories.sandbox().discount(customer(), tenth().getId());
        stories.settle();

        JsonNode quote = quote(Map.of("seats", 8));

        assertThat(lines(quote)).containsExactly("STRIPE CREDIT -6250", "STRIPE CHARGE 9000");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(18_000);
        chargedAndRenewed(quote, 2_750, 18_000);
    }

    @Test
    void anotherRateThanWasQuotedMakesTheQuoteStaleAndTheFreshOneHolds() throws StripeException {
        taxed("19");
        JsonNode quote = quote(Map.of("seats", 8));
        stories.sandbox().taxAt(new BigDecimal("16"));

        Api.Answer stale = story.accept(quote.at("/token").asString());

        assertThat(stale.text("/changePlan/why")).isEqualTo("AMOUNT_CHANGED");
        assertThat(stale.at("/changePlan/freshQuote/dueNow/amountMinor").asLong()).isEqualTo(4_350);
        assertThat(story.accept(stale.text("/changePlan/freshQuote/token")).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(4_350);
    }

    @Test
    void whatIsTakenFromTheBalanceIsPromisedAsMuchAsWhatIsCharged() throws StripeException {
        stripe.v1().customers().balanceTransactions().create(customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(-50_000L).setCurrency("usd").build());
        stories.settle();
        JsonNode quote = quote(Map.of("seats", 8));
        assertThat(minor(quote, "dueNow")).isZero();
        stories.sandbox().taxAt(new BigDecimal("20"));
        stripe.v1().subscriptions().update(dashboard.subscription(acme).getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());

        Api.Answer stale = story.accept(quote.at("/token").asString());

        assertThat(stale.text("/changePlan/why")).isEqualTo("AMOUNT_CHANGED");
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).as("nothing was taken").isEqualTo(-50_000);
        assertThat(story.accept(stale.text("/changePlan/freshQuote/token")).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isEqualTo(-50_000 + 4_500);
    }

    @Test
    void manyAtOnceAreNeverHeldAgainstStripeAndInDoubtAreAskedForAlone() throws StripeException {
        taxed("19");
        int asked = wire.requests();

        JsonNode options = story.backend().ask("""
                query ($key: String, $changes: [PlanChangeInput!]) { account(key: $key) { alternatives(changes: $changes) {
                  recommendations { advice } options { fits cost { year { amountMinor } } quote { ... on ChangeNotAllowed { rule } } } } } }""",
                "key", acme, "changes", List.of(Map.of("seats", 8), Map.of("interval", "YEAR"))).at("/account/alternatives");

        assertThat(wire.requests()).isEqualTo(asked);
        assertThat(options.at("/options").findValuesAsString("rule")).containsExactly("ASK_ALONE", "ASK_ALONE");
        assertThat(options.at("/options/1/cost/year/amountMinor").asLong()).as("compared all the same, tax aside").isEqualTo(125_000);
        assertThat(options.at("/recommendations/0/advice").asString()).isEqualTo("CHANGE");
        assertThat(quote(Map.of("interval", "YEAR")).at("/verified").asBoolean()).isTrue();
    }

    @Test
    void ofOneAmongSomeStripeIsAskedOnceForWhatIsChargedAtOnce() throws StripeException {
        taxed("19");
        int asked = wire.requests();

        JsonNode options = story.backend().ask("""
                query ($key: String) { account(key: $key) { upgradeOptions { quote { ... on Quote { token verified dueNow { amountMinor } tax { amountMinor }
                  nextInvoice { verified tax { amountMinor } } } } } } }""", "key", acme).at("/account/upgradeOptions");

        assertThat(wire.requests() - asked).isEqualTo(options.size()).isPositive();
        JsonNode quote = options.at("/0/quote");
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(minor(quote, "tax")).isPositive();
        assertThat(quote.at("/nextInvoice/verified").asBoolean()).isFalse();
        assertThat(story.accept(quote.at("/token").asString()).at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(minor(quote, "dueNow"));
    }

    @Test
    void whatNobodyHasToldOfIsRefusedOnceAndQuotedThen() throws StripeException {
        String token = story.token(acme, Map.of("seats", 8));
        byHand(4_200);

        Api.Answer stale = story.accept(token);

        assertThat(stale.text("/changePlan/why")).isEqualTo("AMOUNT_CHANGED");
        assertThat(stale.at("/changePlan/freshQuote/dueNow/amountMinor").asLong()).isEqualTo(7_950);
        assertThat(story.accept(stale.text("/changePlan/freshQuote/token")).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(drifts(false)).hasSize(1);

        assertThat(minor(quote(Map.of("seats", 9)), "dueNow")).isEqualTo(1_250);
        assertThat(drifts(false)).as("a later comparison agrees").isEmpty();
        assertThat(drifts(true)).singleElement().satisfies(drift -> assertThat(drift.at("/resolvedAt").isNull()).isFalse());
        int asked = wire.requests();
        assertThat(quote(Map.of("seats", 9)).at("/verified").asBoolean()).isFalse();
        assertThat(wire.requests()).as("and no doubt is left").isEqualTo(asked);
    }

    @Test
    void anOfferForOneInvoiceIsLeftForTheNextOneWhereStripeLeavesIt() throws StripeException {
        taxed("19");
        offerOnce();

        JsonNode quote = quote(Map.of("seats", 6, "offer", story.key("tenth")));

        assertThat(lines(quote)).containsExactly("HEADROOM CREDIT -6250", "HEADROOM CHARGE 6750");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("150.00 less a tenth, taxed").isEqualTo(16_065);
        assertThat(drifts(true)).isEmpty();
        chargedAndRenewed(quote, 595, 16_065);
    }

    @Test
    void anOfferForOneInvoiceIsUsedUpByAWholePeriod() throws StripeException {
        taxed("19");
        offerOnce();

        JsonNode quote = quote(Map.of("interval", "YEAR", "offer", story.key("tenth")));

        assertThat(minor(quote, "dueNow")).isEqualTo(Math.round((125_000 * 0.9 - 6_250) * 1.19));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(148_750);
        assertThat(drifts(true)).isEmpty();
        chargedAndRenewed(quote, minor(quote, "dueNow"), 148_750);
    }

    private void offerOnce() {
        Map<String, Object> offer = new HashMap<>(Map.of("percentOff", "10", "duration", "ONCE"));
        offer.putAll(Map.of("idempotencyKey", story.key("tenth"), "product", story.key("suite"), "key", story.key("tenth"), "name", "Tenth",
                "from", Instant.parse("2020-01-01T00:00:00Z").toString(), "until", Instant.parse("2100-01-01T00:00:00Z").toString()));
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { key } } } }", "input", offer)
                .at("/createOffer/offer");
    }

    @Test
    void inDoubtNothingIsPromisedThatStripeHasNotSaid() throws StripeException {
        taxed("19");
        try (StripeWireCheck.Trouble silence = wire.trouble("POST /v1/invoices/create_preview", 500, "api_error")) {
            JsonNode answer = quote(Map.of("seats", 8));

            assertThat(answer.at("/__typename").asString()).isEqualTo("ChangeNotAllowed");
            assertThat(answer.at("/rule").asString()).isEqualTo("NOT_VERIFIED");
            assertThat(silence).isNotNull();
        }
        assertThat(quote(Map.of("seats", 8)).at("/verified").asBoolean()).isTrue();
    }

    @Test
    void withoutDoubtStripeIsNotAsked() {
        int asked = wire.requests();

        JsonNode quote = quote(Map.of("seats", 8));

        assertThat(quote.at("/verified").asBoolean()).isFalse();
        assertThat(lines(quote)).containsExactly("HEADROOM CREDIT -6250", "HEADROOM CHARGE 10000");
        assertThat(wire.requests()).isEqualTo(asked);
    }

    @Test
    void driftsAreForAdministratorsAlone() throws StripeException {
        byHand(4_200);
        stories.settle();
        quote(Map.of("seats", 8));
        String all = "{ drifts { edges { node { id account { key } } } } }";

        assertThat(stories.api(stories.secret(EnumSet.complementOf(EnumSet.of(Permission.ADMIN)))).ask(all).errorCode()).isEqualTo("FORBIDDEN");
        assertThat(stories.api(stories.secret(Set.of(Permission.ADMIN, Permission.READ))).ask(all).at("/drifts/edges").toString()).contains(acme);
        assertThat(story.backend().ask("{ drifts(first: 101) { edges { cursor } } }").errorCode()).isEqualTo("INVALID_INPUT");
    }

    private void chargedAndRenewed(JsonNode quote, long charged, long renewal) throws StripeException {
        assertThat(minor(quote, "dueNow")).isEqualTo(charged);
        Api.Answer changed = story.accept(quote.at("/token").asString());
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isEqualTo(charged);
        assertThat(latest().getAmountPaid()).isEqualTo(charged);
        assertThat(renewed()).isEqualTo(renewal);
    }

    private long renewed() throws StripeException {
        JsonNode period = story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .at("/account/subscription/period");
        stories.pass(Duration.between(stories.clock().instant(), Instant.parse(period.at("/until").asString())).plusMinutes(1));
        return latest().getAmountPaid();
    }

    private Invoice latest() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(1L).build()).getData().getFirst();
    }

    private void taxed(String percent) throws StripeException {
        stories.sandbox().taxAt(new BigDecimal(percent));
        stripe.v1().subscriptions().update(dashboard.subscription(acme).getId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();
    }

    private void byHand(long amount) throws StripeException {
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder()
                .setCustomer(customer()).setAmount(amount).setCurrency("usd").setDescription("Workshop").build());
    }

    private Coupon tenth() throws StripeException {
        return stripe.v1().coupons().create(CouponCreateParams.builder().setPercentOff(BigDecimal.TEN).setDuration(CouponCreateParams.Duration.FOREVER).build());
    }

    private String customer() {
        return accounts.meant(SELF, acme).stripeCustomer();
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { id token when verified source dueNow { amountMinor } total { amountMinor } tax { amountMinor }
                    taxLines { amount { amountMinor } taxable { amountMinor } inclusive rate explanation }
                    lines { kind source description explanation amount { amountMinor } }
                    nextInvoice { verified tax { amountMinor } due { amountMinor } } recurring { after { amountMinor } } }
                  ... on ChangeNotAllowed { rule reason } } } }""", "key", acme, "change", change).at("/account/quote");
    }

    private List<JsonNode> drifts(boolean resolved) {
        return story.backend().ask("""
                query ($resolved: Boolean!) { drifts(resolved: $resolved, first: 100) { edges { node {
                  account { key } subscription quote invoice ours { amountMinor } stripes { amountMinor } why actor seen firstSeenAt lastSeenAt resolvedAt } } } }""",
                "resolved", resolved).at("/drifts/edges").valueStream().map(edge -> edge.at("/node")).filter(node -> node.at("/account/key").asString().equals(acme)).toList();
    }

    private static List<String> lines(JsonNode quote) {
        return quote.at("/lines").valueStream()
                .map(line -> line.at("/source").asString() + " " + line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong()).toList();
    }

    private static long minor(JsonNode quote, String amount) {
        return quote.at("/" + amount + "/amountMinor").asLong();
    }
}
