package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.StatementCounter;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One click is one charge, whatever happens around it. */
@HeadroomTest
class ChangeStoryTest {

    private static final int MOST_ROUND_TRIPS = 26;

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    DSLContext db;

    @Autowired
    StripeWireCheck wire;

    @Autowired
    StatementCounter statements;

    private Story story;

    @BeforeEach
    void aVendor() {
        story = stories.begin();
    }

    @Test
    void noMoreInvoicesAreAskedForThanStripeMakesForOneSubscription() {
        String busy = story.subscribed("busy", "team", 1);
        Instant first = stories.clock().instant();
        String token = "";
        for (int seats = 2; seats <= 21; seats++) {
            if (seats == 12) {
                token = story.token(busy, Map.of("seats", 50));
                Api.Answer refused = story.accept(token);
                assertThat(refused.text("/changePlan/__typename")).isEqualTo("TooManyInvoices");
                assertThat(Instant.parse(refused.text("/changePlan/from"))).isEqualTo(first.plus(Duration.ofMinutes(1)));
                stories.clock().advance(Duration.ofSeconds(51));
            }
            assertThat(story.accept(story.token(busy, Map.of("seats", seats))).text("/changePlan/change/state")).isEqualTo("APPLIED");
            stories.clock().advance(Duration.ofSeconds(1));
        }
        stories.clock().advance(Duration.ofMinutes(1));
        Api.Answer refused = story.accept(story.token(busy, Map.of("seats", 22)));
        assertThat(Instant.parse(refused.text("/changePlan/from"))).isEqualTo(first.plus(Duration.ofDays(1)));
        assertThat(story.accept(story.token(busy, Map.of("seats", 3))).text("/changePlan/change/state")).as("what makes no invoice").isEqualTo("SCHEDULED");

        stories.pass(Duration.between(stories.clock().instant(), first.plus(Duration.ofDays(1))));
        assertThat(story.accept(story.token(busy, Map.of("seats", 22))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    /** Without the stand-in's, and with those of the request around it; a memory that is renewed in between adds one or two. */
    @Test
    void acceptingAQuoteGoesToTheDatabaseSeldom() {
        String acme = story.subscribed("acme", "team", 5);
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).as("what is remembered from then on").isEqualTo("APPLIED");
        String token = story.token(acme, Map.of("seats", 7));

        int sent = statements.during(() -> assertThat(story.accept(token).text("/changePlan/change/state")).isEqualTo("APPLIED"));

        assertThat(sent).as("each costs about a fortieth of the change").isLessThanOrEqualTo(MOST_ROUND_TRIPS);
    }

    @Test
    void theSameClickTwiceIsOneChargeAndOneAnswer() {
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));

        Api.Answer first = story.accept(story.backend(), token, "click");
        Api.Answer second = story.accept(story.backend(), token, "click");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(changes(acme)).isEqualTo(1);
    }

