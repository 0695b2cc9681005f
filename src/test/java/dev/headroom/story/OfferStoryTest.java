package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Offers are taken with a change or alone, reduce exactly what was quoted for exactly as long as was said, and are never taken too often. */
@HeadroomTest
class OfferStoryTest {

    private static final Map<String, Object> FIFTH_FOR_THREE_MONTHS = Map.of("percentOff", "20", "duration", "MONTHS", "months", 3);
    private static final Map<String, Object> TENTH_ONCE = Map.of("percentOff", "10", "duration", "ONCE");
    private static final Map<String, Object> TEN_DOLLARS_FOR_EVER = Map.of("amountOff", Map.of("minor", 1_000, "currency", "USD"), "duration", "FOREVER");

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private String acme;

    @BeforeEach
    void fiveSeatsOfTeamHalfwayThroughTheirMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        story.halfway(acme);
    }

    @Test
    void anUpgradeIsReducedNowAndForThreeMonths() throws StripeException {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);

        JsonNode quote = quote(Map.of("plan", story.key("pro"), "offer", story.key("fifth")));
        assertThat(lines(quote)).as("half of 5 × 25.00 back, half of 5 × 49.00 less a fifth").containsExactly("CREDIT -6250", "CHARGE 9800");
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isEqualTo(3_550);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(19_600);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(19_600);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/charged/amountMinor")).isEqualTo("3550");
        assertThat(latest()).isEqualTo(3_550);
        assertThat(recurring()).isEqualTo(19_600);
        assertThat(Stream.of(1, 2, 3, 4).map(_ -> renewed()).toList()).containsExactly(19_600L, 19_600L, 19_600L, 24_500L);
        assertThat(recurring()).isEqualTo(24_500);
    }

    @Test
    void takenAloneItBillsNothingNowAndReducesTheNextInvoice() throws StripeException {
        offer("tenth", TENTH_ONCE);

        JsonNode quote = quote(Map.of("offer", story.key("tenth")));
        assertThat(quote.at("/when").asString()).isEqualTo("NOW");
        assertThat(lines(quote)).isEmpty();
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).as("it does not outlive one invoice").isEqualTo(12_500);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(11_250);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(latest()).as("what the month cost").isEqualTo(12_500);
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(11_250L, 12_500L);
    }

    @Test
    void whatAChangeOfTheSameSecondBilledIsNotItsOwn() {
        offer("tenth", TENTH_ONCE);
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/charged/amountMinor")).isEqualTo("1250");

        Api.Answer taken = story.accept(story.token(acme, Map.of("offer", story.key("tenth"))));
        assertThat(taken.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(taken.text("/changePlan/change/charged/amountMinor")).isEqualTo("0");
    }

    @Test
    void whatCountsOnceReducesWhatWaitsForTheNextPeriodToo() throws StripeException {
        offer("tenth", TENTH_ONCE);
        story.accept(story.token(acme, Map.of("seats", 4))).at("/changePlan/change");

        JsonNode quote = quote(Map.of("seats", 6, "when", "NOW", "offer", story.key("tenth")));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("4 × 25.00 less a tenth").isEqualTo(9_000);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");

        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(9_000L, 10_000L);
    }

    @Test
    void whatCountsOnceReducesTheRestOfThePeriodAndTheNextInvoice() throws StripeException {
        offer("tenth", TENTH_ONCE);

        JsonNode quote = quote(Map.of("seats", 6, "offer", story.key("tenth")));
        assertThat(lines(quote)).containsExactly("CREDIT -6250", "CHARGE 6750");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(13_500);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(latest()).isEqualTo(500);
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(13_500L, 15_000L);
    }

    @Test
    void whatCountsOnceAndWasTakenAloneMakesTheNextChangeCheaper() throws StripeException {
        offer("tenth", TENTH_ONCE);
        story.accept(story.token(acme, Map.of("offer", story.key("tenth")))).at("/changePlan/change");

        JsonNode quote = quote(Map.of("seats", 6));
        assertThat(lines(quote)).containsExactly("CREDIT -6250", "CHARGE 6750");
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/charged/amountMinor")).isEqualTo("500");

        assertThat(latest()).isEqualTo(500);
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(13_500L, 15_000L);
    }

    @Test
    void anAmountIsSharedByThePlanAndItsAddOnsForEver() throws StripeException {
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)))));

        JsonNode quote = quote(Map.of("seats", 6, "offer", story.key("ten-dollars")));
        assertThat(lines(quote)).as("the plan bears 837 of the 1000: 15000 of 17900; half of 14163").containsExactly("CREDIT -6250", "CHARGE 7082");
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(16_900);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(latest()).isEqualTo(832);
        assertThat(Stream.of(1, 2, 3, 4, 5).map(_ -> renewed()).toList()).containsOnly(16_900L);
    }

    @Test
    void aYearIsReducedWhole() throws StripeException {
        offer("tenth", TENTH_ONCE);

        JsonNode quote = quote(Map.of("interval", "YEAR", "offer", story.key("tenth")));
        assertThat(lines(quote)).containsExactly("CREDIT -6250", "FULL_PERIOD 112500");
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(125_000);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(latest()).isEqualTo(106_250);
        stories.pass(Duration.ofDays(367));
        assertThat(latest()).isEqualTo(125_000);
    }

    @Test
    void aSecondOfferComesBesideTheFirstAndAfterIt() throws StripeException {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        story.accept(story.token(acme, Map.of("offer", story.key("ten-dollars"))));

        JsonNode quote = quote(Map.of("offer", story.key("fifth")));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("a fifth of 115.00").isEqualTo(9_200);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(Stream.of(1, 2, 3, 4).map(_ -> renewed()).toList()).containsExactly(9_200L, 9_200L, 9_200L, 11_500L);
    }

    @Test
    void theChangeAndItsQuoteNameTheOffer() {
        offer("tenth", TENTH_ONCE);
        story.accept(story.token(acme, Map.of("offer", story.key("tenth"))));

        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges(first: 1) { offer { key } } } }", "key", acme)
                .text("/account/planChanges/0/offer/key")).isEqualTo(story.key("tenth"));
    }

    @Test
    void whoIsNotMeantHearsWhoIs() {
        offer("for-pro", Map.of("percentOff", "5", "duration", "ONCE", "plans", List.of(story.key("pro"))));
        offer("in-euros", Map.of("amountOff", Map.of("minor", 100, "currency", "EUR"), "duration", "ONCE"));
        offer("for-old-hands", Map.of("percentOff", "5", "duration", "ONCE", "existingCustomers", true));
        offer("soon", Map.of("percentOff", "5", "duration", "ONCE", "from", in(Duration.ofDays(1))));

        assertThat(refused(Map.of("offer", story.key("for-pro")))).isEqualTo("OFFER_NOT_ELIGIBLE for-pro is for pro, not for team");
        assertThat(quote(Map.of("offer", story.key("for-pro"), "plan", story.key("pro"))).at("/__typename").asString()).isEqualTo("Quote");
        assertThat(refused(Map.of("offer", story.key("in-euros")))).isEqualTo("OFFER_NOT_ELIGIBLE in-euros is for accounts that pay in EUR, not in USD");
        assertThat(refused(Map.of("offer", story.key("soon")))).startsWith("OFFER_OVER soon begins at ");
        assertThat(quote(Map.of("offer", story.key("for-old-hands"))).at("/__typename").asString()).isEqualTo("Quote");
        String newcomer = story.subscribed("newcomer", "team", 1);
        assertThat(ask(newcomer, Map.of("offer", story.key("for-old-hands"))).text("/account/quote/rule")).isEqualTo("OFFER_NOT_ELIGIBLE");
        assertThat(ask(acme, Map.of("offer", "nothing")).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(ask(acme, Map.of("offer", story.key("for-pro"), "cancelAtPeriodEnd", true)).errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void whatWaitsIsBilledWithTheOfferThatCameMeanwhile() throws StripeException {
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        assertThat(story.accept(story.token(acme, Map.of("seats", 3))).text("/changePlan/change/state")).isEqualTo("SCHEDULED");

        JsonNode quote = quote(Map.of("offer", story.key("ten-dollars")));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(3 * 2_500 - 1_000);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");

        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(6_500L, 6_500L);
    }

    @Test
    void aQuoteEndsWithTheOffer() {
        Instant until = stories.clock().instant().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        offer("short", Map.of("percentOff", "5", "duration", "ONCE", "until", until.toString()));
        JsonNode quote = quote(Map.of("seats", 6, "offer", story.key("short")));
        assertThat(quote.at("/expiresAt").asString()).isEqualTo(until.toString());

        stories.clock().advance(Duration.ofMinutes(1));

        Api.Answer late = story.accept(quote.at("/token").asString());
        assertThat(late.text("/changePlan/why")).isEqualTo("EXPIRED");
        assertThat(late.text("/changePlan/freshQuote/rule")).isEqualTo("OFFER_OVER");
        assertThat(refused(Map.of("seats", 6, "offer", story.key("short")))).isEqualTo("OFFER_OVER short ended at " + until);
    }

    @Test
    void eachAccountTakesItOnce() {
        offer("tenth", TENTH_ONCE);
        story.accept(story.token(acme, Map.of("offer", story.key("tenth"))));

        assertThat(refused(Map.of("offer", story.key("tenth")))).startsWith("OFFER_TAKEN The account");
    }

    @RepeatedTest(3)
    void ofTwoAccountsThatWantTheLastOneOneGetsIt() {
        offer("last", Map.of("percentOff", "50", "duration", "ONCE", "redemptionCap", 1));
        String other = story.subscribed("other", "team", 5);
        List<String> tokens = List.of(story.token(acme, Map.of("seats", 6, "offer", story.key("last"))), story.token(other, Map.of("seats", 6, "offer", story.key("last"))));

        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();

        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChanged", "QuoteIsStale");
        Api.Answer loser = answers.stream().filter(answer -> answer.text("/changePlan/__typename").equals("QuoteIsStale")).findFirst().orElseThrow();
        assertThat(loser.text("/changePlan/why")).isEqualTo("OFFER_TAKEN");
        assertThat(loser.text("/changePlan/freshQuote/rule")).isEqualTo("OFFER_TAKEN");
    }

    @Test
    void whoseCardIsDeclinedGivesItBack() {
        offer("last", Map.of("percentOff", "50", "duration", "ONCE", "redemptionCap", 1));
        String other = story.subscribed("other", "team", 5);
        story.card(acme, "pm_card_chargeCustomerFail");

        assertThat(story.accept(story.token(acme, Map.of("seats", 50, "offer", story.key("last")))).text("/changePlan/__typename")).isEqualTo("PaymentDeclined");

        assertThat(story.accept(story.token(other, Map.of("seats", 6, "offer", story.key("last")))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(refused(Map.of("seats", 6, "offer", story.key("last")))).startsWith("OFFER_TAKEN As many");
    }

    @Test
    void takenAloneItIsAskedForAgainWhereStripeDidNotHear() throws StripeException {
        offer("tenth", TENTH_ONCE);
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(story.token(acme, Map.of("offer", story.key("tenth")))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }

        stories.pass(Duration.ofMinutes(5));

        assertThat(newestChange()).isEqualTo("APPLIED");
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(11_250L, 12_500L);
    }

    @Test
    void takenAloneItIsFoundWhereTheAnswerWasLostAndNotTakenTwice() throws StripeException {
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*")) {
            assertThat(story.accept(story.token(acme, Map.of("offer", story.key("ten-dollars")))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }

        stories.pass(Duration.ofMinutes(5));

        assertThat(newestChange()).isEqualTo("APPLIED");
        assertThat(renewed()).isEqualTo(11_500);
    }

    @Test
    void whoGivesAChangeUpThatWaitsForTheBankGivesItBack() {
        offer("last", Map.of("percentOff", "50", "duration", "ONCE", "redemptionCap", 1));
        story.card(acme, "pm_card_authenticationRequired");
        Api.Answer waiting = story.accept(story.token(acme, Map.of("seats", 50, "offer", story.key("last"))));
        assertThat(waiting.text("/changePlan/__typename")).isEqualTo("PaymentActionRequired");
        String other = story.subscribed("other", "team", 5);
        assertThat(ask(other, Map.of("offer", story.key("last"))).text("/account/quote/rule")).isEqualTo("OFFER_TAKEN");

        story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { ... on PlanChangeCanceled { change { state } } } }",
                "input", Map.of("account", acme, "change", waiting.text("/changePlan/change/id"), "idempotencyKey", UUID.randomUUID().toString()))
                .at("/cancelPlanChange/change/state");

        assertThat(ask(other, Map.of("offer", story.key("last"))).text("/account/quote/__typename")).isEqualTo("Quote");
    }

    private void offer(String name, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", in(Duration.ZERO), "until", in(Duration.ofDays(3))));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .text("/createOffer/offer/id");
    }

    private String in(Duration duration) {
        return stories.clock().instant().plus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String newestChange() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges(first: 1) { state } } }", "key", acme)
                .text("/account/planChanges/0/state");
    }

    private Api.Answer ask(String account, Map<String, Object> change) {
        return story.quote(story.backend(), account, change);
    }

    private JsonNode quote(Map<String, Object> change) {
        return ask(acme, change).at("/account/quote");
    }

    private String refused(Map<String, Object> change) {
        JsonNode refused = quote(change);
        return refused.at("/rule").asString() + " " + refused.at("/reason").asString();
    }

    private static List<String> lines(JsonNode quote) {
        return quote.at("/lines").valueStream().map(line -> line.at("/kind").asString() + " " + line.at("/amount/amountMinor").asLong()).toList();
    }

    private long recurring() {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { recurring { amountMinor } } } }", "key", acme)
                .at("/account/subscription/recurring/amountMinor").asLong();
    }

    /** What the next renewal bills. */
    private long renewed() {
        Instant end = Instant.parse(story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until"));
        stories.pass(Duration.between(stories.clock().instant(), end).plusHours(2));
        try {
            return latest();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long latest() throws StripeException {
        return invoices().getFirst().getAmountDue();
    }

    private List<Invoice> invoices() throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData();
    }
}
