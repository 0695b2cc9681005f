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
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

/** Offers that are taken with what waits are held from its acceptance on, and reduce what it bills when it is made, and for as long as was said. */
@HeadroomTest
class OfferLaterStoryTest {

    private static final Map<String, Object> FIFTH_FOR_THREE_MONTHS = Map.of("percentOff", "20", "duration", "MONTHS", "months", 3);
    private static final Map<String, Object> TENTH_ONCE = Map.of("percentOff", "10", "duration", "ONCE");
    private static final Map<String, Object> TEN_DOLLARS_FOR_EVER = Map.of("amountOff", Map.of("minor", 1_000, "currency", "USD"), "duration", "FOREVER");
    private static final Map<String, Object> THE_LAST_HALF = Map.of("percentOff", "50", "duration", "ONCE", "redemptionCap", 1);

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
    private Instant until;

    @BeforeEach
    void fiveSeatsOfTeamADayIntoTheirMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        until = end();
        stories.pass(Duration.ofDays(1));
    }

    @Test
    void whatWaitsForThePeriodsEndIsReducedFromThenOn() {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);

        JsonNode quote = quote(Map.of("seats", 3, "offer", story.key("fifth")));
        assertThat(quote.at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("3 × 25.00 less a fifth").isEqualTo(6_000);
        assertThat(quote.at("/nextLines/0/gross/amountMinor").asLong()).isEqualTo(7_500);
        assertThat(quote.at("/nextLines/0/discount/amountMinor").asLong()).isEqualTo(1_500);
        assertThat(quote.at("/nextLines/0/explanation").asString()).isEqualTo("6000 × 1/1 = 6000 exactly (60.00 USD)");
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(6_000);
        assertThat(Instant.parse(quote.at("/offers/0/from").asString())).isEqualTo(until);
        assertThat(Instant.parse(quote.at("/offers/0/until").asString())).isEqualTo(until.atZone(ZoneOffset.UTC).plusMonths(3).toInstant());

        Api.Answer accepted = story.accept(quote.at("/token").asString());
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        assertThat(changes().at("/0/offerKeys/0").asString()).isEqualTo(story.key("fifth"));
        assertThat(rule(Map.of("offer", story.key("fifth")))).as("once an account").isEqualTo("OFFER_TAKEN");
        assertThat(Stream.of(1, 2, 3, 4).map(_ -> renewed()).toList()).containsExactly(6_000L, 6_000L, 6_000L, 7_500L);
        assertThat(states()).containsExactly("APPLIED");
    }

    @Test
    void whatReducesAlreadyGoesOnBesideIt() {
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        story.accept(story.token(acme, Map.of("offer", story.key("ten-dollars"))));

        JsonNode quote = quote(Map.of("offer", story.key("fifth"), "when", "PERIOD_END"));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("a fifth of 115.00").isEqualTo(9_200);
        assertThat(scheduled(quote)).isTrue();
        assertThat(Stream.of(1, 2, 3, 4).map(_ -> renewed()).toList()).containsExactly(9_200L, 9_200L, 9_200L, 11_500L);
    }

    @Test
    void whatCountsOnceReducesTheInvoiceItIsMadeWith() {
        offer("tenth", TENTH_ONCE);

        JsonNode quote = quote(Map.of("offer", story.key("tenth"), "when", "PERIOD_END"));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(11_250);
        assertThat(quote.at("/offers/0/until").isNull()).isTrue();
        assertThat(scheduled(quote)).isTrue();
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).containsExactly(11_250L, 12_500L);
        assertThat(states()).containsExactly("APPLIED");
    }

    @Test
    void severalReduceOneAfterTheOtherAlsoOfAnotherInterval() {
        offer("tenth", TENTH_ONCE);
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);

        JsonNode quote = quote(Map.of("interval", "YEAR", "when", "PERIOD_END", "offers", List.of(story.key("tenth"), story.key("ten-dollars"))));
        assertThat(quote.at("/offers").valueStream().map(each -> each.at("/offer/key").asString())).containsExactly(story.key("tenth"), story.key("ten-dollars"));
        assertThat(quote.at("/offer/key").asString()).isEqualTo(story.key("tenth"));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("1250.00 less a tenth, less 10.00").isEqualTo(111_500);
        assertThat(scheduled(quote)).isTrue();
        assertThat(renewed()).isEqualTo(111_500);

        assertThat(field(Map.of("offers", List.of(story.key("tenth"), story.key("tenth"))))).isEqualTo("change.offers");
        assertThat(field(Map.of("offer", story.key("tenth"), "offers", List.of(story.key("fifth"))))).isEqualTo("change.offers");
        assertThat(field(Map.of("offers", List.of("none")))).isEqualTo("change.offers");
    }

    @Test
    void severalAreTakenAtOnce() {
        offer("tenth", TENTH_ONCE);
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);

        JsonNode quote = quote(Map.of("interval", "YEAR", "offers", List.of(story.key("ten-dollars"), story.key("tenth"))));
        long due = quote.at("/dueNow/amountMinor").asLong();
        assertThat(quote.at("/lines/1/amount/amountMinor").asLong()).as("1250.00 less 10.00, less a tenth").isEqualTo(111_600);
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(latest()).isEqualTo(due);
    }

    @Test
    void aDateIsBilledWithItAndWhatComesAfter() {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        Instant date = until.minus(Duration.ofDays(11)).plusSeconds(4_321);

        JsonNode quote = quote(Map.of("plan", story.key("pro"), "offer", story.key("fifth"), "at", date.toString()));
        assertThat(Instant.parse(quote.at("/offers/0/from").asString())).isEqualTo(date);
        assertThat(quote.at("/lines/1/discount/amountMinor").asLong()).isEqualTo(4_900);
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(19_600);
        assertThat(scheduled(quote)).isTrue();
        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(latest()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
        assertThat(Stream.of(1, 2, 3, 4).map(_ -> renewed()).toList()).containsExactly(19_600L, 19_600L, 19_600L, 24_500L);
    }

    @Test
    void whatComesAfterADateCountsWhatThatHasUsedUp() {
        offer("tenth", TENTH_ONCE);
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        Instant date = until.minus(Duration.ofDays(11));
        assertThat(scheduled(quote(Map.of("interval", "YEAR", "offer", story.key("tenth"), "at", date.toString())))).isTrue();

        JsonNode quote = quote(Map.of("seats", 6, "when", "PERIOD_END", "offer", story.key("ten-dollars")));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("6 × 250.00 less 10.00").isEqualTo(149_000);
        assertThat(quote.at("/offers")).hasSize(1);
    }

    @Test
    void eachOfWhatWaitsBringsItsOwnAndTakesItAlong() {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        offer("ten-dollars", TEN_DOLLARS_FOR_EVER);
        story.accept(story.token(acme, Map.of("seats", 3, "offer", story.key("fifth")))).at("/changePlan/change");
        JsonNode second = quote(Map.of("plan", story.key("pro"), "when", "PERIOD_END", "offer", story.key("ten-dollars")));
        assertThat(second.at("/nextInvoice/due/amountMinor").asLong()).as("3 × 49.00 less a fifth, less 10.00").isEqualTo(10_760);
        assertThat(second.at("/offers")).hasSize(1);
        String last = story.accept(second.at("/token").asString()).text("/changePlan/change/id");
        assertThat(changes().valueStream().map(each -> each.at("/offerKeys/0").asString())).containsExactly(story.key("ten-dollars"), story.key("fifth"));
        assertThat(changes()).allMatch(each -> each.at("/offerKeys").size() == 1);

        assertThat(cancel(last)).isEqualTo("PlanChangeCanceled");
        assertThat(rule(Map.of("offer", story.key("ten-dollars"), "when", "PERIOD_END"))).as("given back").isEmpty();
        assertThat(rule(Map.of("offer", story.key("fifth"), "when", "PERIOD_END"))).as("still taken").isEqualTo("OFFER_TAKEN");
        assertThat(renewed()).isEqualTo(6_000);
    }

    @Test
    void itIsMadeOnTopOfWhatIsChangedAtOnceMeanwhile() {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        assertThat(scheduled(quote(Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)), "when", "PERIOD_END", "offer", story.key("fifth")))))
                .isTrue();
        JsonNode more = quote(Map.of("seats", 9));
        assertThat(more.at("/nextInvoice/due/amountMinor").asLong()).as("9 × 25.00 and 29.00 less a fifth").isEqualTo(20_320);
        assertThat(story.accept(more.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(renewed()).isEqualTo(20_320);
    }

    @Test
    void whatEndsBetweenAcceptanceAndItsTimeStaysPromised() {
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        offer("tenth", TENTH_ONCE);
        Instant date = until.minus(Duration.ofDays(4));
        assertThat(scheduled(quote(Map.of("seats", 6, "at", date.toString(), "offer", story.key("tenth"))))).isTrue();
        JsonNode quote = quote(Map.of("seats", 3, "when", "PERIOD_END", "offer", story.key("fifth")));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("3 × 25.00 less a tenth, which a proration does not use up, less a fifth").isEqualTo(5_400);
        assertThat(scheduled(quote)).isTrue();
        story.backend().ask("mutation ($input: EndOfferInput!) { endOffer(input: $input) { __typename } }",
                "input", Map.of("offer", story.key("fifth"))).at("/endOffer");

        pass(date.plusSeconds(3));
        assertThat(states()).as("its window is over too").containsExactly("SCHEDULED", "APPLIED");
        assertThat(renewed()).isEqualTo(5_400);
        assertThat(states()).containsOnly("APPLIED");
    }

    @Test
    void whatIsNotOnOfferYetIsNotTakenForATimeWhenItIs() {
        offer("soon", Map.of("percentOff", "5", "duration", "ONCE", "from", in(Duration.ofDays(1)), "until", in(Duration.ofDays(90))));

        assertThat(rule(Map.of("offer", story.key("soon"), "when", "PERIOD_END"))).isEqualTo("OFFER_OVER");
        assertThat(rule(Map.of("offer", story.key("soon"), "at", until.minusSeconds(60).toString()))).isEqualTo("OFFER_OVER");
        story.accept(story.token(acme, Map.of("cancel", true))).at("/changePlan/change");
        stories.pass(Duration.ofDays(2));
        assertThat(rule(Map.of("offer", story.key("soon"), "when", "PERIOD_END"))).isEqualTo("ENDS");
    }

    @Test
    void ofTwoAccountsThatWantTheLastOneLaterOneGetsItAndGivesItBackWithTheChange() {
        offer("last", THE_LAST_HALF);
        String other = story.subscribed("other", "team", 5);
        List<String> tokens = List.of(story.token(acme, Map.of("seats", 6, "when", "PERIOD_END", "offer", story.key("last"))),
                story.token(other, Map.of("seats", 6, "at", until.minus(Duration.ofDays(3)).toString(), "offer", story.key("last"))));

        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChangeScheduled", "QuoteIsStale");
        boolean mine = answers.getFirst().text("/changePlan/__typename").equals("PlanChangeScheduled");
        assertThat(answers.get(mine ? 1 : 0).text("/changePlan/why")).isEqualTo("OFFER_TAKEN");

        story.accept(story.token(mine ? acme : other, Map.of("cancel", true))).at("/changePlan/change");
        assertThat(story.quote(story.backend(), mine ? other : acme, Map.of("offer", story.key("last"), "when", "PERIOD_END")).text("/account/quote/__typename"))
                .as("superseded by the end").isEqualTo("Quote");
    }

    @Test
    void aDateThatComesToNothingGivesItBack() {
        offer("last", THE_LAST_HALF);
        Instant date = stories.clock().instant().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(scheduled(quote(Map.of("seats", 50, "at", date.toString(), "offer", story.key("last"))))).isTrue();
        story.card(acme, "pm_card_chargeCustomerFail");
        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("DECLINED");
        assertThat(rule(Map.of("seats", 6, "offer", story.key("last")))).isEmpty();

        story.card(acme, "pm_card_visa");
        Instant missed = stories.clock().instant().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(scheduled(quote(Map.of("seats", 6, "at", missed.toString(), "offer", story.key("last"))))).isTrue();
        assertThat(rule(Map.of("seats", 6, "offer", story.key("last"), "when", "PERIOD_END"))).isEqualTo("OFFER_TAKEN");
        pass(missed.plus(Duration.ofDays(1)));
        assertThat(states()).containsExactly("ABANDONED", "DECLINED");
        assertThat(rule(Map.of("seats", 6, "offer", story.key("last"), "when", "PERIOD_END"))).as("its window is over").isEqualTo("OFFER_OVER");
        assertThat(redemptions("last")).isZero();
    }

    @Test
    void whereStripesAnswerIsLostItIsNotTakenTwice() {
        offer("tenth", TENTH_ONCE);
        offer("fifth", FIFTH_FOR_THREE_MONTHS);
        String token = story.token(acme, Map.of("when", "PERIOD_END", "offers", List.of(story.key("tenth"), story.key("fifth"))));
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscription_schedules/.*")) {
            assertThat(story.accept(token).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        stories.pass(Duration.ofMinutes(5));
        assertThat(states()).containsExactly("SCHEDULED");
        assertThat(Stream.of(1, 2).map(_ -> renewed()).toList()).as("125.00 less a tenth, less a fifth; then less a fifth").containsExactly(9_000L, 10_000L);
        assertThat(redemptions("tenth")).isEqualTo(1);
    }

    @Test
    void whatStripeNeverHeardOfIsGivenBackAndWhatItHeardInTimeIsNot() {
        offer("tenth", TENTH_ONCE);
        pass(until.minusSeconds(30));
        offer("fresh", TENTH_ONCE);
        String token = story.token(acme, Map.of("when", "PERIOD_END", "offer", story.key("fresh")));
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules.*", 503, "api_error")) {
            assertThat(story.accept(token).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            pass(until.plus(Duration.ofHours(2)));
        }
        pass(until.plus(Duration.ofHours(3)));
        assertThat(latest()).isEqualTo(12_500);
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(redemptions("fresh")).isZero();

        Instant next = end();
        pass(next.minusSeconds(30));
        offer("heard", TENTH_ONCE);
        String heard = story.token(acme, Map.of("when", "PERIOD_END", "offer", story.key("heard")));
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscription_schedules/.*")) {
            assertThat(story.accept(heard).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            pass(next.plus(Duration.ofHours(2)));
        }
        pass(next.plus(Duration.ofHours(3)));
        assertThat(latest()).isEqualTo(11_250);
        assertThat(states()).containsExactly("APPLIED", "ABANDONED");
        assertThat(redemptions("heard")).isEqualTo(1);
    }

    private void offer(String name, Map<String, Object> more) {
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", in(Duration.ZERO), "until", in(Duration.ofDays(1))));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .text("/createOffer/offer/id");
    }

    private long redemptions(String name) {
        return story.backend().ask("query ($key: String!) { offer(key: $key) { redemptions } }", "key", story.key(name)).at("/offer/redemptions").asLong();
    }

    private String in(Duration duration) {
        return stories.clock().instant().plus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on ChangeNotAllowed { rule reason }
                  ... on Quote { token when dueNow { amountMinor } dueAtDate { amountMinor } offer { key } offers { offer { key } from until }
                    lines { amount { amountMinor } discount { amountMinor } } recurring { after { amountMinor } }
                    nextInvoice { due { amountMinor } } nextLines { gross { amountMinor } discount { amountMinor } explanation } } } } }""",
                "key", acme, "change", change).at("/account/quote");
    }

    /** Empty where nothing is against it. */
    private String rule(Map<String, Object> change) {
        return quote(change).at("/rule").asString("");
    }

    private String field(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).body().at("/errors/0/extensions/field").asString();
    }

    private boolean scheduled(JsonNode quote) {
        return story.accept(quote.at("/token").asString()).text("/changePlan/__typename").equals("PlanChangeScheduled");
    }

    /** Newest first. */
    private JsonNode changes() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id state offerKeys } } }", "key", acme).at("/account/planChanges");
    }

    private List<String> states() {
        return changes().valueStream().map(change -> change.at("/state").asString()).toList();
    }

    private String cancel(String change) {
        return story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "change", change)).text("/cancelPlanChange/__typename");
    }

    private Instant end() {
        return Instant.parse(story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until"));
    }

    private void pass(Instant instant) {
        stories.pass(Duration.between(stories.clock().instant(), instant));
        stories.settle();
    }

    /** What the next renewal bills. */
    private long renewed() {
        pass(end().plus(Duration.ofHours(2)));
        return latest();
    }

    private long latest() {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        try {
            List<Invoice> invoices = stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).build()).getData();
            return invoices.getFirst().getAmountDue();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
