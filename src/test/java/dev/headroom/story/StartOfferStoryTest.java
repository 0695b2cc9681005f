package dev.headroom.story;

import static dev.headroom.story.StartDesk.due;
import static dev.headroom.story.StartDesk.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** An offer is taken with a start: it reduces what was quoted for as long as was said, and is given back where nothing begins. */
@HeadroomTest
class StartOfferStoryTest {

    private static final Map<String, Object> FIFTH_FOR_THREE_MONTHS = Map.of("percentOff", "20", "duration", "MONTHS", "months", 3);
    private static final Map<String, Object> TENTH_ONCE = Map.of("percentOff", "10", "duration", "ONCE");
    private static final Map<String, Object> TEN_DOLLARS_FOR_EVER = Map.of("amountOff", Map.of("minor", 1_000, "currency", "USD"), "duration", "FOREVER");
    private static final Map<String, Object> HALF_FOR_ONE = Map.of("percentOff", "50", "duration", "ONCE", "redemptionCap", 1);

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    StripeWireCheck wire;

    private Story story;
    private StartDesk desk;
    private String acme;

    @BeforeEach
    void anAccountWithACard() {
        story = stories.begin();
        desk = new StartDesk(story, stripe, accounts, subscriptions).early();
        acme = story.account("acme");
        story.card(acme, "pm_card_visa");
    }

    @Test
    void forSomeMonthsItReducesAsManyInvoices() throws StripeException {
        desk.offer("suite", "fifth", FIFTH_FOR_THREE_MONTHS);
        JsonNode quote = team("fifth");

        assertThat(quote.at("/offer/key").asString()).isEqualTo(story.key("fifth"));
        assertThat(lines(quote)).containsExactly("FULL_PERIOD 10000");
        assertThat(quote.at("/lines/0/discount/amountMinor").asLong()).isEqualTo(2_500);
        assertThat(quote.at("/source").asString()).isEqualTo("HEADROOM");
        assertThat(quote.at("/recurring/amountMinor").asLong()).isEqualTo(10_000);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(10_000);
        assertThat(renewed(quote, 3)).containsExactly(10_000L, 10_000L, 10_000L, 12_500L);
    }