    @Test
    void twoClicksAtOnceMakeOneCharge() throws Exception {
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));

        List<String> answers = atOnce(8, () -> story.accept(token).text("/changePlan/__typename"));

        assertThat(answers).containsOnlyOnce("PlanChanged").isSubsetOf("PlanChanged", "ChangeInProgress", "QuoteIsStale");
        assertThat(changes(acme)).isEqualTo(1);
        assertThat(paid(acme)).isEqualTo(2);
    }

    @Test
    void theSameKeyAtOnceMakesOneCharge() throws Exception {
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));

        List<String> answers = atOnce(8, () -> story.accept(story.backend(), token, "one-key").text("/changePlan/__typename"));

        assertThat(answers).contains("PlanChanged").isSubsetOf("PlanChanged", "ChangeInProgress");
        assertThat(changes(acme)).isEqualTo(1);
        assertThat(paid(acme)).isEqualTo(2);
    }

    @Test
    void aKeyUsedForAnotherQuoteIsRefused() {
        String acme = story.subscribed("acme", "team", 5);
        story.accept(story.backend(), story.token(acme, Map.of("seats", 6)), "key");

        assertThat(story.accept(story.backend(), story.token(acme, Map.of("seats", 7)), "key").errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aDeclinedCardChangesNothing() {
        String acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
        story.card(acme, "pm_card_chargeCustomerFail");

        Api.Answer declined = story.accept(story.token(acme, Map.of("seats", 9)));

        assertThat(declined.text("/changePlan/__typename")).isEqualTo("PaymentDeclined");
        assertThat(declined.text("/changePlan/code")).isNotEmpty();
        stories.settle();
        Api.Answer seats = seats(acme);
        assertThat(seats.at("/account/subscription/seats/bought").asLong()).isEqualTo(5);
        assertThat(seats.text("/account/subscription/state")).isEqualTo("ACTIVE");
        story.card(acme, "pm_card_visa");
        assertThat(story.accept(story.token(acme, Map.of("seats", 9))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void aFirstPaymentThatIsDeclinedStartsNothing() {
        String acme = story.account("acme");
        story.card(acme, "pm_card_chargeCustomerFail");

        Api.Answer answer = story.start(acme, Map.of("plan", story.key("team"), "seats", 3));

        assertThat(answer.text("/startSubscription/__typename")).isEqualTo("FirstPaymentDeclined");
        assertThat(seats(acme).at("/account/subscription").isNull()).isTrue();
    }

    @Test
    void withoutACardOnlyWhatIsFreeOrATrialStarts() {
        String acme = story.account("acme");
        assertThat(story.start(acme, Map.of("plan", story.key("team"))).text("/startSubscription/__typename")).isEqualTo("PaymentMethodRequired");
        assertThat(story.start(acme, Map.of("plan", story.key("free"))).text("/startSubscription/subscription/state")).isEqualTo("ACTIVE");
        assertThat(story.start(acme, Map.of("plan", story.key("free"))).text("/startSubscription/__typename")).isEqualTo("AlreadySubscribed");
        String globex = story.account("globex");
        assertThat(story.start(globex, Map.of("plan", story.key("pro"), "seats", 2, "trialDays", 14)).text("/startSubscription/subscription/state"))
                .isEqualTo("TRIALING");
    }

    @Test
    void whatStripeRefusesIsToldAsSuchAndNotAsAnotherAmount() {
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));

        Api.Answer refused;
        try (StripeWireCheck.Trouble _ = wire.trouble("POST /v1/invoices/create_preview", 400, "resource_missing")) {
            refused = story.accept(story.backend(), token, "click");
        }

        assertThat(refused.text("/changePlan/__typename")).isEqualTo("ChangeRefused");
        assertThat(refused.text("/changePlan/code")).isEqualTo("resource_missing");
        assertThat(story.accept(story.backend(), token, "click").body()).isEqualTo(refused.body());
        assertThat(story.accept(story.token(acme, Map.of("seats", 6))).text("/changePlan/change/state")).isEqualTo("APPLIED");
    }

    @Test
    void theSecretThatConfirmsAPaymentIsTheOneThatStripeHasJustTold() {
        String acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(3));
        story.card(acme, "pm_card_authenticationRequired");
        String token = story.token(acme, Map.of("seats", 9));

        try (StripeWireCheck.Trouble _ = wire.trouble("GET /v1/subscriptions/.*", 503, "api_error")) {
            assertThat(story.accept(story.backend(), token, "click").text("/changePlan/clientSecret")).isNotEmpty();
            assertThat(story.accept(story.backend(), token, "click").errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        assertThat(story.accept(story.backend(), token, "click").text("/changePlan/clientSecret")).isNotEmpty();
    }

    @Test
    void aFreeAccountUpgradesToAPaidPlan() {
        String acme = story.account("acme");
        story.start(acme, Map.of("plan", story.key("free"))).at("/startSubscription/subscription");
        story.card(acme, "pm_card_visa");
        stories.pass(Duration.ofDays(10));

        Api.Answer changed = story.accept(story.token(acme, Map.of("plan", story.key("team"), "seats", 4)));

        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isPositive();
    }

    @Test
    void aTrialChangesForFreeAndBecomesPaidAtItsEnd() {
        String acme = story.account("acme");
        story.card(acme, "pm_card_visa");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 2, "trialDays", 14)).at("/startSubscription/subscription");
        stories.pass(Duration.ofDays(3));

        Api.Answer changed = story.accept(story.token(acme, Map.of("seats", 4)));

        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor").asLong()).isZero();
        stories.pass(Duration.ofDays(12));
        assertThat(seats(acme).text("/account/subscription/state")).isEqualTo("ACTIVE");
    }

    @Test
    void aRenewalMovesThePeriodAndLaterQuotesFollowIt() {
        String acme = story.subscribed("acme", "team", 5);
        story.record(List.of(Map.of("id", "e1", "account", acme, "meter", story.key("calls"), "quantity", 700)));
        String before = seats(acme).text("/account/subscription/period/until");

        stories.pass(Duration.ofDays(40));

        assertThat(seats(acme).text("/account/subscription/period/from")).isEqualTo(before);
        assertThat(story.entitlement(story.backend(), acme, "calls", 1).at("/entitlement/used").asLong()).isZero();
        Api.Answer changed = story.accept(story.token(acme, Map.of("plan", story.key("pro"))));
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.text("/changePlan/change/growth")).isEqualTo("UPSELL");
    }

    @Test
    void aRenewalWhoseInvoiceIsStillADraftIsBilledAllTheSame() {
        String acme = story.subscribed("acme", "team", 5);
        Instant until = Instant.parse(seats(acme).text("/account/subscription/period/until"));
        stories.sandbox().keepDrafts(true);
        try {
            stories.pass(Duration.between(stories.clock().instant(), until.plus(Duration.ofMinutes(10))));
            Api.Answer quote = story.quote(story.backend(), acme, Map.of("seats", 7));
            Api.Answer changed = story.accept(quote.text("/account/quote/token"));

            assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
            assertThat(changed.at("/changePlan/change/charged/amountMinor")).isEqualTo(quote.at("/account/quote/dueNow/amountMinor"));
            stories.pass(Duration.ofHours(2));
            assertThat(seats(acme).text("/account/subscription/state")).isEqualTo("ACTIVE");
        } finally {
            stories.sandbox().keepDrafts(false);
        }
    }

    @Test
    void whatWasChargedIsRecordedLaterWhenStripeThenRefusesToTell() {
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));

        try (StripeWireCheck.Trouble _ = wire.lost("POST /v1/subscriptions/.*");
                StripeWireCheck.Trouble _ = wire.trouble("GET /v1/subscriptions/.*", 400, "resource_missing")) {
            assertThat(story.accept(story.backend(), token, "click").errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        }
        assertThat(seats(acme).at("/account/subscription/seats/bought").asLong()).isEqualTo(5);

        stories.pass(Duration.ofMinutes(3));
        assertThat(story.accept(story.backend(), token, "click").text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(seats(acme).at("/account/subscription/seats/bought").asLong()).isEqualTo(6);
        assertThat(paid(acme)).isEqualTo(2);
    }

    @Test
    void stripeIsAskedWhatItWouldChargeAndToChargeItAndNothingMore() {
        String token = story.token(story.subscribed("acme", "team", 5), Map.of("seats", 6));
        int before = wire.requests();

        assertThat(story.accept(token).text("/changePlan/change/state")).isEqualTo("APPLIED");

        assertThat(wire.requests() - before).isEqualTo(2);
    }

    @Test
    void whoMayAcceptAndNotAskIsToldTheFreshQuoteAllTheSame() {
        String acme = story.subscribed("acme", "team", 5);
        String token = story.token(acme, Map.of("seats", 6));
        assertThat(story.accept(story.token(acme, Map.of("seats", 8))).text("/changePlan/change/state")).isEqualTo("APPLIED");

        Api buyer = stories.api(stories.secret(Set.of(Permission.READ, Permission.CHANGE)));
        assertThat(story.accept(buyer, token, "click").text("/changePlan/freshQuote/token")).isNotEmpty();
        assertThat(story.quote(buyer, acme, Map.of("seats", 6)).errorCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void aSubscriptionThatEndsWithItsPeriodIsQuotedNoNextInvoice() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        Api.Answer before = story.quote(story.backend(), acme, Map.of("seats", 6));
        assertThat(before.at("/account/quote/nextInvoice").isObject()).isTrue();

        stripe.v1().subscriptions().update(bought(acme), SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
        stories.settle();

        assertThat(story.quote(story.backend(), acme, Map.of("seats", 6)).at("/account/quote/nextInvoice").isNull()).isTrue();
        assertThat(story.accept(before.text("/account/quote/token")).text("/changePlan/why")).isEqualTo("SUBSCRIPTION_CHANGED");
    }

    @Test
    void aCardIsSavedOnceUnderItsKeyHoweverLongThatIs() {
        String acme = story.account("acme");
        String key = "k".repeat(255);

        Api.Answer first = card(acme, "pm_card_visa", key);
        assertThat(first.text("/addPaymentMethod/paymentMethod/last4")).isEqualTo("4242");
        assertThat(card(acme, "pm_card_visa", key).body()).isEqualTo(first.body());
        assertThat(card(acme, "pm_card_mastercard", key).errorCode()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void whoHasNotPaidIsToldWhere() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        story.card(acme, "pm_card_chargeCustomerFail");
        stories.pass(Duration.ofDays(32));
        String open = stripe.v1().subscriptions().retrieve(bought(acme)).getLatestInvoice();
        db.execute("update sandbox.document set body = jsonb_set(body, '{hosted_invoice_url}', '\"https://invoice.example/1\"') where id = ?", open);
        stories.inbox().follow(bought(acme));

        assertThat(story.backend().ask("""
                query ($key: String) { account(key: $key) { quote(change: {seats: 6}) { ... on PaymentPastDue { invoiceUrl } } } }""", "key", acme)
                .text("/account/quote/invoiceUrl")).isEqualTo("https://invoice.example/1");
    }

    private Api.Answer card(String account, String paymentMethod, String key) {
        return story.backend().ask("""
                mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { ... on PaymentMethodAdded { paymentMethod { id last4 } } } }""",
                "input", Map.of("idempotencyKey", key, "account", account, "paymentMethod", paymentMethod));
    }

    private String bought(String account) throws StripeException {
        String customer = accounts.meant(new Actor.System("test"), account).stripeCustomer();
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer).build()).getData().getFirst().getId();
    }

    @Test
    void aRenewalThatCannotBePaidBlocksSelfServiceWithItsReason() {
        String acme = story.subscribed("acme", "team", 5);
        story.card(acme, "pm_card_chargeCustomerFail");

        stories.pass(Duration.ofDays(32));

        assertThat(seats(acme).text("/account/subscription/state")).isEqualTo("PAST_DUE");
        assertThat(story.quote(story.backend(), acme, Map.of("seats", 6)).text("/account/quote/__typename")).isEqualTo("PaymentPastDue");
    }

    private Api.Answer seats(String account) {
        return story.backend().ask("""
                query ($key: String) { account(key: $key) { subscription { state seats { bought used } period { from until } } } }""", "key", account);
    }

    private int changes(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { planChanges { id } } }", "key", account)
                .at("/account/planChanges").size();
    }

    /** How many movements brought recurring revenue: the start and each change that took effect. */
    private int paid(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { movements { growth } } }", "key", account)
                .at("/account/movements").size();
    }

    private static <T> List<T> atOnce(int times, Callable<T> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = threads.invokeAll(java.util.Collections.nCopies(times, task));
            List<T> answers = new java.util.ArrayList<>();
            for (Future<T> each : running) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
