package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
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

/** A change at a date costs nothing before it, and then exactly what was quoted for that second; or it is not made. */
@HeadroomTest
class ChangeAtADateStoryTest {

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    Subscriptions subscriptions;

    private DateDesk desk;
    private Instant until;
    private Instant date;

    @BeforeEach
    void fiveSeatsOfTeamADayIntoTheirMonth() {
        Story story = stories.begin();
        desk = new DateDesk(story, stripe, accounts, subscriptions, story.subscribed("acme", "team", 5));
        until = desk.until();
        stories.pass(Duration.ofDays(1));
        date = until.minus(Duration.ofDays(11)).plusSeconds(4_321);
    }

    @Test
    void moreIsBilledForThatSecondAsQuotedAndNothingBefore() {
        JsonNode quote = desk.quote(at(Map.of("plan", desk.story().key("pro"))));
        assertThat(quote.at("/when").asString()).isEqualTo("AT_DATE");
        assertThat(Instant.parse(quote.at("/effectiveAt").asString())).isEqualTo(date);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        long due = quote.at("/dueAtDate/amountMinor").asLong();
        assertThat(due).isBetween(4_000L, 4_800L);
        assertThat(quote.at("/lines")).hasSize(2).allSatisfy(line -> assertThat(Instant.parse(line.at("/period/from").asString())).isEqualTo(date));
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(24_500);

        Api.Answer accepted = desk.accept(quote);
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        assertThat(Instant.parse(accepted.text("/changePlan/change/effectiveAt"))).isEqualTo(date);
        assertThat(accepted.at("/changePlan/account/subscription/scheduledChanges")).hasSize(1);
        desk.pass(date.minusSeconds(1));
        assertThat(desk.states()).containsExactly("SCHEDULED");
        assertThat(desk.invoices()).hasSize(1);

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.subscription().at("/plan/key").asString()).isEqualTo(desk.story().key("pro"));
        assertThat(desk.invoices()).hasSize(2);
        assertThat(desk.invoices().getFirst().getAmountPaid()).isEqualTo(due);
        assertThat(desk.subscription().at("/scheduledChanges")).isEmpty();
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(24_500);
    }

    @Test
    void severalThingsTogetherCostThePromiseAlsoWhereHeadroomComesLate() {
        JsonNode quote = desk.quote(at(Map.of("seats", 8, "addOns", List.of(Map.of("addOn", desk.story().key("insights"), "quantity", 1)))));
        desk.accept(quote).at("/changePlan/change");

        desk.pass(date.plus(Duration.ofHours(20)));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.invoices().getFirst().getAmountPaid()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
        assertThat(desk.changes().get(0).at("/charged/amountMinor").asLong()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong());
    }

    @Test
    void lessGivesBackWhatIsLeftFromThatSecond() throws StripeException {
        JsonNode quote = desk.quote(at(Map.of("seats", 2)));
        long total = quote.at("/total/amountMinor").asLong();
        assertThat(total).isNegative();
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).isZero();
        desk.accept(quote).at("/changePlan/change");

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(stripe.v1().customers().retrieve(desk.customer()).getBalance()).isEqualTo(total);
    }

    @Test
    void anotherIntervalBeginsThenWithItsPeriod() {
        JsonNode quote = desk.quote(at(Map.of("interval", "YEAR")));
        desk.accept(quote).at("/changePlan/change");
        desk.pass(date.plusSeconds(3));
        assertThat(desk.invoices().getFirst().getAmountPaid()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isGreaterThan(100_000);
    }

    @Test
    void takenBackBeforeItIsAsIfItHadNeverBeen() {
        String id = desk.accepted(at(Map.of("seats", 9))).text("/changePlan/change/id");
        assertThat(desk.quote(Map.of("seats", 7)).at("/rule").asString()).isEqualTo("WAITS_FOR_DATE");
        assertThat(desk.cancel(id)).isEqualTo("PlanChangeCanceled");
        assertThat(desk.quote(Map.of("seats", 7)).at("/__typename").asString()).isEqualTo("Quote");

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("CANCELED");
        assertThat(desk.invoices()).hasSize(1);
        assertThat(desk.cancel(id)).isEqualTo("PlanChangeNotOpen");
    }

    @Test
    void aCardThatIsDeclinedThenChangesNothing() {
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        desk.card("pm_card_chargeCustomerFail");

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("DECLINED");
        assertThat(desk.changes().get(0).at("/failureCode").asString()).isNotEmpty();
        assertThat(desk.subscription().at("/seats/bought").asLong()).isEqualTo(5);
        assertThat(desk.invoices()).noneMatch(invoice -> invoice.getStatus().equals("open"));
        assertThat(desk.quote(Map.of("seats", 6)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void headroomThatIsAwayForADayDoesNotMakeUpForIt() {
        String key = UUID.randomUUID().toString();
        String token = desk.story().token(desk.account(), at(Map.of("seats", 9)));
        desk.story().accept(desk.story().backend(), token, key).at("/changePlan/change");
        desk.pass(date.plus(Duration.ofDays(1)));

        assertThat(desk.states()).containsExactly("ABANDONED");
        assertThat(desk.changes().get(0).at("/failureCode").asString()).isEqualTo("date_missed");
        assertThat(desk.invoices()).hasSize(1);
        assertThat(desk.subscription().at("/scheduledChanges")).isEmpty();
        Api.Answer again = desk.story().accept(desk.story().backend(), token, key);
        assertThat(again.text("/changePlan/freshQuote/__typename")).as("what it costs now").isEqualTo("Quote");
    }

    @Test
    void norAfterTheNextPeriodHasBegun() {
        date = until.minus(Duration.ofHours(1));
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        desk.pass(until.plus(Duration.ofHours(2)));

        assertThat(desk.states()).containsExactly("ABANDONED");
        assertThat(desk.invoices().getFirst().getAmountDue()).isEqualTo(12_500);
        assertThat(desk.subscription().at("/seats/bought").asLong()).isEqualTo(5);
    }

    /** The next period has been heard of, and nobody has looked at what was missed in the last one. */
    @Test
    void oneThatWasMissedIsInNobodysWayUntilItIsGivenUp() {
        date = until.minus(Duration.ofHours(1));
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        stories.clock().advance(Duration.between(stories.clock().instant(), until.plus(Duration.ofHours(2))));
        stories.sandbox().catchUp();
        while (stories.inbox().poll() > 0) {
            stories.inbox().drain();
        }

        JsonNode fewer = desk.quote(Map.of("seats", 4, "when", "PERIOD_END"));
        assertThat(fewer.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(4 * 2_500);
        assertThat(desk.scheduled(fewer)).isTrue();
        assertThat(desk.cancel(desk.queue().getLast())).isEqualTo("PlanChangeCanceled");
        JsonNode later = desk.quote(until.plus(Duration.ofDays(9)), Map.of("seats", 8));
        assertThat(DateDesk.due(later)).isPositive();

        stories.settle();
        assertThat(desk.states()).containsExactly("CANCELED", "ABANDONED");
        assertThat(DateDesk.due(desk.quote(until.plus(Duration.ofDays(9)), Map.of("seats", 8)))).isEqualTo(DateDesk.due(later));
    }

    @Test
    void whatSomebodyChangesAtStripeBeforeIsNotChangedAgain() throws StripeException {
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        String item = stripe.v1().subscriptions().retrieve(desk.stripeSubscription()).getItems().getData().getFirst().getId();
        stripe.v1().subscriptionItems().update(item, SubscriptionItemUpdateParams.builder().setQuantity(6L)
                .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("ABANDONED");
        assertThat(desk.changes().get(0).at("/failureCode").asString()).isEqualTo("subscription_changed");
        assertThat(desk.invoices()).hasSize(1);
    }

    @Test
    void whatTheBalanceHasComeToPayIsNotTakenFromTheCard() throws StripeException {
        JsonNode quote = desk.quote(at(Map.of("seats", 9)));
        desk.accept(quote).at("/changePlan/change");
        stripe.v1().customers().balanceTransactions().create(
                desk.customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(-1_000L).setCurrency("usd").build());
        stories.settle();

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.invoices().getFirst().getTotal()).isEqualTo(quote.at("/total/amountMinor").asLong());
        assertThat(desk.changes().get(0).at("/charged/amountMinor").asLong()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong() - 1_000);
    }

    @Test
    void aBankThatWantsItsCustomerWaitsAsItDoesForAnyChange() {
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        desk.card("pm_card_authenticationRequired");
        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("ACTION_REQUIRED");
        assertThat(desk.subscription().at("/seats/bought").asLong()).isEqualTo(5);
        desk.pass(date.plus(Duration.ofDays(2)));
        assertThat(desk.states()).containsExactly("DECLINED");
        assertThat(desk.invoices()).noneMatch(invoice -> invoice.getStatus().equals("paid") && invoice.getTotal() != 12_500);
    }

    @Test
    void whatIsNotCollectedByThenIsNotMade() throws StripeException {
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        stripe.v1().subscriptions().update(desk.stripeSubscription(), SubscriptionUpdateParams.builder().setPauseCollection(
                SubscriptionUpdateParams.PauseCollection.builder().setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID).build()).build());
        stories.settle();
        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("ABANDONED");
        assertThat(desk.changes().get(0).at("/failureCode").asString()).isEqualTo("on_hold");
    }

    @Test
    void inATrialItIsFreeThen() {
        desk = desk.of(desk.story().account("trial"));
        desk.card("pm_card_visa");
        desk.story().start(desk.account(), Map.of("plan", desk.story().key("team"), "seats", 5, "trialDays", 14)).at("/startSubscription/subscription/id");
        date = stories.clock().instant().plus(Duration.ofDays(9));
        JsonNode quote = desk.quote(at(Map.of("seats", 8)));
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).isZero();
        desk.accept(quote).at("/changePlan/change");
        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.subscription().at("/seats/bought").asLong()).isEqualTo(8);
        desk.pass(date.plus(Duration.ofDays(6)));
        assertThat(desk.invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(20_000);
    }

    @Test
    void ofTwoAtOnceOneWaits() {
        List<String> tokens = Stream.of(7, 8).map(seats -> desk.story().token(desk.account(), at(Map.of("seats", seats)))).toList();
        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> desk.story().accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChangeScheduled", "QuoteIsStale");
        assertThat(desk.states()).containsExactly("SCHEDULED");
    }

    @Test
    void whatWaitsForTheEndOfThePeriodIsMadeOnTopOfIt() {
        String later = desk.accepted(Map.of("plan", desk.story().key("pro"), "when", "PERIOD_END")).text("/changePlan/change/id");
        JsonNode quote = desk.quote(at(Map.of("seats", 7)));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(34_300);
        String dated = desk.accept(quote).text("/changePlan/change/id");
        assertThat(desk.queue()).containsExactly(dated, later);
        assertThat(desk.reorder(List.of(later, dated)).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(desk.quote(Map.of("addOns", List.of(Map.of("addOn", desk.story().key("insights"), "quantity", 1)), "when", "PERIOD_END")).at("/nextInvoice/due/amountMinor").asLong())
                .isEqualTo(37_200);

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "SCHEDULED");
        assertThat(desk.invoices().getFirst().getAmountPaid()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong());
        assertThat(desk.subscription().at("/scheduledChanges/0/from/quantity").asLong()).isEqualTo(7);
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.states()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.invoices().getFirst().getAmountDue()).isEqualTo(34_300);
    }

    @Test
    void whatWaitsForTheEndOfThePeriodIsMadeWithoutItWhereItFails() {
        desk.accepted(at(Map.of("seats", 7))).at("/changePlan/change");
        desk.accepted(Map.of("plan", desk.story().key("pro"), "when", "PERIOD_END")).at("/changePlan/change");
        desk.card("pm_card_chargeCustomerFail");
        desk.pass(date.plusSeconds(3));
        desk.card("pm_card_visa");
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.states()).containsExactly("APPLIED", "DECLINED");
        assertThat(desk.invoices().getFirst().getAmountDue()).isEqualTo(24_500);
    }

    @Test
    void theEndOfTheSubscriptionIsTheEndOfIt() {
        desk.accepted(at(Map.of("seats", 7))).at("/changePlan/change");
        desk.accepted(Map.of("cancel", true)).at("/changePlan/change");
        assertThat(desk.states()).containsExactly("APPLIED", "CANCELED");
        desk.pass(date.plusSeconds(3));
        assertThat(desk.subscription().at("/seats/bought").asLong()).isEqualTo(5);
    }

    @Test
    void itIsMadeAsPromisedAlsoWhereAnEndThatWasSetBeforeIsTakenBack() {
        desk.accepted(Map.of("cancel", true)).at("/changePlan/change");
        JsonNode quote = desk.quote(at(Map.of("seats", 7)));
        desk.accept(quote).at("/changePlan/change");
        desk.accepted(Map.of("cancel", false)).at("/changePlan/change");

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "APPLIED", "APPLIED");
        assertThat(desk.invoices().getFirst().getAmountPaid()).isEqualTo(DateDesk.due(quote)).isPositive();
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.invoices().getFirst().getAmountDue()).isEqualTo(17_500);
    }

    @Test
    void theEndOfThePeriodIsWhatWaitsForThat() {
        date = until;
        assertThat(desk.quote(at(Map.of("seats", 7))).at("/when").asString()).isEqualTo("PERIOD_END");
        desk.accepted(at(Map.of("seats", 7))).at("/changePlan/change");
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.states()).containsExactly("APPLIED");
    }

    @Test
    void aDateThatCannotBePromisedIsRefusedByName() {
        Instant now = stories.clock().instant();
        assertThat(field(Map.of("seats", 7, "at", now.toString()))).isEqualTo("change.at");
        assertThat(field(Map.of("seats", 7, "at", now.minusSeconds(60).toString()))).isEqualTo("change.at");
        assertThat(field(Map.of("seats", 7, "at", now.plus(Duration.ofDays(2_000)).toString()))).isEqualTo("change.at");
        assertThat(field(Map.of("seats", 7, "when", "NOW", "at", date.toString()))).isEqualTo("change.at");
        assertThat(field(Map.of("seats", 7, "when", "PERIOD_END", "at", date.toString()))).isEqualTo("change.at");
        assertThat(field(Map.of("seats", 7, "when", "AT_DATE"))).isEqualTo("change.at");
        assertThat(desk.quote(Map.of("seats", 7, "when", "AT_DATE", "at", date.toString())).at("/when").asString()).isEqualTo("AT_DATE");

        assertThat(desk.quote(at(Map.of("seats", 5))).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
        assertThat(field(at(Map.of("offer", "none")))).isEqualTo("change.offer");

        desk.accepted(Map.of("cancel", true, "at", date.minusSeconds(100).toString())).at("/changePlan/change");
        assertThat(desk.quote(at(Map.of("seats", 7))).at("/rule").asString()).isEqualTo("ENDS");
    }

    private Map<String, Object> at(Map<String, Object> change) {
        return DateDesk.at(date, change);
    }

    private String field(Map<String, Object> change) {
        return desk.story().quote(desk.story().backend(), desk.account(), change).body().at("/errors/0/extensions/field").asString();
    }
}