    @Test
    void onceItReducesTheFirstInvoiceAlone() throws StripeException {
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode quote = team("tenth");

        assertThat(due(quote)).isEqualTo(11_250);
        assertThat(quote.at("/recurring/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(renewed(quote, 1)).containsExactly(11_250L, 12_500L);
    }

    @Test
    void forEverItReducesEachInvoiceByItsAmount() throws StripeException {
        desk.offer("suite", "ten-dollars", TEN_DOLLARS_FOR_EVER);
        JsonNode quote = team("ten-dollars");

        assertThat(due(quote)).isEqualTo(11_500);
        assertThat(renewed(quote, 2)).containsExactly(11_500L, 11_500L, 11_500L);
    }

    @Test
    void inATrialItReducesTheInvoiceAtItsEnd() throws StripeException {
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode quote = desk.quote(acme, Map.of("plan", story.key("starter"), "trialDays", 14, "offer", story.key("tenth")));

        assertThat(due(quote)).isZero();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(8_910);
        desk.requireStarted(desk.accept(quote));
        stories.pass(Duration.ofDays(14).plusHours(1));
        assertThat(desk.billed(desk.of(acme, "suite"))).endsWith(8_910L);
    }

    @Test
    void besideTheRestOfAPeriodItReducesThatAndIsNotUsedUpByIt() throws StripeException {
        desk.requireStarted(desk.accept(desk.quote(acme, Map.of("plan", story.key("team"), "seats", 5))));
        story.halfway(acme);
        desk.besideAnotherProduct().offer("guide", "tenth", TENTH_ONCE);
        Map<String, Object> together = desk.walks(Map.of("coterminateWith", desk.of(acme, "suite").id().toString()));
        long whole = due(desk.quote(acme, together));
        together.put("offer", story.key("tenth"));
        JsonNode quote = desk.quote(acme, together);

        assertThat(due(quote)).isBetween(whole * 9 / 10 - 1, whole * 9 / 10 + 1);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(360_000);
        stories.clock().advance(Duration.ofMinutes(3));
        desk.requireStarted(desk.accept(quote));
        stories.pass(Duration.between(stories.clock().instant(), desk.of(acme, "suite").period().until()).plusHours(1));
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(due(quote), 360_000L);
    }

    @Test
    void besideABundleItReducesWhatThatLeaves() throws StripeException {
        desk.besideAnotherProduct().offer("guide", "ten-dollars", TEN_DOLLARS_FOR_EVER);
        story.backend().ask("mutation ($input: CreateBundleInput!) { createBundle(input: $input) { ... on BundleCreated { bundle { id } } } }", "input", Map.of(
                "idempotencyKey", story.key("pair"), "key", story.key("pair"), "name", "Pair", "percentOff", "25", "members", List.of(
                        Map.of("product", story.key("suite"), "reduced", false), Map.of("product", story.key("guide"))))).at("/createBundle/bundle");
        desk.requireStarted(desk.accept(desk.quote(acme, Map.of("plan", story.key("team"), "seats", 5))));
        JsonNode quote = desk.quote(acme, desk.walks(Map.of("offer", story.key("ten-dollars"))));

        assertThat(due(quote)).as("three quarters of 4,000.00 less 10.00").isEqualTo(299_000);
        desk.requireStarted(desk.accept(quote));
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(299_000L);
    }

    @Test
    void whoIsNotMeantHearsWhy() {
        desk.besideAnotherProduct();
        desk.offer("suite", "for-pro", Map.of("percentOff", "5", "duration", "ONCE", "plans", List.of(story.key("pro"))));
        desk.offer("suite", "in-euros", Map.of("amountOff", Map.of("minor", 100, "currency", "EUR"), "duration", "ONCE"));
        desk.offer("suite", "for-old-hands", Map.of("percentOff", "5", "duration", "ONCE", "existingCustomers", true));
        desk.offer("suite", "soon", Map.of("percentOff", "5", "duration", "ONCE", "from", desk.in(Duration.ofDays(1))));
        desk.offer("guide", "elsewhere", TENTH_ONCE);

        assertThat(refused("for-pro")).startsWith("OFFER_NOT_ELIGIBLE for-pro is not for team");
        assertThat(desk.quote(acme, Map.of("plan", story.key("pro"), "offer", story.key("for-pro"))).at("/__typename").asString()).isEqualTo("StartQuote");
        assertThat(refused("in-euros")).isEqualTo("OFFER_NOT_ELIGIBLE in-euros is for accounts that pay in EUR, not in USD");
        assertThat(refused("for-old-hands")).startsWith("OFFER_NOT_ELIGIBLE for-old-hands is for subscriptions that began before ");
        assertThat(refused("soon")).startsWith("OFFER_OVER soon begins at ");
        assertThat(refused("elsewhere")).startsWith("OFFER_NOT_ELIGIBLE elsewhere is not for team");
        assertThat(desk.wrong(story.backend(), acme, Map.of("plan", story.key("team"), "offer", "nothing"))).isEqualTo("NOT_FOUND start.offer");
    }

    @Test
    void aQuoteEndsWithTheOffer() throws StripeException {
        String until = desk.in(Duration.ofMinutes(1));
        desk.offer("suite", "short", Map.of("percentOff", "5", "duration", "ONCE", "until", until));
        JsonNode quote = team("short");
        assertThat(quote.at("/expiresAt").asString()).isEqualTo(until);
        stories.clock().advance(Duration.ofMinutes(1));

        Api.Answer late = desk.accept(quote);
        assertThat(late.text("/startSubscription/why")).isEqualTo("EXPIRED");
        assertThat(late.text("/startSubscription/freshQuote/rule")).isEqualTo("OFFER_OVER");
    }

    @Test
    void whatSomebodyEndedStandsForTheQuotesMinutes() throws StripeException {
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode quote = team("tenth");
        story.backend().ask("mutation ($input: EndOfferInput!) { endOffer(input: $input) { __typename } }", "input", Map.of("offer", story.key("tenth"))).at("/endOffer");

        assertThat(refused("tenth")).startsWith("OFFER_OVER tenth ended at ");
        desk.requireStarted(desk.accept(quote));
        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(11_250L);
    }

    @RepeatedTest(2)
    void ofTwoAccountsThatWantTheLastOneOneGetsIt() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        String other = story.account("other");
        story.card(other, "pm_card_visa");
        List<JsonNode> quotes = Stream.of(acme, other).map(account -> desk.quote(account, seats("last"))).toList();

        List<Api.Answer> answers = quotes.stream().map(quote -> CompletableFuture.supplyAsync(() -> desk.accept(quote))).toList().stream()
                .map(CompletableFuture::join).toList();

        assertThat(answers.stream().map(answer -> answer.text("/startSubscription/__typename"))).containsExactlyInAnyOrder("SubscriptionStarted", "StartQuoteIsStale");
        Api.Answer loser = answers.stream().filter(answer -> answer.text("/startSubscription/__typename").equals("StartQuoteIsStale")).findFirst().orElseThrow();
        assertThat(loser.text("/startSubscription/why")).isEqualTo("OFFER_TAKEN");
        assertThat(loser.text("/startSubscription/freshQuote/rule")).isEqualTo("OFFER_TAKEN");
        assertThat(desk.running(acme) + desk.running(other)).isEqualTo(1);
    }

    @RepeatedTest(2)
    void whoClicksTwiceTakesItOnce() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        JsonNode quote = team("last");

        List<String> answers = Stream.of("one", "two").map(key -> CompletableFuture.supplyAsync(() -> desk.accept(quote, story.key(key)))).toList().stream()
                .map(CompletableFuture::join).map(answer -> answer.text("/startSubscription/__typename")).toList();

        assertThat(answers).contains("SubscriptionStarted");
        assertThat(answers).isSubsetOf("SubscriptionStarted", "StartInProgress", "AlreadySubscribed");
        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(6_250L);
    }

