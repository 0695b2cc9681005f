package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
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
        date = month(1).minus(Duration.ofDays(11)).plusSeconds(4_321);
    }

    @Test
    void itIsBilledInThePeriodThatRunsThenAsQuotedAndNothingBefore() {
        JsonNode quote = quote(at(Map.of("plan", story.key("pro"))));
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

        Api.Answer accepted = story.accept(quote.at("/token").asString());
        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        pass(until.plus(Duration.ofHours(2)));
        assertThat(latest()).isEqualTo(12_500);
        pass(date.minusSeconds(1));
        assertThat(states()).containsExactly("SCHEDULED");

        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(latest()).isEqualTo(due);
        assertThat(subscription().at("/scheduledChanges")).isEmpty();
        pass(month(1).plus(Duration.ofHours(2)));
        assertThat(latest()).isEqualTo(24_500);
    }

    @Test
    void theFirstSecondOfALaterPeriodIsBilledWhole() {
        date = month(1);
        JsonNode quote = quote(at(Map.of("plan", story.key("pro"))));
        assertThat(quote.at("/dueAtDate/amountMinor").asLong()).as("after the renewal at the old price").isEqualTo(24_500 - 12_500);
        assertThat(scheduled(quote)).isTrue();
        pass(date.plus(Duration.ofHours(2)));
        assertThat(states()).containsExactly("APPLIED");
        assertThat(amounts()).contains(12_500L, 12_000L);
    }

    @Test
    void whatWaitsBeforeItIsCountedAlsoWhereItBeginsPeriodsOfAnotherLength() {
        assertThat(scheduled(quote(Map.of("interval", "YEAR", "when", "PERIOD_END")))).isTrue();
        date = until.plus(Duration.ofDays(100)).plusSeconds(77);
        JsonNode quote = quote(at(Map.of("seats", 8, "addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)))));
        Instant year = until.atZone(ZoneOffset.UTC).plusYears(1).toInstant();
        assertThat(quote.at("/lines")).allSatisfy(line -> assertThat(Instant.parse(line.at("/period/until").asString())).isEqualTo(year));
        assertThat(scheduled(quote)).isTrue();
        pass(until.plus(Duration.ofHours(2)));
        assertThat(latest()).isEqualTo(125_000);
        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        assertThat(latest()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
    }

    @Test
    void whatReducesNoMoreByThenDoesNotReduceIt() {
        offer("tenth", Map.of("percentOff", "10", "duration", "ONCE"));
        offer("fifth", Map.of("percentOff", "20", "duration", "MONTHS", "months", 2));
        offer("third", Map.of("percentOff", "30", "duration", "MONTHS", "months", 1));
        story.accept(story.token(acme, Map.of("offers", List.of(story.key("tenth"), story.key("fifth"))))).at("/changePlan/change");
        date = month(2).minus(Duration.ofDays(5));
        JsonNode quote = quote(at(Map.of("plan", story.key("pro"), "offer", story.key("third"))));
        assertThat(quote.at("/lines/1/discount/amountMinor").asLong()).as("30 percent of 5 × 49.00").isEqualTo(7_350);
        assertThat(scheduled(quote)).isTrue();
        pass(until.plus(Duration.ofHours(2)));
        assertThat(latest()).as("less a tenth, less a fifth").isEqualTo(9_000);
        pass(month(1).plus(Duration.ofHours(2)));
        assertThat(latest()).as("less a fifth").isEqualTo(10_000);
        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("APPLIED", "APPLIED");
        assertThat(latest()).isEqualTo(quote.at("/dueAtDate/amountMinor").asLong()).isPositive();
    }

    @Test
    void whatIsChangedAtOnceMeanwhileSaysWhatItWillCostThenAndThatIsPromised() {
        JsonNode first = quote(at(Map.of("plan", story.key("pro"))));
        String id = story.accept(first.at("/token").asString()).text("/changePlan/change/id");
        stories.pass(Duration.ofDays(2));

        JsonNode more = quote(Map.of("seats", 7));
        assertThat(more.at("/later/0/change").asString()).isEqualTo(id);
        long due = more.at("/later/0/due/amountMinor").asLong();
        assertThat(due).isGreaterThan(first.at("/dueAtDate/amountMinor").asLong());
        assertThat(story.accept(more.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(subscription().at("/scheduledChanges/0/due/amountMinor").asLong()).isEqualTo(due);

        JsonNode later = quote(Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)), "when", "PERIOD_END"));
        assertThat(later.at("/later/0/due/amountMinor").asLong()).as("an add-on stays as it is").isEqualTo(due);
        assertThat(scheduled(later)).isTrue();
        pass(until.plus(Duration.ofHours(2)));
        assertThat(latest()).isEqualTo(7 * 2_500 + 2_900);
        pass(date.plusSeconds(3));
        assertThat(latest()).isEqualTo(due);
        assertThat(states()).containsOnly("APPLIED");
    }

    @Test
    void severalAreMadeEachInItsTurnAndTakenBackOneByOne() {
        Instant second = date.plus(Duration.ofDays(3));
        String later = story.accept(quote(Map.of("plan", story.key("pro"), "at", second.toString())).at("/token").asString()).text("/changePlan/change/id");
        JsonNode before = quote(at(Map.of("seats", 9)));
        long due = before.at("/later/0/due/amountMinor").asLong();
        String earlier = story.accept(before.at("/token").asString()).text("/changePlan/change/id");
        assertThat(queue()).containsExactly(earlier, later);
        assertThat(subscription().at("/scheduledChanges/1/from/quantity").asLong()).isEqualTo(9);
        assertThat(quote(at(Map.of("seats", 10))).at("/rule").asString()).as("this second is taken").isEqualTo("WAITS_FOR_DATE");
        assertThat(reorder(List.of(later, earlier)).errorCode()).isEqualTo("INVALID_INPUT");
        String end = story.accept(story.token(acme, Map.of("addOns", List.of(Map.of("addOn", story.key("insights"), "quantity", 1)), "when", "PERIOD_END")))
                .text("/changePlan/change/id");
        assertThat(queue()).containsExactly(end, earlier, later);
        assertThat(cancel(end)).isEqualTo("PlanChangeCanceled");

        pass(date.plusSeconds(3));
        assertThat(queue()).containsExactly(later);
        pass(second.plusSeconds(3));
        assertThat(latest()).isEqualTo(due);
        assertThat(states()).containsExactly("CANCELED", "APPLIED", "APPLIED");
    }

    @Test
    void takenBackNothingComesOfItAndWithTheEndEither() {
        String id = story.accept(story.token(acme, at(Map.of("seats", 9)))).text("/changePlan/change/id");
        assertThat(cancel(id)).isEqualTo("PlanChangeCanceled");
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        story.accept(story.token(acme, Map.of("cancel", true))).at("/changePlan/change");
        assertThat(states()).containsExactly("APPLIED", "CANCELED", "CANCELED");
    }

    @Test
    void whatSomebodyElseChangesInBetweenIsNotChangedAgain() throws StripeException {
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        String item = stripe.v1().subscriptions().retrieve(stripeSubscription()).getItems().getData().getFirst().getId();
        stripe.v1().subscriptionItems().update(item, SubscriptionItemUpdateParams.builder().setQuantity(6L)
                .setProrationBehavior(SubscriptionItemUpdateParams.ProrationBehavior.NONE).build());
        stories.settle();

        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(changes().at("/0/failureCode").asString()).isEqualTo("subscription_changed");
    }

    @Test
    void aRenewalThatIsNotPaidKeepsItBack() {
        story.accept(story.token(acme, at(Map.of("seats", 9)))).at("/changePlan/change");
        story.card(acme, "pm_card_chargeCustomerFail");
        pass(date.plusSeconds(3));
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(changes().at("/0/failureCode").asString()).isEqualTo("payment_past_due");
    }

    @Test
    void ofTwoAtOnceOneWaitsAndAcceptedTwiceItIsOne() {
        List<String> tokens = Stream.of(7, 8).map(seats -> story.token(acme, at(Map.of("seats", seats)))).toList();
        List<Api.Answer> answers = tokens.stream().map(token -> CompletableFuture.supplyAsync(() -> story.accept(token))).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(answer -> answer.text("/changePlan/__typename"))).containsExactlyInAnyOrder("PlanChangeScheduled", "QuoteIsStale");
        assertThat(states()).containsExactly("SCHEDULED");
    }

    @Test
    void aDateThatNobodyPromisesIsRefusedByName() {
        Instant now = stories.clock().instant();
        JsonNode far = quote(Map.of("seats", 7, "at", now.plus(Duration.ofDays(401)).toString()));
        assertThat(far.at("/rule").asString()).isEqualTo("TOO_FAR");
        assertThat(far.at("/field").asString()).isEqualTo("change.at");
        assertThat(Duration.between(now, Instant.parse(far.at("/latest").asString()))).isBetween(Duration.ofDays(399), Duration.ofDays(400));
        assertThat(quote(Map.of("seats", 7, "at", far.at("/latest").asString())).at("/__typename").asString()).isEqualTo("Quote");
        assertThat(quote(at(Map.of("seats", 5))).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");

        Instant end = date.plus(Duration.ofDays(2));
        story.accept(story.token(acme, Map.of("cancel", true, "at", end.toString()))).at("/changePlan/change");
        JsonNode after = quote(Map.of("seats", 7, "at", end.plusSeconds(10).toString()));
        assertThat(after.at("/rule").asString()).isEqualTo("ENDS");
        assertThat(Instant.parse(after.at("/latest").asString())).isEqualTo(end.minusSeconds(1));
    }

    @Test
    void whatOnlyStripeCouldPriceIsNotPromisedForALaterPeriod() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        try {
            stripe.v1().subscriptions().update(stripeSubscription(), SubscriptionUpdateParams.builder()
                    .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
            stories.settle();
            JsonNode refused = quote(at(Map.of("seats", 9)));
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
        Map<String, Object> input = new HashMap<>(Map.of("idempotencyKey", story.key(name), "product", story.key("suite"), "key", story.key(name), "name", name,
                "from", stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString(), "until", stories.clock().instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString()));
        input.putAll(more);
        story.backend().ask("mutation ($input: CreateOfferInput!) { createOffer(input: $input) { ... on OfferCreated { offer { id } } } }", "input", input)
                .text("/createOffer/offer/id");
    }

    private Map<String, Object> at(Map<String, Object> change) {
        Map<String, Object> dated = new HashMap<>(change);
        dated.put("at", date.toString());
        return dated;
    }

    private void pass(Instant instant) {
        stories.pass(Duration.between(stories.clock().instant(), instant));
        stories.settle();
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on ChangeNotAllowed { rule reason field latest }
                  ... on Quote { token when effectiveAt dueNow { amountMinor } dueAtDate { amountMinor } recurring { after { amountMinor } }
                    lines { amount { amountMinor } discount { amountMinor } period { from until } seconds { total } }
                    later { change at due { amountMinor } total { amountMinor } } } } } }""",
                "key", acme, "change", change).at("/account/quote");
    }

    private boolean scheduled(JsonNode quote) {
        return story.accept(quote.at("/token").asString()).text("/changePlan/__typename").equals("PlanChangeScheduled");
    }

    private JsonNode subscription() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { period { until } scheduledChanges { id due { amountMinor } from { quantity } } } } }""",
                "key", acme).body().at("/data/account/subscription");
    }

    private List<String> queue() {
        return subscription().at("/scheduledChanges").valueStream().map(change -> change.at("/id").asString()).toList();
    }

    /** Newest first. */
    private JsonNode changes() {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id state failureCode } } }", "key", acme).at("/account/planChanges");
    }

    private List<String> states() {
        return changes().valueStream().map(change -> change.at("/state").asString()).toList();
    }

    private String cancel(String change) {
        return story.backend().ask("mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "change", change)).text("/cancelPlanChange/__typename");
    }

    private Api.Answer reorder(List<String> order) {
        return story.backend().ask("mutation ($input: ReorderPlanChangesInput!) { reorderPlanChanges(input: $input) { __typename } }",
                "input", Map.of("idempotencyKey", UUID.randomUUID().toString(), "account", acme, "order", order));
    }

    private String stripeSubscription() {
        Actor.System test = new Actor.System("test");
        return subscriptions.live(test, accounts.meant(test, acme).id()).getFirst().stripeId();
    }

    private long latest() {
        return amounts().getFirst();
    }

    /** What is due of each invoice, the newest first. */
    private List<Long> amounts() {
        String customer = accounts.meant(new Actor.System("test"), acme).stripeCustomer();
        try {
            return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer).setLimit(100L).build()).getData().stream().map(Invoice::getAmountDue).toList();
        } catch (StripeException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
