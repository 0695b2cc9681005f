package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Interjection;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.audit.AuditEntry;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A change that the bank wants to hear about is confirmed, given up, or ends by itself: charged once, or not at all. */
@HeadroomTest
class ConfirmationStoryTest {

    private static final int MONTH = 12_500;
    /** More than anybody waits for. */
    private static final int OTHERS = 20;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    AuditEntries audit;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    Interjection interjection;

    @Autowired
    DSLContext db;

    private Story story;
    private String acme;
    private String token;
    private String change;
    private String secret;
    private String intent;

    @BeforeEach
    void aChangeThatWaitsForTheBank() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
        story.card(acme, "pm_card_authenticationRequired");
        token = story.token(acme, Map.of("seats", 9));
        Api.Answer waiting = story.accept(story.backend(), token, story.key("click"));
        change = waiting.text("/changePlan/change/id");
        secret = waiting.text("/changePlan/clientSecret");
        intent = secret.replaceFirst("_secret.*", "");
    }

    @Test
    void givenUpItMakesRoomForAnotherCardWhichIsChargedOnce() throws StripeException {
        JsonNode before = subscription();
        story.card(acme, "pm_card_visa");
        assertThat(story.accept(story.token(acme, Map.of("seats", 9))).text("/changePlan/__typename")).isEqualTo("ChangeInProgress");

        Api.Answer canceled = cancel("give-up");

        assertThat(canceled.text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");
        assertThat(canceled.text("/cancelPlanChange/change/state")).isEqualTo("CANCELED");
        assertThat(canceled.text("/cancelPlanChange/account/key")).isEqualTo(acme);
        assertThat(subscription()).isEqualTo(before);
        assertThat(paid()).isEqualTo(MONTH);

        Api.Answer changed = story.accept(story.token(acme, Map.of("seats", 9)));
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        stories.pass(Duration.ofMinutes(5));
        assertThat(paid()).isEqualTo(MONTH + changed.at("/changePlan/change/charged/amountMinor").asLong());
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(9);
        assertThat(shown().at("/state").asString()).isEqualTo("CANCELED");
    }

    /** Each that was in the way has ended by the time that one looks which it was, and the next one is there already. */
    @Test
    void whereOthersKeepBeingQuickerItIsSaidAfterAFewTries() throws StripeException {
        story.card(acme, "pm_card_visa");
        String other = story.token(acme, Map.of("seats", 7));
        AtomicInteger quicker = new AtomicInteger();
        beInTheWay(quicker);

        assertThat(story.accept(other).errorCode()).isEqualTo("CONFLICT");

        assertThat(quicker).hasValueLessThan(OTHERS);
        assertThat(paid()).isEqualTo(MONTH);
        interjection.after("nobody is quicker any more", () -> {});
        state("CANCELED");
        assertThat(story.accept(story.token(acme, Map.of("seats", 7))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    private void beInTheWay(AtomicInteger quicker) {
        interjection.after("insert into \"change\".\"plan_change\"", () -> {
            state("CANCELED");
            interjection.after("insert into \"idempotency\".\"request\"", () -> {
                if (quicker.incrementAndGet() < OTHERS) {
                    state("REQUESTED");
                    beInTheWay(quicker);
                }
            });
        });
    }

    private void state(String state) {
        db.execute("update change.plan_change set state = ? where id = ?::uuid", state, change);
    }

    @Test
    void whereItEndsInTheMomentInWhichAnotherFindsItInTheWayTheOtherIsMade() throws StripeException {
        stories.clock().advance(Duration.ofDays(1));
        stories.sandbox().catchUp();
        story.card(acme, "pm_card_visa");
        String other = story.token(acme, Map.of("seats", 7));
        interjection.after("insert into \"change\".\"plan_change\"", stories.changes()::sweep);

        Api.Answer changed = story.accept(other);

        assertThat(interjection.happened()).isTrue();
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id state } } }", "key", acme)
                .at("/account/planChanges").findValuesAsString("state")).containsExactly("APPLIED", "DECLINED");
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(7);
        assertThat(paid()).isEqualTo(MONTH + changed.at("/changePlan/change/charged/amountMinor").asLong());
    }

    @Test
    void givenUpTwiceItIsGivenUpOnce() {
        Api.Answer first = cancel("give-up");

        assertThat(cancel("give-up").body()).isEqualTo(first.body());
        Api.Answer other = cancel("again");
        assertThat(other.text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeNotOpen");
        assertThat(other.text("/cancelPlanChange/change/state")).isEqualTo("CANCELED");
        Actor test = new Actor.System("test");
        assertThat(audit.ofAccount(test, accounts.meant(test, acme).id().value(), 50)).extracting(AuditEntry::operation)
                .containsOnlyOnce("cancelPlanChange");
    }

    @Test
    void theClickThatBeganItIsToldThatItWasGivenUp() {
        cancel("give-up").at("/cancelPlanChange/change");

        Api.Answer repeated = story.accept(story.backend(), token, story.key("click"));

        assertThat(repeated.text("/changePlan/__typename")).isEqualTo("PlanChangeCanceled");
    }

    @Test
    void confirmedFirstItStandsAndTheAnswerSaysSo() throws StripeException {
        stripe.v1().paymentIntents().confirm(intent);

        Api.Answer late = cancel("give-up");

        assertThat(late.text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeNotOpen");
        assertThat(late.text("/cancelPlanChange/change/state")).isEqualTo("APPLIED");
        assertThat(paid()).isEqualTo(MONTH + late.at("/cancelPlanChange/change/charged/amountMinor").asLong());
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(9);
        assertThat(cancel("give-up").body()).isEqualTo(late.body());
    }

    @Test
    void theHolderConfirmsWithTheSecretAloneAsStripesLibraryWould() throws Exception {
        assertThat(confirm("pk_test_any", "")).isEqualTo(401);
        assertThat(confirm("pk_test_any", "client_secret=guessed")).isEqualTo(404);
        assertThat(shown().at("/state").asString()).isEqualTo("ACTION_REQUIRED");

        assertThat(confirm("pk_test_any", "client_secret=" + secret)).isEqualTo(200);
        stories.settle();

        assertThat(shown().at("/state").asString()).isEqualTo("APPLIED");
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(9);
    }

    private int confirm(String key, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stories.sandbox().url().resolve("/v1/payment_intents/" + intent + "/confirm"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @RepeatedTest(4)
    void givenUpAndConfirmedAtOnceItEndsOneWayOnly() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Api.Answer answer;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> confirming = threads.submit(() -> {
                together.await();
                return stripe.v1().paymentIntents().confirm(intent);
            });
            together.await();
            answer = cancel("give-up");
            confirming.state();
        }
        stories.pass(Duration.ofMinutes(3));

        String state = shown().at("/state").asString();
        assertThat(state).isIn("CANCELED", "APPLIED");
        assertThat(answer.text("/cancelPlanChange/change/state")).isEqualTo(state);
        assertThat(answer.text("/cancelPlanChange/__typename")).isEqualTo(state.equals("CANCELED") ? "PlanChangeCanceled" : "PlanChangeNotOpen");
        assertThat(paid()).isEqualTo(MONTH + (state.equals("CANCELED") ? 0 : shown().at("/due/amountMinor").asLong()));
        assertThat(subscription().at("/seats/bought").asLong()).isEqualTo(state.equals("CANCELED") ? 5 : 9);
    }

    @Test
    void whatStripeDoesNotAnswerIsFollowedUp() throws StripeException {
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/invoices/.*/void", 503, "api_error")) {
            assertThat(cancel("give-up").errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
            Api.Answer meanwhile = cancel("give-up");
            assertThat(meanwhile.text("/cancelPlanChange/__typename")).isEqualTo("ChangeInProgress");
            assertThat(meanwhile.text("/cancelPlanChange/change/state")).isEqualTo("CANCELING");
        }
        stories.pass(Duration.ofMinutes(3));

        assertThat(cancel("give-up").text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");
        assertThat(paid()).isEqualTo(MONTH);
    }

    @Test
    void whatItTookFromTheBalanceIsThereAgain() throws StripeException {
        cancel("give-up").at("/cancelPlanChange/change");
        story.card(acme, "pm_card_visa");
        story.accept(story.token(acme, Map.of("plan", story.key("free"), "when", "NOW"))).at("/changePlan/change");
        long credit = -stripe.v1().customers().retrieve(customer()).getBalance();
        assertThat(credit).isPositive();
        story.card(acme, "pm_card_authenticationRequired");
        change = story.accept(story.token(acme, Map.of("plan", story.key("pro"), "seats", 9))).text("/changePlan/change/id");
        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isZero();

        assertThat(cancel("give-up-too").text("/cancelPlanChange/__typename")).isEqualTo("PlanChangeCanceled");

        assertThat(stripe.v1().customers().retrieve(customer()).getBalance()).isEqualTo(-credit);
        Api.Answer quote = story.quote(story.backend(), acme, Map.of("plan", story.key("pro"), "seats", 9));
        assertThat(quote.at("/account/quote/dueNow/amountMinor").asLong()).isEqualTo(quote.at("/account/quote/total/amountMinor").asLong() - credit);
    }

    @Test
    void itSaysUntilWhenTheBankIsWaitedForAndThenEndsByItself() throws StripeException {
        Instant asked = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        assertThat(shown().at("/confirmBy").asString()).isEqualTo(asked.plus(Duration.ofHours(23)).toString());

        stories.pass(Duration.ofHours(24));

        assertThat(shown().at("/state").asString()).isEqualTo("DECLINED");
        assertThat(shown().at("/confirmBy").isNull()).isTrue();
        assertThat(cancel("late").text("/cancelPlanChange/change/state")).isEqualTo("DECLINED");
        assertThat(paid()).isEqualTo(MONTH);
    }

    @Test
    void whatIsNoChangeOfTheAccountIsNotFound() {
        String globex = story.account("globex");

        assertThat(cancel(acme, "00000000-0000-7000-8000-000000000000", "give-up").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(cancel(acme, "x", "give-up").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(cancel(globex, change, "give-up").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(shown().at("/state").asString()).isEqualTo("ACTION_REQUIRED");
    }

    private Api.Answer cancel(String key) {
        return cancel(acme, change, key);
    }

    private Api.Answer cancel(String account, String id, String key) {
        return story.backend().ask("""
                mutation ($input: CancelPlanChangeInput!) { cancelPlanChange(input: $input) { __typename
                  ... on PlanChangeCanceled { change { id state charged { amountMinor } } account { key } }
                  ... on PlanChangeNotOpen { change { id state charged { amountMinor } } } ... on ChangeInProgress { change { state } } } }""",
                "input", Map.of("account", account, "change", id, "idempotencyKey", story.key(key)));
    }

    /** The change that the story is about, as the API shows it. */
    private JsonNode shown() {
        List<JsonNode> all = story.backend().ask("""
                query ($key: String) { account(key: $key) { planChanges { id state confirmBy due { amountMinor } } } }""", "key", acme)
                .at("/account/planChanges").valueStream().toList();
        return all.stream().filter(each -> each.at("/id").asString().equals(change)).findFirst().orElseThrow();
    }

    private JsonNode subscription() {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { state plan { key } seats { bought } period { from until } recurring { amountMinor } } } }""",
                "key", acme).at("/account/subscription");
    }

    private long paid() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer()).build()).getData().stream()
                .mapToLong(Invoice::getAmountPaid).sum();
    }

    private String customer() {
        return String.valueOf(accounts.meant(new Actor.System("test"), acme).stripeCustomer());
    }
}
