package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionState;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.time.Interval;
import dev.headroom.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A subscription that runs is brought to the periods of another one, at the second in which that one is renewed and for exactly what was quoted. */
@HeadroomTest
class PeriodsTogetherStoryTest {

    private static final long A_MONTH = 400_000;

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
    void twoProductsWhosePeriodsBeginTenDaysApart() {
        story = stories.begin();
        desk = new StartDesk(story, stripe, accounts, subscriptions).early().besideAnotherProduct();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(10));
        desk.requireStarted(desk.accept(desk.quote(acme, desk.walks(Map.of()))));
        stories.pass(Duration.ofDays(1));
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    @Test
    void atTheOthersRenewalTheRestIsGivenBackAndAWholePeriodBeginsWithIt() throws StripeException {
        AccountSubscription guide = desk.of(acme, "guide");
        Instant date = desk.of(acme, "suite").period().until();
        JsonNode quote = quote(together());
        assertThat(quote.at("/when").asString()).isEqualTo("AT_DATE");
        assertThat(quote.at("/effectiveAt").asString()).isEqualTo(date.toString());
        assertThat(quote.at("/coterminatedWith/id").asString()).isEqualTo(desk.of(acme, "suite").id().toString());
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/growth").asString()).isEqualTo("NONE");
        long credit = StartDesk.part(A_MONTH, guide.period(), date);
        assertThat(StartDesk.lines(quote)).containsExactly("CREDIT " + -credit, "FULL_PERIOD " + A_MONTH);
        assertThat(quote.at("/lines/0/explanation").asString()).startsWith("400000 × -");
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).isEqualTo(A_MONTH - credit).isEqualTo(quote.at("/total/amountMinor").asLong());
        Period next = new Period(date, desk.of(acme, "suite").anchor().periodAfter(guide.interval(), date.minusSeconds(1)).until());
        assertThat(quote.at("/nextInvoice/at").asString()).isEqualTo(next.until().toString());
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(A_MONTH);

        Api.Answer accepted = story.accept(quote.at("/token").asString());
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        assertThat(quote(Map.of("seats", 120)).at("/rule").asString()).isEqualTo("WAITS_FOR_DATE");
        reach(date);

        assertThat(states()).containsExactly("APPLIED");
        assertThat(change().at("/charged/amountMinor").asLong()).isEqualTo(A_MONTH - credit);
        assertThat(change().at("/to/coterminateWith").asString()).isEqualTo(desk.of(acme, "suite").id().toString());
        assertThat(desk.of(acme, "guide").period()).isEqualTo(desk.of(acme, "suite").period()).isEqualTo(next);
        assertThat(desk.billed(guide)).containsExactly(A_MONTH, A_MONTH - credit);
        requireTogetherAtTheNextTwoRenewals();
        assertThat(desk.billed(guide)).containsExactly(A_MONTH, A_MONTH - credit, A_MONTH, A_MONTH);
        assertThat(quote(together()).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
    }

    @Test
    void whereThatIsInALaterPeriodWhatIsChangedUntilThenIsCounted() throws StripeException {
        passUntil(desk.of(acme, "suite").period().until().plus(Duration.ofDays(1)));
        AccountSubscription guide = desk.of(acme, "guide");
        Instant date = desk.of(acme, "suite").period().until();
        assertThat(guide.period().until()).isBefore(date);
        Period then = guide.anchor().periodContaining(guide.interval(), date);
        JsonNode quote = quote(together());
        assertThat(quote.at("/effectiveAt").asString()).isEqualTo(date.toString());
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).isEqualTo(A_MONTH - StartDesk.part(A_MONTH, then, date));
        story.accept(quote.at("/token").asString()).at("/changePlan/change");