    @Test
    void whoseCardIsDeclinedGivesItBack() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        JsonNode quote = team("last");
        story.card(acme, "pm_card_chargeCustomerFail");

        assertThat(desk.accept(quote).text("/startSubscription/__typename")).isEqualTo("FirstPaymentDeclined");
        story.card(acme, "pm_card_visa");
        desk.requireStarted(desk.accept(quote));
        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(6_250L);
    }

    @Test
    void whatStripeWouldBillOtherwiseGivesItBack() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        JsonNode quote = team("last");
        stripe.v1().customers().balanceTransactions().create(
                String.valueOf(accounts.meant(new Actor.System("test"), acme).stripeCustomer()),
                CustomerBalanceTransactionCreateParams.builder().setAmount(-100L).setCurrency("usd").build());

        Api.Answer refused = desk.accept(quote);
        assertThat(refused.text("/startSubscription/why")).isEqualTo("AMOUNT_CHANGED");
        assertThat(refused.at("/startSubscription/freshQuote/dueNow/amountMinor").asLong()).as("the offer is there to be taken again").isEqualTo(6_150);
        desk.requireStarted(desk.accept(refused.at("/startSubscription/freshQuote")));
    }

    @Test
    void whereTheAnswerWasLostItIsKeptAndNotTakenTwice() throws StripeException {
        desk.offer("suite", "ten-dollars", TEN_DOLLARS_FOR_EVER);
        JsonNode quote = team("ten-dollars");
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions")) {
            assertThat(desk.accept(quote).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        stories.pass(Duration.ofMinutes(5));

        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(11_500L);
        assertThat(desk.of(acme, "suite").discounts()).hasSize(1);
    }

    @Test
    void whereStripeDidNotHearInTimeItIsGivenBack() {
        desk.offer("suite", "last", HALF_FOR_ONE);
        JsonNode quote = team("last");
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions", 503, "api_error")) {
            assertThat(desk.accept(quote).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            assertThat(refused("last")).startsWith("OFFER_TAKEN The account");
            stories.pass(Duration.ofMinutes(20));
        }

        assertThat(due(team("last"))).isEqualTo(6_250);
    }

    private Map<String, Object> seats(String offer) {
        return Map.of("plan", story.key("team"), "seats", 5, "offer", story.key(offer));
    }

    private JsonNode team(String offer) {
        return desk.quote(acme, seats(offer));
    }

    private String refused(String offer) {
        return desk.refused(acme, seats(offer));
    }

    /** What is billed by the start, and then by so many renewals. */
    private List<Long> renewed(JsonNode quote, int times) throws StripeException {
        desk.requireStarted(desk.accept(quote));
        return desk.renewed(acme, "suite", times);
    }
}
