package dev.headroom.story;

import static dev.headroom.story.StartDesk.due;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.identity.SignedTokens;
import dev.headroom.identity.SigningKey.Purpose;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several offers are taken with one start: they reduce one after the other, and all of them are taken or none. */
@HeadroomTest
class SeveralStartOffersStoryTest {

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

    @Autowired
    SignedTokens tokens;

    @Autowired
    JsonMapper json;

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
    void theyReduceInTheirOrderEachForItsTime() throws StripeException {
        desk.offer("suite", "tenth", TENTH_ONCE);
        desk.offer("suite", "ten-dollars", TEN_DOLLARS_FOR_EVER);
        desk.offer("suite", "fifth", FIFTH_FOR_THREE_MONTHS);

        assertThat(due(team("ten-dollars", "tenth"))).as("125.00 less 10.00, less a tenth").isEqualTo(10_350);
        JsonNode quote = team("tenth", "ten-dollars", "fifth");
        Instant at = Instant.parse(quote.at("/quotedAt").asString());
        assertThat(due(quote)).as("125.00 less a tenth, less 10.00, less a fifth").isEqualTo(8_200);
        assertThat(quote.at("/offer/key").asString()).as("for whoever knows of one").isEqualTo(story.key("tenth"));
        assertThat(quote.at("/offers").valueStream().map(each -> each.at("/offer/key").asString()))
                .containsExactly(story.key("tenth"), story.key("ten-dollars"), story.key("fifth"));
        assertThat(quote.at("/offers").valueStream().map(each -> each.at("/from").asString())).containsOnly(at.toString());
        assertThat(quote.at("/offers").valueStream().map(each -> each.at("/until").asString("")))
                .containsExactly("", "", at.atZone(ZoneOffset.UTC).plusMonths(3).toInstant().toString());
        assertThat(quote.at("/lines/0/discount/amountMinor").asLong()).isEqualTo(4_300);
        assertThat(quote.at("/recurring/amountMinor").asLong()).as("while the fifth lasts").isEqualTo(9_200);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(9_200);

        assertThat(renewed(quote, 3)).containsExactly(8_200L, 9_200L, 9_200L, 11_500L);
        assertThat(taken("tenth", "ten-dollars", "fifth")).containsExactly(1, 1, 1);
    }

    @Test
    void inATrialTheyWaitForItsEnd() throws StripeException {
        desk.offer("suite", "tenth", TENTH_ONCE);
        desk.offer("suite", "ten-dollars", TEN_DOLLARS_FOR_EVER);
        JsonNode quote = desk.quote(acme, Map.of("plan", story.key("starter"), "trialDays", 14, "offers", keys("ten-dollars", "tenth")));

        assertThat(due(quote)).isZero();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("99.00 less 10.00, less a tenth").isEqualTo(8_010);
        desk.requireStarted(desk.accept(quote));
        stories.pass(Duration.ofDays(14).plusHours(1));
        assertThat(desk.billed(desk.of(acme, "suite"))).endsWith(8_010L);
    }

    @Test
    void whatDoesNotGoTogetherIsSaidOfTheFieldThatHoldsIt() {
        desk.offer("suite", "tenth", TENTH_ONCE);

        assertThat(wrong(Map.of("offers", keys("tenth", "tenth")))).isEqualTo("INVALID_INPUT start.offers");
        assertThat(wrong(Map.of("offer", story.key("tenth"), "offers", keys("tenth")))).isEqualTo("INVALID_INPUT start.offers");
        assertThat(wrong(Map.of("offers", List.of(story.key("tenth"), "nothing")))).isEqualTo("NOT_FOUND start.offers");
        assertThat(wrong(Map.of("offers", IntStream.rangeClosed(1, 21).mapToObj(number -> "n" + number).toList()))).isEqualTo("INVALID_INPUT start.offers");
        assertThat(team().at("/offers").size()).isZero();
    }

    @Test
    void oneThatCannotBeTakenKeepsTheOthersFromIt() {
        desk.offer("suite", "tenth", TENTH_ONCE);
        desk.offer("suite", "for-pro", Map.of("percentOff", "5", "duration", "ONCE", "plans", List.of(story.key("pro"))));
        desk.offer("suite", "soon", Map.of("percentOff", "5", "duration", "ONCE", "from", desk.in(Duration.ofDays(1))));

        assertThat(desk.refused(acme, seats("tenth", "for-pro"))).startsWith("OFFER_NOT_ELIGIBLE for-pro is not for team");
        assertThat(desk.refused(acme, seats("soon", "tenth"))).startsWith("OFFER_OVER soon begins at ");
        assertThat(taken("tenth", "for-pro", "soon")).containsOnly(0);
    }

    /** Each names the one that is there for all first or last, so that the order in which they wait for each other is not the one in which they ask. */
    @RepeatedTest(2)
    void ofTwoAccountsThatWantTheLastOneTheOtherKeepsNothing() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        desk.offer("suite", "tenth", TENTH_ONCE);
        String other = story.account("other");
        story.card(other, "pm_card_visa");
        List<JsonNode> quotes = List.of(desk.quote(acme, seats("last", "tenth")), desk.quote(other, seats("tenth", "last")));

