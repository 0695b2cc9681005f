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

    private Story story;
    private String acme;
    private Instant until;
    private Instant date;

    @BeforeEach
    void fiveSeatsOfTeamADayIntoTheirMonth() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        until = Instant.parse(subscription().at("/period/until").asString());
        stories.pass(Duration.ofDays(1));
        date = until.minus(Duration.ofDays(11)).plusSeconds(4_321);
    }

    @Test
    void moreIsBilledForThatSecondAsQuotedAndNothingBefore() throws StripeException {
        JsonNode quote = quote(at(Map.of("plan", story.key("pro"))));
        assertThat(quote.at("/when").asString()).isEqualTo("AT_DATE");
        assertThat(Instant.parse(quote.at("/effectiveAt").asString())).isEqualTo(date);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        long due = quote.at("/dueAtDate/amountMinor").asLong();
        assertThat(due).isBetween(4_000L, 4_800L);
        assertThat(quote.at("/lines")).hasSize(2).allSatisfy(line -> assertThat(Instant.parse(line.at("/period/from").asString())).isEqualTo(date));
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(24_500);

        Api.Answer accepted = story.accept(quote.at("/token").asString());
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        assertThat(Instant.parse(accepted.text("/changePlan/change/effectiveAt"))).isEqualTo(date);
        assertThat(accepted.at("/changePlan/account/subscription/scheduledChanges")).hasSize(1);
        passUntil(date.minusSeconds(1));
        assertThat(states()).containsExactly("SCHEDULED");
        assertThat(invoices()).hasSize(1);

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(plan()).isEqualTo(story.key("pro"));
        assertThat(invoices()).hasSize(2);
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(due);
        assertThat(subscription().at("/scheduledChanges")).isEmpty();
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(24_500);
    }

    @Test
    void severalThingsTogetherCostThePromiseAlsoWhereHeadroomComesLate() throws StripeException {
        JsonNode quote = quote(at(Map.of("seats", 8, "addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)))));
        story.accept(quote.at("/token").asString()).at("/changePlan/change");

        passUntil(date.plus(Duration.ofHours(20)));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
        assertThat(change().at("/charged/amountMinor").asLong()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong());
    }

    @Test
    void lessGivesBackWhatIsLeftFromThatSecond() throws StripeException {
        JsonNode quote = quote(at(Map.of("seats", 2)));
        long total = quote.at("/total/amountMinor").asLong();
        assertThat(total).isNegative();
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).isZero();
        story.accept(quote.at("/token").asString()).at("/changePlan/change");

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isEqualTo(total);
    }

    @Test
    void anotherIntervalBeginsThenWithItsPeriod() throws StripeException {
        JsonNode quote = quote(at(Map.of("interval", "YEAR")));
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        passUntil(date.plusSeconds(3));
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isGreaterThan(100_000);
    }

    @Test
    void takenBackBeforeItIsAsIfItHadNeverBeen() throws StripeException {
        String id = story.accept(story.token(acme, at(Map.of("seats", 9)))).text("/changePlan/change/id");
        assertThat(quote(Map.of("seats", 7)).at("/rule").asString()).isEqualTo("WAITS_FOR_DATE");
        assertThat(cancel(id).text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");
        assertThat(quote(Map.of("seats", 7)).at("/__typename").asString()).isEqualTo("Quote");

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("CANCELED");
        assertThat(invoices()).hasSize(1);
        assertThat(cancel(id).text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeNotOpen");
    }

    @Test
    void aCardThatIsDeclinedThenChangesNothing() throws StripeException {
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        story.card(acme, "pm_card_chargeCustomerFail");

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("DECLINED");
        assertThat(change().at("/failureCode").asString()).isNotEmpty();
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(5);
        assertThat(invoices()).noneMatch(invoice -> invoice.getStatus().equals("open"));
        assertThat(quote(Map.of("seats", 6)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void headroomThatIsAwayForADayDoesNotMakeUpForIt() throws StripeException {
        String key = UUID.randomUUID().toString();
        String token = story.token(acme, at(Map.of("seats", 9)));
        story.accept(story.backend(), token, key).at("/changePlan/change");
        passUntil(date.plus(Duration.ofDays(1)));

        assertThat(states()).containsExactly("ABANDONED");
        assertThat(change().at("/failureCode").asString()).isEqualTo("date_missed");
        assertThat(invoices()).hasSize(1);
        assertThat(subscription().at("/scheduledChanges")).isEmpty();
        Api.Answer again = story.accept(story.backend(), token, key);
        assertThat(again.text("/changePlan/freshQuote/__typename")).as("what it costs now").isEqualTo("Quote");
    }

    @Test
    void norAfterTheNextPeriodHasBegun() throws StripeException {
        date = until.minus(Duration.ofHours(1));
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        passUntil(until.plus(Duration.ofHours(2)));

        assertThat(states()).containsExactly("ABANDONED");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12_500);
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(5);
    }

    @Test
    void whatSomebodyChangesAtStripeBeforeIsNotChangedAgain() throws StripeException {
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        String item = stripe.v1().subscriptions().retrieve(stripeSubscription()).getItems().getData().getFirst().getId();
        stripe.v1().subscriptionItems().update(item, SubscriptionItemUpdateParams.builder().setQuantity(6L)
                .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(change().at("/failureCode").asString()).isEqualTo("subscription_changed");
        assertThat(invoices()).hasSize(1);
    }

    @Test
    void whatTheBalanceHasComeToPayIsNotTakenFromTheCard() throws StripeException {
        JsonNode quote = quote(at(Map.of("seats", 9)));
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        stripe.v1().customers().balanceTransactions().create(
                customer(), CustomerBalanceTransactionCreateParams.builder().setAmount(-1_000L).setCurrency("usd").build());
        stories.settle();

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(invoices().getFirst().getTotal()).isEqualTo(quote.at("/total/amountMinor").asLong());
        assertThat(change().at("/charged/amountMinor").asLong()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong() - 1_000);
    }

    @Test
    void aBankThatWantsItsCustomerWaitsAsItDoesForAnyChange() throws StripeException {
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        story.card(acme, "pm_card_authenticationRequired");
        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("ACTION_REQUIRED");
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(5);
        passUntil(date.plus(Duration.ofDays(2)));
        assertThat(states()).containsExactly("DECLINED");
        assertThat(invoices()).noneMatch(invoice -> invoice.getStatus().equals("paid") && invoice.getTotal() != 12_500);
    }

    @Test
    void whatIsNotCollectedByThenIsNotMade() throws StripeException {
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        stripe.v1().subscriptions().update(stripeSubscription(), SubscriptionUpdateParams.builder().setPauseCollection(
                SubscriptionUpdateParams.PauseCollection.builder().setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID).build()).build());
        stories.settle();
        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(change().at("/failureCode").asString()).isEqualTo("on_hold");
    }

    @Test
    void inATrialItIsFreeThen() throws StripeException {
        acme = story.account("trial");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 5, "trialDays", 14)).at("/startSubscription/subscription/id");
        date = stories.clock().instant().plus(Duration.ofDays(9));
        JsonNode quote = quote(at(Map.of("seats", 8)));
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).isZero();
        story.accept(quote.at("/token").asString()).at("/changePlan/change");
        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(8);
        passUntil(date.plus(Duration.ofDays(6)));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(20_000);
    }

    @Test
    void ofTwoAtOnceOneWaits() {
        List<String> tokens = Stream.of(7, 8).map(seats -> story.token(acme, at(Map.of("seats", seats)))).toList();
        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChangeScheduled", "QuoteIsStale");
        assertThat(states()).containsExactly("SCHEDULED");
    }

    @Test
    void whatWaitsForTheEndOfThePeriodIsMadeOnTopOfIt() throws StripeException {
        String later = story.accept(story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"))).text("/changePlan/change/id");
        JsonNode quote = quote(at(Map.of("seats", 7)));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(34_300);
        String dated = story.accept(quote.at("/token").asString()).text("/changePlan/change/id");
        assertThat(subscription().at("/scheduledChanges").valueStream().map(change -> change.at("/id").asString())).containsExactly(dated, later);
        assertThat(reorder(List.of(later, dated)).errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(quote(Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)), "when", "PERIOD_END")).at("/nextInvoice/due/amountMinor").asLong())
                .isEqualTo(37_200);

        passUntil(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        assertThat(invoices().getFirst().getAmountPaid()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong());
        assertThat(subscription().at("/scheduledChanges/0/from/quantity").asLong()).isEqualTo(7);
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(34_300);
    }

    @Test
    void whatWaitsForTheEndOfThePeriodIsMadeWithoutItWhereItFails() throws StripeException {
        story.accept(story.token(acme, at(Map.of("seats", 7)))).at("/changePlan/change");
        story.accept(story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"))).at("/changePlan/change");
        story.card(acme, "pm_card_chargeCustomerFail");
        passUntil(date.plusSeconds(3));
        story.card(acme, "pm_card_visa");
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(states()).containsExactly("APPLIED", "DECLINED");
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(24_500);
    }

    @Test
    void theEndOfTheSubscriptionIsTheEndOfIt() {
        story.accept(story.token(acme, at(Map.of("seats", 7)))).at("/changePlan/change");
        story.accept(story.token(acme, Map.of("cancel", true))).at("/changePlan/change");
        assertThat(states()).containsExactly("APPLIED", "CANCELED");
        passUntil(date.plusSeconds(3));
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(5);
    }

    @Test
    void theEndOfThePeriodIsWhatWaitsForThat() {
        date = until;
        assertThat(quote(at(Map.of("seats", 7))).at("/when").asString()).isEqualTo("PERIOD_END");
        story.accept(story.token(acme, at(Map.of("seats", 7)))).at("/changePlan/change");
        passUntil(until.plus(Duration.ofHours(2)));
        assertThat(states()).containsExactly("APPLIED");
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
        assertThat(quote(Map.of("seats", 7, "when", "AT_DATE", "at", date.toString())).at("/when").asString()).isEqualTo("AT_DATE");

        JsonNode beyond = quote(Map.of("seats", 7, "at", until.plusSeconds(1).toString()));
        assertThat(beyond.at("/rule").asString()).isEqualTo("BEYOND_PERIOD");
        assertThat(beyond.at("/reason").asString()).contains(until.toString());
        assertThat(quote(at(Map.of("seats", 5))).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
        assertThat(field(at(Map.of("offer", "none")))).isEqualTo("change.offer");

        story.accept(story.token(acme, Map.of("cancel", true, "at", date.minusSeconds(100).toString()))).at("/changePlan/change");
        assertThat(quote(at(Map.of("seats", 7))).at("/rule").asString()).isEqualTo("ENDS");
    }

    private Map<String, Object> at(Map<String, Object> change) {
        Map<String, Object> dated = new HashMap<>(change);
        dated.put("at", date.toString());
        return dated;
    }

    private void passUntil(Instant instant) {
        stories.pass(Duration.between(stories.clock().instant(), instant));
        stories.settle();
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).at("/account/quote");
    }

    private String field(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).body().at("/errors/0/extensions/field").asString();
    }

    private JsonNode subscription() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { id plan { key } seats { bought } period { until } scheduledChanges { id from { quantity } } } } }""",
                "key", acme).body().at("/data/account/subscription");
    }

    private String plan() {
        return subscription().at("/plan/key").asString();
    }

    /** Newest first. */
    private JsonNode changes() {
        return story.backend().ask(
                "query ($key: String) { account(key: $key) { planChanges { id state failureCode failureMessage charged { amountMinor } } } }", "key", acme).at("/account/planChanges");
    }

    private JsonNode change() {
        return changes().get(0);
    }

    private List<String> states() {
        return changes().valueStream().map(change -> change.at("/state").asString()).toList();
    }

    private Api.Answer cancel(String change) {
        return story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "change", change));
    }

    private Api.Answer reorder(List<String> order) {
        return story.backend().ask("mutation ($input: ReorderPlanChangesInput!) { reorderPlanChanges(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "order", order));
    }

    private String stripeSubscription() {
        Actor.System test = new Actor.System("test");
        return subscriptions.live(test, accounts.meant(test, acme).id()).getFirst().stripeId();
    }

    private String customer() {
        return accounts.meant(new Actor.System("test"), acme).stripeCustomer();
    }

    /** Newest first. */
    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).setLimit(100L).build()).getData();
    }
}
