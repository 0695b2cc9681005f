package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.pricing.GrowthKind;
import dev.headroom.subscription.RecordedMovement;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What is accepted for the end of the period is charged with the next one, to the cent, and can be seen and taken back until then. */
@HeadroomTest
class ScheduleStoryTest {

    private static final Duration OVER_A_MONTH = Duration.ofDays(35);

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
    Interjection interjection;

    private Story story;
    private String acme;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
    }

    @AfterEach
    void untaxed() {
        stories.sandbox().taxAt(null);
    }

    @Test
    void lessWaitsForTheEndOfThePeriodUnlessItIsAskedForNow() {
        JsonNode quote = quote(Map.of("seats", 3));

        assertThat(quote.at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(quote.at("/effectiveAt").asString()).isEqualTo(subscription().at("/period/until").asString());
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/lines")).isEmpty();
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(7_500);
        assertThat(quote.at("/recurring/after/amountMinor").asLong()).isEqualTo(7_500);
        assertThat(quote.at("/growth").asString()).isEqualTo("CONTRACTION");
        assertThat(quote(Map.of("seats", 3, "when", "NOW")).at("/total/amountMinor").asLong()).isNegative();
        assertThat(quote(Map.of("seats", 6)).at("/when").asString()).isEqualTo("NOW");
        assertThat(quote(Map.of("interval", "YEAR")).at("/when").asString()).isEqualTo("NOW");
        assertThat(quote(Map.of("seats", 6, "when", "PERIOD_END")).at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(15_000);
    }

    @Test
    void whatWaitsIsTaxedAndPaidForAsItWasBefore() throws StripeException {
        stories.sandbox().taxAt(new BigDecimal("19"));
        String card = stripe.v1().paymentMethods().list(PaymentMethodListParams.builder().setCustomer(customer(acme)).build()).getData().getFirst().getId();
        stripe.v1().subscriptions().update(stripes().getId(), SubscriptionUpdateParams.builder().setDefaultPaymentMethod(card)
                .setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(true).build()).build());
        stories.settle();
        JsonNode quote = quote(Map.of("plan", story.key("starter")));

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(stripes().getAutomaticTax().getEnabled()).isTrue();
        assertThat(stripes().getDefaultPaymentMethod()).isEqualTo(card);
        stories.pass(OVER_A_MONTH);

        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).isGreaterThan(9_900);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong());
        assertThat(stripes().getDefaultPaymentMethod()).isEqualTo(card);
    }

    @Test
    void whatWaitsIsMadeWithTheNextPeriodAndChargedAsQuoted() throws StripeException {
        JsonNode quote = quote(Map.of("plan", story.key("starter")));
        Api.Answer accepted = story.accept(quote.at("/token").asString());

        assertThat(accepted.text("/changePlan/__typename")).isEqualTo("PlanChangeScheduled");
        assertThat(accepted.text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        assertThat(accepted.text("/changePlan/change/effectiveAt")).isEqualTo(quote.at("/effectiveAt").asString());
        assertThat(accepted.at("/changePlan/account/subscription/scheduledChanges")).hasSize(1);
        assertThat(subscription().at("/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(invoices()).hasSize(1);

        stories.pass(OVER_A_MONTH);

        assertThat(subscription().at("/plan/key").asString()).isEqualTo(story.key("starter"));
        assertThat(subscription().at("/scheduledChanges")).isEmpty();
        assertThat(states()).containsExactly("APPLIED");
        Actor.System test = new Actor.System("test");
        RecordedMovement moved = subscriptions.movements(test, accounts.meant(test, acme).id(), 1).getFirst();
        assertThat(moved.growth()).isEqualTo(GrowthKind.CONTRACTION);
        assertThat(moved.cause()).isEqualTo("plan-change:" + accepted.text("/changePlan/change/id"));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(9_900);
        assertThat(invoices()).hasSize(2);
        assertThat(story.entitlement(story.backend(), acme, "seats", 0).at("/entitlement/limit").asLong()).isEqualTo(5);
    }

    @Test
    void severalAreMadeInTheirOrderAndEachCanBeTakenBack() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        JsonNode second = quote(Map.of("plan", story.key("pro"), "when", "PERIOD_END"));
        assertThat(second.at("/quantity").asLong()).isEqualTo(3);
        assertThat(second.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(3 * 4_900);
        story.accept(second.at("/token").asString()).at("/changePlan/change");
        JsonNode waiting = subscription().at("/scheduledChanges");
        assertThat(waiting).hasSize(2);
        assertThat(waiting.get(1).at("/from/quantity").asLong()).isEqualTo(3);

        Api.Answer back = giveUp(waiting.get(0).at("/id").asString());
        assertThat(back.text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");
        assertThat(subscription().at("/scheduledChanges").get(0).at("/to/quantity").asLong()).isEqualTo(5);
        stories.pass(OVER_A_MONTH);

        assertThat(subscription().at("/plan/key").asString()).isEqualTo(story.key("pro"));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(5 * 4_900);
        assertThat(states()).containsExactly("APPLIED", "CANCELED");
    }

    @Test
    void whatIsTakenBackLeavesEverythingAsItWas() throws StripeException {
        String change = story.accept(story.token(acme, Map.of("seats", 2))).text("/changePlan/change/id");

        assertThat(giveUp(change).text("/cancelPlanChange/change/state")).isEqualTo("CANCELED");
        assertThat(giveUp(change).text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeNotOpen");
        assertThat(stripes().getSchedule()).isNull();
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12_500);
    }

    @Test
    void aChangeAtOnceLeavesWhatWaitsWaiting() throws StripeException {
        story.accept(story.token(acme, Map.of("plan", story.key("starter")))).at("/changePlan/change");
        JsonNode quote = quote(Map.of("seats", 8));
        assertThat(quote.at("/nextInvoice/due/amountMinor").asLong()).as("the plan that waits").isEqualTo(9_900);

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(8);
        assertThat(subscription().at("/scheduledChanges")).hasSize(1);
        stories.pass(OVER_A_MONTH);

        assertThat(subscription().at("/plan/key").asString()).isEqualTo(story.key("starter"));
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(9_900);
    }

    @Test
    void aYearBecomesAMonthWhenItIsOver() throws StripeException {
        String globex = story.account("globex");
        story.card(globex, "pm_card_visa");
        story.start(globex, Map.of("plan", story.key("team"), "seats", 2, "interval", "YEAR")).at("/startSubscription/subscription");
        JsonNode quote = story.quote(story.backend(), globex, Map.of("interval", "MONTH")).at("/account/quote");
        assertThat(quote.at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("SCHEDULED");
        stories.pass(Duration.ofDays(367));

        Invoice renewal = stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer(globex)).build()).getData().getFirst();
        assertThat(renewal.getAmountDue()).isEqualTo(quote.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(5_000);
        assertThat(subscription(globex).at("/interval").asString()).isEqualTo("MONTH");
        assertThat(states(globex)).containsExactly("APPLIED");
    }

    @Test
    void keepingThePlanAfterAllIsAChangeForTheEndOfThePeriodToo() {
        story.accept(story.token(acme, Map.of("plan", story.key("starter")))).at("/changePlan/change");

        assertThat(quote(Map.of("plan", story.key("starter"))).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
        JsonNode keep = quote(Map.of("plan", story.key("team")));
        assertThat(keep.at("/when").asString()).isEqualTo("PERIOD_END");
        story.accept(keep.at("/token").asString()).at("/changePlan/change");
        stories.pass(OVER_A_MONTH);

        assertThat(subscription().at("/plan/key").asString()).isEqualTo(story.key("team"));
        assertThat(states()).containsExactly("APPLIED", "APPLIED");
    }

    @Test
    void aSubscriptionEndsWithItsPeriodAndThatCanBeTakenBack() throws StripeException {
        JsonNode quote = quote(Map.of("cancelAtPeriodEnd", true));
        assertThat(quote.at("/growth").asString()).isEqualTo("CHURN");
        assertThat(quote.at("/dueNow/amountMinor").asLong()).isZero();
        assertThat(quote.at("/nextInvoice").isNull()).isTrue();
        assertThat(quote.at("/losses").toString()).contains(story.key("seats"), story.key("calls"));
        String until = subscription().at("/period/until").asString();

        assertThat(story.accept(quote.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(subscription().at("/cancelAt").asString()).isEqualTo(until);
        assertThat(quote(Map.of("cancelAtPeriodEnd", true)).at("/rule").asString()).isEqualTo("NOTHING_CHANGES");
        assertThat(quote(Map.of("seats", 3, "when", "PERIOD_END")).at("/rule").asString()).isEqualTo("ENDS");
        JsonNode more = quote(Map.of("seats", 6));
        assertThat(more.at("/nextInvoice").isNull()).isTrue();

        JsonNode back = quote(Map.of("cancelAtPeriodEnd", false));
        assertThat(back.at("/nextInvoice/due/amountMinor").asLong()).isEqualTo(12_500);
        assertThat(story.accept(back.at("/token").asString()).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(subscription().at("/cancelAt").isNull()).isTrue();
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12_500);
    }

    @Test
    void anEndEndsWhatWaitsAsWell() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        assertThat(story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", true))).text("/changePlan/change/state")).isEqualTo("APPLIED");

        assertThat(states()).containsExactly("APPLIED", "CANCELED");
        assertThat(stripes().getSchedule()).isNull();
        stories.pass(OVER_A_MONTH);
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { subscription { id } } }", "key", acme)
                .at("/account/subscription").isNull()).isTrue();
    }

    @Test
    void anEndThatWasSetAtStripeCanBeTakenBackHere() throws StripeException {
        Subscription there = stripes();
        stripe.v1().subscriptions().update(there.getId(), SubscriptionUpdateParams.builder()
                .setCancelAt(there.getItems().getData().getFirst().getCurrentPeriodEnd()).build());
        stories.settle();
        assertThat(subscription().at("/cancelAt").isNull()).isFalse();

        assertThat(story.accept(story.token(acme, Map.of("cancelAtPeriodEnd", false))).text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(stripes().getCancelAt()).isNull();
    }

    @Test
    void whatWaitsWhenSomebodyEndsTheSubscriptionAtStripeIsOver() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        stripe.v1().subscriptions().cancel(stripes().getId());
        stories.settle();

        assertThat(states()).containsExactly("ABANDONED");
    }

    @Test
    void anEndIsAskedForAlone() {
        Api.Answer both = story.quote(story.backend(), acme, Map.of("cancelAtPeriodEnd", true, "seats", 3));

        assertThat(both.errorCode()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void nobodyGivesUpWhatAnotherAccountWaitsFor() {
        String change = story.accept(story.token(acme, Map.of("seats", 3))).text("/changePlan/change/id");
        String globex = story.subscribed("globex", "team", 2);

        assertThat(giveUp(globex, change).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(states()).containsExactly("SCHEDULED");
    }

    /** Nobody was there for the rest of the period to tell Stripe of the three. */
    @Test
    void whatWasChargedAndNeverToldIsFoundAPeriodLaterAndWhatWaitedIsToldAsMissed() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*")) {
            assertThat(story.accept(story.token(acme, Map.of("seats", 9))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }

        stories.pass(OVER_A_MONTH);

        assertThat(states()).containsExactly("APPLIED", "ABANDONED");
        assertThat(invoices()).hasSize(3);
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(9);
    }

    @Test
    void whatIsAcceptedInTheLastSecondOfAPeriodIsNotMadeAPeriodLater() throws StripeException {
        Instant until = Instant.parse(subscription().at("/period/until").asString());
        stories.pass(Duration.between(stories.clock().instant(), until.minusSeconds(2)));
        String token = story.token(acme, Map.of("seats", 3));
        interjection.after("insert into \"change\".\"plan_change\"", () -> {
            stories.clock().travelTo(until.plusSeconds(1));
            stories.sandbox().catchUp();
        });

        Api.Answer late = story.accept(token);

        assertThat(interjection.happened()).isTrue();
        assertThat(late.text("/changePlan/__typename")).isEqualTo("QuoteIsStale");
        assertThat(states()).containsExactly("ABANDONED");
        assertThat(stripes().getSchedule()).isNull();
        stories.pass(OVER_A_MONTH);
        assertThat(invoices()).extracting(Invoice::getAmountDue).containsExactly(12_500L, 12_500L, 12_500L);
    }

    @Test
    void whatWasNotMadeWhenItsTimeCameIsNotMadeLaterEither() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        SubscriptionSchedule schedule = stripe.v1().subscriptionSchedules().retrieve(stripes().getSchedule());
        long until = schedule.getCurrentPhase().getEndDate();
        String price = stripes().getItems().getData().getFirst().getPrice().getId();
        stripe.v1().subscriptionSchedules().update(schedule.getId(), SubscriptionScheduleUpdateParams.builder()
                .addPhase(phase(price, 5).setStartDate(schedule.getCurrentPhase().getStartDate()).setEndDate(until + Duration.ofDays(31).toSeconds()).build())
                .addPhase(phase(price, 3).build()).build());
        stories.pass(OVER_A_MONTH);

        assertThat(states()).containsExactly("ABANDONED");
        assertThat(stripes().getSchedule()).isNull();
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12_500);
    }

    private static SubscriptionScheduleUpdateParams.Phase.Builder phase(String price, long quantity) {
        return SubscriptionScheduleUpdateParams.Phase.builder().setProrationBehavior(SubscriptionScheduleUpdateParams.Phase.ProrationBehavior.NONE)
                .addItem(SubscriptionScheduleUpdateParams.Phase.Item.builder().setPrice(price).setQuantity(quantity).build());
    }

    @Test
    void whatStripeRefusesToArrangeLeavesNoScheduleBehind() throws StripeException {
        String token = story.token(acme, Map.of("seats", 3));
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscription_schedules/[^/]+", 400, "price_inactive")) {
            assertThat(story.accept(token).text("/changePlan/__typename")).isEqualTo("ChangeRefused");
        }
        assertThat(stripes().getSchedule()).isNull();
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void anEndThatStripeRefusesLeavesWhatWaits() throws StripeException {
        story.accept(story.token(acme, Map.of("seats", 3))).at("/changePlan/change");
        String token = story.token(acme, Map.of("cancelAtPeriodEnd", true));
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/subscriptions/.*", 400, "parameter_invalid")) {
            assertThat(story.accept(token).text("/changePlan/__typename")).isEqualTo("ChangeRefused");
        }

        assertThat(states()).containsExactly("REFUSED", "SCHEDULED");
        assertThat(subscription().at("/scheduledChanges")).hasSize(1);
        stories.pass(OVER_A_MONTH);
        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(7_500);
    }

    @Test
    void whatWaitsIsMadeOfWhatWasPutOnTopOfAChangeThatNobodyToldOf() throws StripeException {
        story.accept(story.token(acme, Map.of("plan", story.key("pro"), "when", "PERIOD_END"))).at("/changePlan/change");
        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*")) {
            assertThat(story.accept(story.token(acme, Map.of("seats", 9))).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        Subscription there = stripes();
        stripe.v1().subscriptions().update(there.getId(), SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder().setId(there.getItems().getData().getFirst().getId()).setQuantity(12L).build())
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE).build());

        stories.pass(Duration.ofMinutes(3));
        assertThat(states()).containsExactly("APPLIED", "SCHEDULED");
        stories.pass(OVER_A_MONTH);

        assertThat(invoices().getFirst().getAmountDue()).isEqualTo(12 * 4_900);
    }

    private JsonNode quote(Map<String, Object> change) {
        return story.quote(story.backend(), acme, change).at("/account/quote");
    }

    private Api.Answer giveUp(String change) {
        return giveUp(acme, change);
    }

    private Api.Answer giveUp(String account, String change) {
        return story.backend().ask("""
                mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename
                  ... on PlanChangeCanceled { change { state } } ... on PlanChangeNotOpen { change { state } } ... on ChangeInProgress { change { state } } } }""",
                "input", Map.of("account", account, "change", change, "idempotencyKey", UUID.randomUUID().toString()));
    }

    private JsonNode subscription() {
        return subscription(acme);
    }

    private JsonNode subscription(String account) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { plan { key } interval cancelAt period { until } seats { bought }
                  scheduledChanges { id from { plan { key } quantity } to { plan { key } quantity } } } } }""", "key", account)
                .at("/account/subscription");
    }

    private List<String> states() {
        return states(acme);
    }

    private List<String> states(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { state } } }", "key", account)
                .at("/account/planChanges").valueStream().map(change -> change.at("/state").asString()).toList();
    }

    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer(acme)).build()).getData();
    }

    private Subscription stripes() throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer(acme)).build()).getData().getFirst();
    }

    private String customer(String account) {
        return accounts.meant(new Actor.System("test"), account).stripeCustomer();
    }
}