        List<Api.Answer> answers = quotes.stream().map(quote -> CompletableFuture.supplyAsync(() -> desk.accept(quote))).toList().stream()
                .map(CompletableFuture::join).toList();

        assertThat(answers.stream().map(StartDesk::became)).containsExactlyInAnyOrder("SubscriptionStarted", "StartQuoteIsStale");
        assertThat(answers.stream().map(answer -> answer.body().at("/data/startSubscription/why").asString(""))).containsExactlyInAnyOrder("", "OFFER_TAKEN");
        assertThat(taken("last", "tenth")).containsExactly(1, 1);
        assertThat(desk.running(acme) + desk.running(other)).isEqualTo(1);
    }

    @Test
    void whoClicksTwiceTakesEachOnce() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode quote = team("tenth", "last");

        List<String> answers = Stream.of("one", "two").map(key -> CompletableFuture.supplyAsync(() -> desk.accept(quote, story.key(key)))).toList().stream()
                .map(CompletableFuture::join).map(StartDesk::became).toList();

        assertThat(answers).contains("SubscriptionStarted").isSubsetOf("SubscriptionStarted", "StartInProgress", "AlreadySubscribed");
        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(5_625L);
        assertThat(taken("last", "tenth")).containsExactly(1, 1);
    }

    @Test
    void whoseCardIsDeclinedGivesAllBack() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode quote = team("last", "tenth");
        story.card(acme, "pm_card_chargeCustomerFail");

        assertThat(StartDesk.became(desk.accept(quote))).isEqualTo("FirstPaymentDeclined");
        assertThat(taken("last", "tenth")).containsExactly(0, 0);
        story.card(acme, "pm_card_visa");
        desk.requireStarted(desk.accept(quote));
        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(5_625L);
        assertThat(taken("last", "tenth")).containsExactly(1, 1);
    }

    @Test
    void theyAreHeldWhileTheOutcomeIsNotKnownAndCountedOnce() throws StripeException {
        desk.offer("suite", "last", HALF_FOR_ONE);
        desk.offer("suite", "ten-dollars", TEN_DOLLARS_FOR_EVER);
        JsonNode quote = team("ten-dollars", "last");
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions")) {
            assertThat(desk.accept(quote).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        assertThat(taken("last", "ten-dollars")).containsExactly(1, 1);
        stories.pass(Duration.ofMinutes(5));

        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(5_750L);
        assertThat(desk.of(acme, "suite").discounts()).as("the one that counts once is used up").hasSize(1);
        assertThat(taken("last", "ten-dollars")).containsExactly(1, 1);
    }

    @Test
    void whereStripeDidNotHearInTimeAllAreGivenBack() {
        desk.offer("suite", "last", HALF_FOR_ONE);
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode quote = team("last", "tenth");
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions", 503, "api_error")) {
            assertThat(desk.accept(quote).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            assertThat(taken("last", "tenth")).containsExactly(1, 1);
            stories.pass(Duration.ofMinutes(20));
        }

        assertThat(taken("last", "tenth")).containsExactly(0, 0);
    }

    /** What a token said of offers before there were several; one lives for minutes, and so may be accepted by whatever was installed since. */
    private record Older(
            JsonNode q, JsonNode a, JsonNode ask, JsonNode price, JsonNode n, UUID o, JsonNode at, JsonNode until, JsonNode due, JsonNode total, JsonNode currency) {}

    @Test
    void aTokenFromBeforeThereWereSeveralStandsForItsOne() throws StripeException {
        desk.offer("suite", "tenth", TENTH_ONCE);
        JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(team("tenth").at("/token").asString().split("\\.")[2]));
        OfferId offer = new OfferId(UUID.fromString(claims.at("/os/0").asString()));

        desk.requireStarted(desk.accept(json.createObjectNode().put("token", tokens.write(Purpose.QUOTE, "start", new Older(
                claims.at("/q"), claims.at("/a"), claims.at("/ask"), claims.at("/price"), claims.at("/n"), offer.value(), claims.at("/at"), claims.at("/until"),
                claims.at("/due"), claims.at("/total"), claims.at("/currency"))))));
        assertThat(desk.billed(desk.of(acme, "suite"))).containsExactly(11_250L);
        assertThat(taken("tenth")).containsExactly(1);
    }

    private List<String> keys(String... offers) {
        return Stream.of(offers).map(story::key).toList();
    }

    private Map<String, Object> seats(String... offers) {
        return Map.of("plan", story.key("team"), "seats", 5, "offers", keys(offers));
    }

    private JsonNode team(String... offers) {
        return desk.quote(acme, seats(offers));
    }

    private String wrong(Map<String, Object> offers) {
        return desk.wrong(story.backend(), acme, with(Map.of("plan", story.key("team")), offers));
    }

    private static Map<String, Object> with(Map<String, Object> wanted, Map<String, Object> more) {
        return Stream.of(wanted, more).flatMap(each -> each.entrySet().stream()).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many accounts have taken each. */
    private List<Integer> taken(String... offers) {
        return keys(offers).stream().map(desk::redemptions).toList();
    }

    /** What is billed by the start, and then by so many renewals. */
    private List<Long> renewed(JsonNode quote, int times) throws StripeException {
        desk.requireStarted(desk.accept(quote));
        return desk.renewed(acme, "suite", times);
    }
}
