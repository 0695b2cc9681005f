package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.Faults;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.subscription.Subscriptions;
import java.math.BigDecimal;
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

/** A change at a date of a later period costs then what was quoted for what the subscription will have come to be; or it is not made. */
@HeadroomTest
class ChangeInALaterPeriodStoryTest {

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
        if (stories.clock().instant().atZone(ZoneOffset.UTC).getDayOfMonth() > 28) {
            // Months after the 28th end on days of their own, which these stories do not count.
            stories.clock().advance(Duration.ofDays(4));
        }
        desk = new DateDesk(story, stripe, accounts, subscriptions, story.subscribed("acme", "team", 5));
        until = desk.until();
        stories.pass(Duration.ofDays(1));
        date = month(1).minus(Duration.ofDays(11)).plusSeconds(4_321);
    }

    @Test
    void itIsBilledInThePeriodThatRunsThenAsQuotedAndNothingBefore() {
        JsonNode quote = desk.quote(at(Map.of("plan", desk.story().key("pro"))));
        assertThat(quote.at("/when").asString()).isEqualTo("AT_DATE");
        assertThat(Instant.parse(quote.at("/effectiveAt").asString())).isEqualTo(date);
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        long due = quote.at("/dueAtDate/amountMinor").asLong();
        assertThat(quote.at("/lines")).hasSize(2).allSatisfy(line -> {
            assertThat(Instant.parse(line.at("/period/from").asString())).isEqualTo(date);
            assertThat(Instant.parse(line.at("/period/until").asString())).isEqualTo(month(1));
            assertThat(line.at("/seconds/total").asLong()).isEqualTo(Duration.between(until, month(1)).toSeconds());
        });
        assertThat(due).isBetween(4_000L, 4_800L);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(24_500);

        Api.Answer accepted = desk.accept(quote);
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.amounts().getFirst()).isEqualTo(12_500);
        desk.pass(date.minusSeconds(1));
        assertThat(desk.states()).containsExactly("SCHEDULED");

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.amounts().getFirst()).isEqualTo(due);
        assertThat(desk.subscription().at("/scheduledChanges")).isEmpty();
        desk.pass(month(1).plus(Duration.ofHours(2)));
        assertThat(desk.amounts().getFirst()).isEqualTo(24_500);
    }

    @Test
    void theFirstSecondOfALaterPeriodIsBilledWhole() {
        date = month(1);
        JsonNode quote = desk.quote(at(Map.of("plan", desk.story().key("pro"))));
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).as("after the renewal at the old price").isEqualTo(24_500 - 12_500);
        assertThat(desk.scheduled(quote)).isTrue();
        desk.pass(date.plus(Duration.ofHours(2)));
        assertThat(desk.states()).containsExactly("APPLIED");
        assertThat(desk.amounts()).contains(12_500L, 12_000L);
    }

    @Test
    void whatWaitsBeforeItIsCountedAlsoWhereItBeginsPeriodsOfAnotherLength() {
        assertThat(desk.scheduled(desk.quote(Map.of("interval", "YEAR", "when", "PERIOD_END")))).isTrue();
        date = until.plus(Duration.ofDays(100)).plusSeconds(77);
        JsonNode quote = desk.quote(at(Map.of("seats", 8, "addOns", List.of(Map.of("addOn", desk.story().key("insights"), "quantity", 1)))));
        Instant year = until.atZone(ZoneOffset.UTC).plusYears(1).toInstant();
        assertThat(quote.at("/lines")).allSatisfy(line -> assertThat(Instant.parse(line.at("/period/until").asString())).isEqualTo(year));
        assertThat(desk.scheduled(quote)).isTrue();
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.amounts().getFirst()).isEqualTo(125_000);
        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.amounts().getFirst()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
    }

    @Test
    void whatReducesNoMoreByThenDoesNotReduceIt() {
        offer("tenth", Map.of("percentOff", "10", "duration", "ONCE"));
        offer("fifth", Map.of("percentOff", "20", "duration", "MONTHS", "months", 2));
        offer("third", Map.of("percentOff", "30", "duration", "MONTHS", "months", 1));
        desk.accepted(Map.of("offers", List.of(desk.story().key("tenth"), desk.story().key("fifth")))).at("/changePlan/change");
        date = month(2).minus(Duration.ofDays(5));
        JsonNode quote = desk.quote(at(Map.of("plan", desk.story().key("pro"), "offer", desk.story().key("third"))));
        assertThat(quote.at("/lines/1/discount/amountMinor").asLong()).as("30 percent of 5 × 49.00").isEqualTo(7_350);
        assertThat(desk.scheduled(quote)).isTrue();
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.amounts().getFirst()).as("less a tenth, less a fifth").isEqualTo(9_000);
        desk.pass(month(1).plus(Duration.ofHours(2)));
        assertThat(desk.amounts().getFirst()).as("less a fifth").isEqualTo(10_000);
        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.amounts().getFirst()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
    }

    @Test
    void whatIsChangedAtOnceMeanwhileSaysWhatItWillCostThenAndThatIsPromised() {
        JsonNode first = desk.quote(at(Map.of("plan", desk.story().key("pro"))));
        String id = desk.accept(first).text("/changePlan/change/id");
        stories.pass(Duration.ofDays(2));

        JsonNode more = desk.quote(Map.of("seats", 7));
        assertThat(more.at("/later/0/change").asString()).isEqualTo(id);
        long due = more.at("/later/0/due/amountMinor").asLong();
        assertThat(due).isGreaterThan(first.at("/dueAtDate/amountMinor").asLong());
        assertThat(desk.accept(more).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(desk.subscription().at("/scheduledChanges/0/due/amountMinor").asLong()).isEqualTo(due);

        JsonNode later = desk.quote(Map.of("addOns", List.of(Map.of("addOn", desk.story().key("insights"), "quantity", 1)), "when", "PERIOD_END"));
        assertThat(later.at("/later/0/due/amountMinor").asLong()).as("an add-on stays as it is").isEqualTo(due);
        assertThat(desk.scheduled(later)).isTrue();
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.amounts().getFirst()).isEqualTo(7 * 2_500 + 2_900);
        desk.pass(date.plusSeconds(3));
        assertThat(desk.amounts().getFirst()).isEqualTo(due);
        assertThat(desk.states()).containsOnly("APPLIED");
    }

    /** Stripe has done it, nobody heard, and who looks is away until the date is over. */
    @Test
    void whatWasChangedAtOnceBeforeItsPeriodAndIsRecordedInItStillSaysWhatItCosts() {
        offer("lasting", Map.of("percentOff", "20", "duration", "FOREVER"));
        assertThat(desk.scheduled(desk.quote(at(Map.of("plan", desk.story().key("pro")))))).isTrue();
        JsonNode reduced = desk.quote(Map.of("offer", desk.story().key("lasting")));
        long due = reduced.at("/later/0/due/amountMinor").asLong();
        Faults faults = new Faults(stories.sandbox());
        faults.tell("POST /v1/subscriptions/*", "connection_reset", "after", 3);
        assertThat(desk.accept(reduced).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        faults.heal();
        stories.clock().travelTo(date.plus(Duration.ofHours(8)));
        stories.settle();
        stories.settle();

        assertThat(desk.states()).as(desk.changes().toString()).containsExactly("APPLIED", "APPLIED");
        assertThat(desk.amounts()).startsWith(due, 10_000L);
    }

    @Test
    void severalAreMadeEachInItsTurnAndTakenBackOneByOne() {
        Instant second = date.plus(Duration.ofDays(3));
        String later = desk.story().accept(desk.quote(Map.of("plan", desk.story().key("pro"), "at", second.toString())).at("/token").asString()).text("/changePlan/change/id");
        JsonNode before = desk.quote(at(Map.of("seats", 9)));
        long due = before.at("/later/0/due/amountMinor").asLong();
        String earlier = desk.accept(before).text("/changePlan/change/id");
        assertThat(desk.queue()).containsExactly(earlier, later);
        assertThat(desk.subscription().at("/scheduledChanges/1/from/quantity").asLong()).isEqualTo(9);
        assertThat(desk.quote(at(Map.of("seats", 10))).at("/rule").asString()).as("this second is taken").isEqualTo("WAITS_FOR_DATE");
        assertThat(desk.reorder(List.of(later, earlier)).errorCode()).isEqualTo("INVALID_INPUT");
        String end = desk.accepted(Map.of("addOns", List.of(Map.of("addOn", desk.story().key("insights"), "quantity", 1)), "when", "PERIOD_END"))
                .text("/changePlan/change/id");
        assertThat(desk.queue()).containsExactly(end, earlier, later);
        assertThat(desk.cancel(end)).isEqualTo("PlanChangeCanceled");

        desk.pass(date.plusSeconds(3));
        assertThat(desk.queue()).containsExactly(later);
        desk.pass(second.plusSeconds(3));
        assertThat(desk.amounts().getFirst()).isEqualTo(due);
        assertThat(desk.states()).containsExactly("CANCELED", "APPLIED", "APPLIED");
    }

    @Test
    void whereWhatWaitsBeforeItIsNotMadeItIsMadeOfWhatIsThereAndSaysWhatThatCosts() throws StripeException {
        assertThat(desk.scheduled(desk.quote(Map.of("seats", 3, "when", "PERIOD_END")))).isTrue();
        JsonNode quote = desk.quote(at(Map.of("seats", 8)));
        assertThat(desk.scheduled(quote)).isTrue();
        stripe.v1().subscriptionSchedules().release(stripe.v1().subscriptions().retrieve(desk.stripeSubscription()).getSchedule());
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.states()).containsExactly("SCHEDULED", "ABANDONED");
        long due = desk.subscription().at("/scheduledChanges/0/due/amountMinor").asLong();
        assertThat(due).as("three seats more, not five").isPositive().isLessThan(DateDesk.due(quote));

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("APPLIED", "ABANDONED");
        assertThat(desk.amounts().getFirst()).isEqualTo(due);
    }

    /** Nobody comes by before the period is over, and Stripe has made what waited for its end. */
    @Test
    void whatNobodyMadeInItsPeriodIsSaidToBeTooLateWhateverHasComeSince() {
        date = month(1).minus(Duration.ofHours(2));
        assertThat(desk.scheduled(desk.quote(at(Map.of("seats", 8))))).isTrue();
        desk.pass(until.plus(Duration.ofHours(2)));
        assertThat(desk.scheduled(desk.quote(Map.of("plan", desk.story().key("pro"), "when", "PERIOD_END")))).isTrue();
        desk.pass(date.minus(Duration.ofHours(1)));
        stories.clock().travelTo(month(1).plus(Duration.ofHours(3)));
        stories.sandbox().catchUp();
        stories.settle();

        assertThat(desk.states()).containsExactly("APPLIED", "ABANDONED");
        assertThat(desk.changes().at("/1/failureCode").asString()).isEqualTo("date_missed");
        assertThat(desk.amounts().getFirst()).as("5 × 49.00, without the seats that nobody bought").isEqualTo(24_500);
    }

    @Test
    void takenBackNothingComesOfItAndWithTheEndEither() {
        String id = desk.accepted(at(Map.of("seats", 9))).text("/changePlan/change/id");
        assertThat(desk.cancel(id)).isEqualTo("PlanChangeCanceled");
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        desk.accepted(Map.of("cancel", true)).at("/changePlan/change");
        assertThat(desk.states()).containsExactly("APPLIED", "CANCELED", "CANCELED");
    }

    @Test
    void whatSomebodyElseChangesInBetweenIsNotChangedAgain() throws StripeException {
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        String item = stripe.v1().subscriptions().retrieve(desk.stripeSubscription()).getItems().getData().getFirst().getId();
        stripe.v1().subscriptionItems().update(item, SubscriptionItemUpdateParams.builder().setQuantity(6L)
                .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();

        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("ABANDONED");
        assertThat(desk.changes().at("/0/failureCode").asString()).isEqualTo("subscription_changed");
    }

    @Test
    void aRenewalThatIsNotPaidKeepsItBack() {
        desk.accepted(at(Map.of("seats", 9))).at("/changePlan/change");
        desk.card("pm_card_chargeCustomerFail");
        desk.pass(date.plusSeconds(3));
        assertThat(desk.states()).containsExactly("ABANDONED");
        assertThat(desk.changes().at("/0/failureCode").asString()).isEqualTo("payment_past_due");
    }

    @Test
    void ofTwoAtOnceOneWaitsAndAcceptedTwiceItIsOne() {
        List<String> tokens = Stream.of(7, 8).map(seats -> desk.story().token(desk.account(), at(Map.of("seats", seats)))).toList();
        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> desk.story().accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChangeScheduled", "QuoteIsStale");
        assertThat(desk.states()).containsExactly("SCHEDULED");
    }

    @Test
    void aDateThatNobodyPromisesIsRefusedByName() {
        Instant now = stories.clock().instant();
        JsonNode far = desk.quote(Map.of("seats", 7, "at", now.plus(Duration.ofDays(401)).toString()));
        assertThat(far.at("/rule").asString()).isEqualTo("TOO_FAR");
        assertThat(far.at("/field").asString()).isEqualTo("change.at");
        assertThat(Duration.between(now, Instant.parse(far.at("/latest").asString()))).isBetween(Duration.ofDays(399), Duration.ofDays(400));
        assertThat(desk.quote(Map.of("seats", 7, "at", far.at("/latest").asString())).at("/__typename").asString()).isEqualTo("Quote");
        assertThat(desk.quote(at(Map.of("seats", 5))).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");

        Instant end = date.plus(Duration.ofDays(2));
        desk.accepted(Map.of("cancel", true, "at", end.toString())).at("/changePlan/change");
        JsonNode after = desk.quote(Map.of("seats", 7, "at", end.plusSeconds(10).toString()));
        assertThat(after.at("/rule").asString()).isEqualTo("ENDS");
        assertThat(Instant.parse(after.at("/latest").asString())).isEqualTo(end.minusSeconds(1));
    }

    @Test
    void whatOnlyStripeCouldPriceIsNotPromisedForALaterPeriod() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        try {
            stripe.v1().subscriptions().update(desk.stripeSubscription(), SubscriptionUpdateParams.builder()
                    .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
            stories.settle();
            JsonNode refused = desk.quote(at(Map.of("seats", 9)));
            assertThat(refused.at("/rule").asString()).isEqualTo("BEYOND_PERIOD");
            assertThat(Instant.parse(refused.at("/latest").asString())).isEqualTo(until);
        } finally {
            stories.sandbox().taxAt(null);
        }
    }

    private Instant month(int later) {
        return until.atZone(ZoneOffset.UTC).plusMonths(later).toInstant();
    }

    private void offer(String name, Map<String, Object> more) {
        new StartDesk(desk.story(), stripe, accounts, subscriptions).offer("suite", name, more);
    }

    private Map<String, Object> at(Map<String, Object> change) {
        return DateDesk.at(date, change);
    }
}