        JsonNode more = quote(Map.of("seats", 150));
        long due = 600_000 - StartDesk.part(600_000, then, date);
        assertThat(more.at("/later/0/due/amountMinor").asLong()).as("what it will be then").isEqualTo(due);
        story.accept(more.at("/token").asString()).at("/changePlan/change");
        reach(date);
        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.billed(guide)).containsExactly(A_MONTH, StartDesk.due(more), 600_000L, due);
        requireTogetherAtTheNextTwoRenewals();
    }

    @Test
    void whereMonthsEndOnTheirLastDayItIsADayFromWhichOnBothStayTogether() throws StripeException {
        Instant now = stories.clock().instant();
        LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        while (last.getDayOfMonth() < 31 || last.plusMonths(1).getDayOfMonth() == 31) {
            last = last.plusDays(1);
        }
        passUntil(last.atTime(12, 0).toInstant(ZoneOffset.UTC));
        acme = story.subscribed("ends", "team", 5);
        stories.pass(Duration.ofDays(10));
        desk.requireStarted(desk.accept(desk.quote(acme, desk.walks(Map.of()))));

        Instant date = Instant.parse(quote(together()).at("/effectiveAt").asString());
        assertThat(date).isEqualTo(last.plusMonths(2).atTime(12, 0).toInstant(ZoneOffset.UTC)).isAfter(desk.of(acme, "suite").period().until());
        long due = quote(together()).at("/dueAtDate/amountMinor").asLong();
        story.accept(quote(together()).at("/token").asString()).at("/changePlan/change");
        reach(date);
        assertThat(desk.billed(desk.of(acme, "guide")).getLast()).isEqualTo(due);
        requireTogetherAtTheNextTwoRenewals();
    }

    @Test
    void whereBothAreRenewedInOneSecondByTheirDaysItIsTheNextOfTheOther() throws StripeException {
        LocalDate last = LocalDate.ofInstant(stories.clock().instant(), ZoneOffset.UTC).plusDays(2);
        while (last.getDayOfMonth() < 31 || last.plusMonths(1).getDayOfMonth() != 30) {
            last = last.plusDays(1);
        }
        passUntil(last.minusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC));
        acme = story.subscribed("days", "team", 5);
        passUntil(last.atTime(12, 0).toInstant(ZoneOffset.UTC));
        desk.requireStarted(desk.accept(desk.quote(acme, desk.walks(Map.of()))));

        assertThat(desk.of(acme, "guide").period().until()).isEqualTo(desk.of(acme, "suite").period().until());
        JsonNode quote = quote(together());
        assertThat(quote.at("/effectiveAt").asString()).as("by a 30th both are there, and part").isEqualTo(last.plusMonths(2).withDayOfMonth(30).atTime(12, 0).toInstant(ZoneOffset.UTC).toString());
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        reach(Instant.parse(quote.at("/effectiveAt").asString()));
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(A_MONTH, A_MONTH, StartDesk.dueAtDate(quote));
        requireTogetherAtTheNextTwoRenewals();
    }

    @Test
    void aYearBeginsWithTheOthersNextMonthAndAMonthWithOneOfAYear() throws StripeException {
        acme = story.account("years");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 5, "interval", "YEAR")).at("/startSubscription/subscription");
        stories.pass(Duration.ofDays(40));
        desk.requireStarted(desk.accept(desk.quote(acme, desk.walks(Map.of()))));
        AccountSubscription suite = desk.of(acme, "suite");
        JsonNode month = quote(together());
        assertThat(month.at("/effectiveAt").asString()).isEqualTo(suite.anchor().periodContaining(Interval.MONTH, stories.clock().instant()).until().toString());

        JsonNode year = quote(Map.of("product", story.key("suite"), "coterminateWith", desk.of(acme, "guide").id().toString()));
        Instant date = desk.of(acme, "guide").period().until();
        assertThat(year.at("/effectiveAt").asString()).isEqualTo(date.toString());
        assertThat(year.at("/dueAtDate/amountMinor").asLong()).isEqualTo(125_000 - StartDesk.part(125_000, suite.period(), date));
        story.accept(year.at("/token").asString()).at("/changePlan/change");
        reach(date);
        assertThat(desk.billed(suite)).containsExactly(125_000L, StartDesk.dueAtDate(year));
        assertThat(desk.of(acme, "suite").period().from()).isEqualTo(desk.of(acme, "guide").period().from()).isEqualTo(date);
        assertThat(quote(together()).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
    }

    @Test
    void whatWaitsForTheEndOfThePeriodIsMadeWithTheEndOfTheNewOne() throws StripeException {
        story.accept(quote(Map.of("seats", 50)).at("/token").asString()).at("/changePlan/change");
        Instant date = desk.of(acme, "suite").period().until();
        JsonNode quote = quote(together());
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(A_MONTH / 2);
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        reach(date);
        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        requireTogetherAtTheNextTwoRenewals();
        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.billed(desk.of(acme, "guide"))).containsExactly(A_MONTH, StartDesk.dueAtDate(quote), A_MONTH / 2, A_MONTH / 2);
    }

    @Test
    void fromItsAcceptanceOnTheDateStandsAndUntilThenItDependsOnTheOther() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        JsonNode quote = quote(together());
        story.accept(story.token(acme, Map.of("product", story.key("suite"), "cancelAtPeriodEnd", true))).at("/changePlan/change");
        Api.Answer stale = story.accept(quote.at("/token").asString());
        assertThat(stale.text("/changePlan/why")).isEqualTo("SUBSCRIPTION_CHANGED");
        assertThat(stale.text("/changePlan/freshQuote/rule")).isEqualTo("OTHER_ENDS");

        story.accept(story.token(acme, Map.of("product", story.key("suite"), "cancelAtPeriodEnd", false))).at("/changePlan/change");
        JsonNode again = quote(together());
        story.accept(again.at("/token").asString()).at("/changePlan/change");
        story.accept(story.token(acme, Map.of("product", story.key("suite"), "cancel", true, "when", "NOW"))).at("/changePlan/change");
        reach(date);
        assertThat(change().at("/state").asString()).as("suite is over").isEqualTo("APPLIED");
        assertThat(desk.of(acme, "guide").period().from()).isEqualTo(date);
    }

    @Test
    void theQuoteEndsBeforeStripeHasToBeToldAndWhatComesTooSoonIsTheNextTime() {
        Instant date = desk.of(acme, "suite").period().until();
        passUntil(date.minus(Duration.ofMinutes(21)));
        JsonNode quote = quote(together());
        assertThat(quote.at("/effectiveAt").asString()).isEqualTo(date.toString());
        assertThat(quote.at("/expiresAt").asString()).isEqualTo(date.minus(Duration.ofMinutes(10)).toString());
        passUntil(date.minus(Duration.ofMinutes(19)));
        assertThat(quote(together()).at("/effectiveAt").asString()).isNotEqualTo(date.toString());
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        passUntil(date.minus(Duration.ofMinutes(10)));
        assertThat(states()).containsExactly("REQUESTED");
        assertThat(story.accept(story.token(acme, Map.of("product", story.key("suite"), "seats", 7))).text("/changePlan/__typename"))
                .as("both would draw on one balance").isEqualTo("ChangeInProgress");
        passUntil(date);
        assertThat(states()).containsExactly("APPLIED");
        assertThat(desk.of(acme, "guide").period()).isEqualTo(desk.of(acme, "suite").period());
    }

    @Test
    void aCardThatIsDeclinedThenLeavesTheInvoiceOpenAsARenewalDoes() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        JsonNode quote = quote(together());
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        story.card(acme, "pm_card_chargeCustomerFail");
        reach(date);
        assertThat(states()).containsExactly("APPLIED");
        AccountSubscription guide = desk.of(acme, "guide");
        assertThat(guide.state()).isEqualTo(SubscriptionState.PAST_DUE);
        assertThat(guide.period().from()).isEqualTo(date);
        assertThat(stripe.v1().invoices().list(InvoiceListParams.builder().setSubscription(guide.stripeId()).build()).getData().getFirst())
                .extracting(Invoice::getStatus, Invoice::getAmountDue).containsExactly("open", StartDesk.dueAtDate(quote));
    }

    @Test
    void whatStripeWasNotToldInTimeOrDoesNotMakeIsNotMade() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        AccountSubscription guide = desk.of(acme, "guide");
        story.accept(quote(together()).at("/token").asString()).at("/changePlan/change");
        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(change().at("/failureCode").asString()).isEqualTo("date_missed");
        assertThat(desk.of(acme, "guide").period()).isEqualTo(guide.period());

        date = desk.of(acme, "suite").period().until();
        story.accept(quote(together()).at("/token").asString()).at("/changePlan/change");
        passUntil(date.minus(Duration.ofMinutes(9)));
        assertThat(states()).containsExactly("REQUESTED", "ABANDONED");
        stripe.v1().subscriptionSchedules().release(stripe.v1().subscriptions().retrieve(guide.stripeId()).getSchedule());
        passUntil(date.plusSeconds(3));
        assertThat(states()).as("Stripe may take a moment").containsExactly("REQUESTED", "ABANDONED");
        passUntil(date.plus(Duration.ofMinutes(13)));
        assertThat(states()).containsExactly("ABANDONED", "ABANDONED");
        assertThat(desk.billed(guide)).containsExactly(A_MONTH, A_MONTH);
    }

    @Test
    void whatStripeWasToldWithoutAnswerIsForgottenWhereItWouldNotBeWhatWasPromised() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        AccountSubscription guide = desk.of(acme, "guide");
        story.accept(quote(together()).at("/token").asString()).at("/changePlan/change");
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscription_schedules/[^/]+")) {
            passUntil(date.minus(Duration.ofMinutes(9)));
        }
        assertThat(states()).containsExactly("REQUESTED");
        assertThat(stripe.v1().subscriptions().retrieve(guide.stripeId()).getSchedule()).isNotNull();
        stripe.v1().customers().balanceTransactions().create(customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(500L).setCurrency("usd").build());
        passUntil(date.minus(Duration.ofMinutes(6)));
        assertThat(states()).as("500 more are owed").containsExactly("REFUSED");
        assertThat(stripe.v1().subscriptions().retrieve(guide.stripeId()).getSchedule()).isNull();
        passUntil(date.plusSeconds(3));
        assertThat(desk.of(acme, "guide").period()).isEqualTo(guide.period());
        assertThat(desk.billed(guide)).containsExactly(A_MONTH);
    }

    @Test
    void whatStripeRefusesIsNotMadeAndLeavesNoSchedule() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        story.accept(quote(together()).at("/token").asString()).at("/changePlan/change");
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/[^/]+", 400, "price_inactive")) {
            passUntil(date.minus(Duration.ofMinutes(9)));
        }
        assertThat(states()).containsExactly("REFUSED");
        assertThat(stripe.v1().subscriptions().retrieve(desk.of(acme, "guide").stripeId()).getSchedule()).isNull();
    }

    @Test
    void whereOnlyStripeKnowsTheTaxItSaysWhatIsPromised() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        AccountSubscription guide = desk.of(acme, "guide");
        stories.sandbox().taxAt(new BigDecimal("19"));
        stripe.v1().subscriptions().update(guide.stripeId(), SubscriptionUpdateParams.builder()
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();
        JsonNode quote = quote(together());
        assertThat(quote.at("/verified").asBoolean()).isTrue();
        assertThat(StartDesk.dueAtDate(quote)).isGreaterThan(A_MONTH - StartDesk.part(A_MONTH, guide.period(), date));
        assertThat(compared()).as("Stripe is not asked about many").isEqualTo("ASK_ALONE");
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        reach(date);
        assertThat(states()).containsExactly("APPLIED");
        assertThat(desk.billed(guide)).containsExactly(A_MONTH, StartDesk.dueAtDate(quote));
    }

    @Test
    void itIsOneOfManyAlternatives() {
        assertThat(compared()).isEqualTo(desk.of(acme, "suite").period().until().toString());
    }

    /** When it would be, as one of several alternatives, or why it would not. */
    private String compared() {
        JsonNode quote = story.backend().ask("""
                query ($key: String, $changes: [PlanChangeInput!]) { account(key: $key) { alternatives(changes: $changes) { options { quote {
                  ... on Quote { effectiveAt } ... on ChangeNotAllowed { rule } } } } } }""", "key", acme, "changes", List.of(together()))
                .at("/account/alternatives/options/0/quote");
        return quote.path("rule").asString(quote.path("effectiveAt").asString(""));
    }

    private String customer() throws StripeException {
        return stripe.v1().subscriptions().retrieve(desk.of(acme, "guide").stripeId()).getCustomer();
    }

    @Test
    void takenBackNothingComesOfIt() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        AccountSubscription guide = desk.of(acme, "guide");
        String id = story.accept(quote(together()).at("/token").asString()).text("/changePlan/change/id");
        assertThat(cancel(id)).isEqualTo("PlanChangeCanceled");
        reach(date);
        assertThat(states()).containsExactly("CANCELED");
        assertThat(desk.billed(guide)).containsExactly(A_MONTH);
        assertThat(desk.of(acme, "guide").period()).isEqualTo(guide.period());
    }

    @Test
    void whateverTheBalancePaysOfItNoMoreIsChargedThanWasPromised() throws StripeException {
        Instant date = desk.of(acme, "suite").period().until();
        stripe.v1().customers().balanceTransactions().create(customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(-1_000L).setCurrency("usd").build());
        stories.settle();
        JsonNode quote = quote(together());
        assertThat(StartDesk.dueAtDate(quote)).as("suite may take the credit first").isEqualTo(quote.at("/total/amountMinor").asLong());
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        reach(date);
        assertThat(states()).containsExactly("APPLIED");
        assertThat(desk.billed(desk.of(acme, "guide")).getLast() + desk.billed(desk.of(acme, "suite")).getLast())
                .isEqualTo(StartDesk.dueAtDate(quote) + 12_500 - 1_000);
    }

    @Test
    void ofTwoAtOnceOneWaits() {
        List<String> tokens = Stream.of(1, 2).map(_ -> quote(together()).at("/token").asString()).toList();
        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChangeScheduled", "QuoteIsStale");
        assertThat(states()).containsExactly("SCHEDULED");
        assertThat(quote(together()).at("/rule").asString()).isEqualTo("WAITS_FOR_DATE");
    }

    @Test
    void whatCannotBeTogetherIsRefusedByName() {
        String suite = desk.of(acme, "suite").id().toString();
        String theirs = desk.of(story.subscribed("other", "team", 5), "suite").id().toString();
        assertThat(wrong(Map.of("coterminateWith", theirs))).isEqualTo(wrong(Map.of("coterminateWith", UUID.randomUUID().toString())))
                .isEqualTo(wrong(Map.of("coterminateWith", "nothing"))).isEqualTo("NOT_FOUND change.coterminateWith");
        assertThat(wrong(Map.of("coterminateWith", desk.of(acme, "guide").id().toString()))).isEqualTo("INVALID_INPUT change.coterminateWith");
        assertThat(wrong(Map.of("coterminateWith", suite, "seats", 7))).isEqualTo("INVALID_INPUT change.coterminateWith");
        assertThat(wrong(Map.of("coterminateWith", suite, "cancel", true))).isEqualTo("INVALID_INPUT change.coterminateWith");
        assertThat(wrong(Map.of("coterminateWith", suite, "when", "AT_DATE"))).isEqualTo("INVALID_INPUT change.when");
        assertThat(wrong(Map.of("coterminateWith", suite, "at", stories.clock().instant().plus(Duration.ofDays(3)).toString()))).isEqualTo("INVALID_INPUT change.at");

        story.accept(story.token(acme, Map.of("product", story.key("guide"), "cancelAtPeriodEnd", true))).at("/changePlan/change");
        assertThat(rule()).isEqualTo("ENDS");
        story.accept(story.token(acme, Map.of("product", story.key("guide"), "cancelAtPeriodEnd", false))).at("/changePlan/change");
        story.accept(story.token(acme, Map.of("product", story.key("suite"), "cancel", true, "when", "NOW"))).at("/changePlan/change");
        assertThat(quote(Map.of("coterminateWith", suite)).at("/rule").asString()).isEqualTo("OTHER_NOT_ACTIVE");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 5, "trialDays", 60)).at("/startSubscription/subscription");
        assertThat(rule()).isEqualTo("OTHER_IN_TRIAL");
        assertThat(quote(Map.of("product", story.key("suite"), "coterminateWith", desk.of(acme, "guide").id().toString())).at("/rule").asString()).isEqualTo("IN_TRIAL");
    }

    @Test
    void theOtherMustBePaid() {
        Instant renewal = desk.of(acme, "suite").period().until();
        story.card(acme, "pm_card_chargeCustomerFail");
        stories.clock().advance(Duration.between(stories.clock().instant(), renewal));
        assertThat(rule()).as("Stripe has not billed the next one yet").isEqualTo("OTHER_RENEWING");
        stories.pass(Duration.ofHours(2));
        assertThat(rule()).isEqualTo("OTHER_UNPAID");
    }

    private String rule() {
        return quote(together()).at("/rule").asString();
    }

    /** The code of an error, and the field that it blames. */
    private String wrong(Map<String, Object> change) {
        Api.Answer answer = ask(change);
        return answer.errorCode() + " " + answer.body().at("/errors/0/extensions/field").asString();
    }

    private String cancel(String change) {
        return story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "change", change)).text("/cancelPlanChange/__typename");
    }

    private void requireTogetherAtTheNextTwoRenewals() {
        for (int i = 0; i < 2; i++) {
            Instant renewal = desk.of(acme, "suite").period().until();
            passUntil(renewal.plus(Duration.ofHours(2)));
            assertThat(desk.of(acme, "guide").period()).isEqualTo(desk.of(acme, "suite").period());
            assertThat(desk.of(acme, "guide").period().from()).isEqualTo(renewal);
        }
    }

    /** To where Stripe is told, and then on to where it has made it. */
    private void reach(Instant date) {
        passUntil(date.minus(Duration.ofMinutes(9)));
        passUntil(date.plusSeconds(3));
    }

    private void passUntil(Instant instant) {
        stories.pass(Duration.between(stories.clock().instant(), instant));
        stories.settle();
    }

    private Map<String, Object> together() {
        return Map.of("product", story.key("guide"), "coterminateWith", desk.of(acme, "suite").id().toString());
    }

    private JsonNode quote(Map<String, Object> change) {
        return ask(change).at("/account/quote");
    }

    private Api.Answer ask(Map<String, Object> change) {
        Map<String, Object> ofGuide = new HashMap<>(Map.of("product", story.key("guide")));
        ofGuide.putAll(change);
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { token expiresAt when effectiveAt growth verified coterminatedWith { id } dueNow { amountMinor } dueAtDate { amountMinor } total { amountMinor }
                    lines { kind explanation amount { amountMinor } } nextInvoice { at due { amountMinor } } later { due { amountMinor } } }
                  ... on ChangeNotAllowed { rule reason field } ... on PaymentPastDue { subscription { id } } } } }""", "key", acme, "change", ofGuide);
    }

    /** Of the guide, newest first. */
    private JsonNode changes() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id state failureCode charged { amountMinor } to { coterminateWith } } } }",
                "key", acme).at("/account/planChanges");
    }

    private JsonNode change() {
        return changes().get(0);
    }

    private List<String> states() {
        return changes().valueStream().map(change -> change.at("/state").asString()).toList();
    }
}
