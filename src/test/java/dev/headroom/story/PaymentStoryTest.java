package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.PaymentMethodUpdateParams;
import com.stripe.param.SetupIntentConfirmParams;
import dev.headroom.Api;
import dev.headroom.Faults;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** How an account pays: what it owes, once; and the cards it pays with. */
@HeadroomTest
class PaymentStoryTest {

    private static final long OWED = 5 * 2500;

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

    @BeforeEach
    void begin() {
        story = stories.begin();
        acme = story.subscribed("acme", "team", 5);
    }

    @AfterEach
    void stripeWasAskedAsItSays() {
        wire.requireCleanAnswers();
    }

    @Test
    void aCardThatDeclinesLeavesTheInvoiceAsItIsAndTheSameKeyPaysItWithAnother() throws StripeException {
        String invoice = owe();
        Api.Answer declined = pay(invoice, "click");
        assertThat(declined.text("/payInvoice/__typename")).isEqualTo("PaymentDeclined");
        assertThat(declined.text("/payInvoice/code")).isEqualTo("generic_decline");

        story.card(acme, "pm_card_visa");
        assertThat(pay(invoice, "click").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(pay(invoice, "click").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @RepeatedTest(3)
    void twoWhoPayAtOncePayOnce() throws Exception {
        String invoice = owe();
        story.card(acme, "pm_card_visa");
        CyclicBarrier both = new CyclicBarrier(2);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = List.of("one", "other").stream().map(key -> people.submit(() -> {
                both.await();
                return pay(invoice, key).text("/payInvoice/__typename");
            })).toList();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("InvoicePaid");
            }
        }
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @Test
    void oneKeySentTwiceAtOncePaysOnce() throws Exception {
        String invoice = owe();
        story.card(acme, "pm_card_visa");
        CyclicBarrier both = new CyclicBarrier(2);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = List.of(1, 2).stream().map(_ -> people.submit(() -> {
                both.await();
                return pay(invoice, "same");
            })).toList();
            for (Future<Api.Answer> answer : answers) {
                answer.get();
            }
        }
        assertThat(pay(invoice, "same").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @Test
    void whenStripesAnswerIsLostRepeatingTellsTheOutcomeAndPaysNothingTwice() throws Exception {
        String invoice = owe();
        story.card(acme, "pm_card_visa");
        new Faults(stories.sandbox()).tell("POST /v1/invoices/*/pay", "connection_reset", "after", 3);

        assertThat(pay(invoice, "click").errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        assertThat(pay(invoice, "click").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @Test
    void whenWhoPaidIsGoneTheEventsTellThatItIsPaid() throws Exception {
        String invoice = owe();
        story.card(acme, "pm_card_visa");
        new Faults(stories.sandbox()).tell("POST /v1/invoices/*/pay", "connection_reset", "after", 3);
        assertThat(pay(invoice, "click").errorCode()).isEqualTo("STRIPE_UNAVAILABLE");

        stories.settle();

        assertThat(status(invoice)).isEqualTo("PAID");
        assertThat(story.quote(story.backend(), acme, Map.of("seats", 9)).text("/account/quote/__typename")).isEqualTo("Quote");
    }

    @Test
    void aCardThatTheBankAsksAboutPaysOnceItsHolderHasConfirmed() throws StripeException {
        String invoice = owe();
        story.card(acme, "pm_card_authenticationRequired");
        Api.Answer waiting = pay(invoice, "click");
        assertThat(waiting.text("/payInvoice/__typename")).isEqualTo("InvoiceActionRequired");
        assertThat(status(invoice)).isEqualTo("OPEN");
        String secret = waiting.text("/payInvoice/clientSecret");

        stripe.v1().paymentIntents().confirm(secret.replaceFirst("_secret.*", ""), PaymentIntentConfirmParams.builder().build());
        stories.settle();

        assertThat(status(invoice)).isEqualTo("PAID");
        assertThat(pay(invoice, "again").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @Test
    void whatIsNotOwedAndWhatIsWrongIsSaidSo() throws StripeException {
        String invoice = owe();
        String other = story.subscribed("other", "team", 1);
        String foreign = cards(other).getFirst().at("/id").asString();
        assertThat(pay("x", "1").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(pay(invoice, "").errorCode()).isEqualTo("INVALID_INPUT");
        assertThat(pay(Map.of("account", other, "invoice", invoice, "idempotencyKey", "2")).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(pay(Map.of("account", acme, "invoice", invoice, "paymentMethod", foreign, "idempotencyKey", "3")).errorCode()).isEqualTo("NOT_FOUND");
        stripe.v1().invoices().voidInvoice(stripeId(invoice));
        assertThat(pay(invoice, "4").text("/payInvoice/__typename")).isEqualTo("InvoiceNotPayable");
        assertThat(charged()).containsExactly(OWED);
    }

    @Test
    void aSetUpSavesACardThatTheBankAskedAboutAndChargesItFromThenOn() throws StripeException {
        Api.Answer started = start("setup");
        String setup = started.text("/startPaymentMethodSetup/setup");
        assertThat(start("setup").text("/startPaymentMethodSetup/setup")).isEqualTo(setup);
        assertThat(complete(acme, setup).text("/completePaymentMethodSetup/__typename")).isEqualTo("PaymentMethodSetupWaits");

        confirm(setup, "pm_card_authenticationRequired");
        assertThat(complete(acme, setup).text("/completePaymentMethodSetup/__typename")).isEqualTo("PaymentMethodSetupWaits");
        stripe.v1().setupIntents().confirm(setup);

        assertThat(complete(acme, setup).text("/completePaymentMethodSetup/paymentMethod/last4")).isEqualTo("3184");
        assertThat(complete(acme, setup).text("/completePaymentMethodSetup/__typename")).isEqualTo("PaymentMethodAdded");
        assertThat(cards(acme)).extracting(each -> each.at("/last4").asString()).containsExactly("3184", "4242");
        assertThat(cards(acme)).extracting(each -> each.at("/preferred").asBoolean()).containsExactly(true, false);
        stories.settle();
        assertThat(cards(acme)).hasSize(2);
    }

    @Test
    void aSetUpThatNobodyComesBackFromSavesItsCardAllTheSame() throws StripeException {
        String setup = start("setup").text("/startPaymentMethodSetup/setup");
        confirm(setup, "pm_card_mastercard");
        stories.settle();
        assertThat(cards(acme)).extracting(each -> each.at("/last4").asString()).containsExactly("4242", "4444");
    }

    @Test
    void aSetUpThatTheBankRefusesAndOneOfAnotherAccountSaveNothing() {
        String setup = start("setup").text("/startPaymentMethodSetup/setup");
        try {
            confirm(setup, "pm_card_chargeDeclined");
        } catch (StripeException refused) {
            assertThat(refused.getCode()).isEqualTo("card_declined");
        }
        assertThat(complete(acme, setup).text("/completePaymentMethodSetup/__typename")).isEqualTo("CardRefused");
        assertThat(complete(story.subscribed("other", "team", 1), setup).errorCode()).isEqualTo("NOT_FOUND");
        assertThat(complete(acme, "seti_none").errorCode()).isEqualTo("NOT_FOUND");
        assertThat(cards(acme)).hasSize(1);
    }

    @Test
    void aCardIsPreferredAndRemovedButNeverTheLastThatASubscriptionNeeds() throws StripeException {
        String first = cards(acme).getFirst().at("/id").asString();
        assertThat(remove(first).text("/removePaymentMethod/__typename")).isEqualTo("LastPaymentMethod");
        story.card(acme, "pm_card_mastercard");
        assertThat(change("preferPaymentMethod", first).text("/preferPaymentMethod/paymentMethod/last4")).isEqualTo("4242");
        assertThat(cards(acme).getFirst().at("/last4").asString()).isEqualTo("4242");

        assertThat(remove(first).text("/removePaymentMethod/__typename")).isEqualTo("PaymentMethodRemoved");
        assertThat(remove(first).text("/removePaymentMethod/__typename")).isEqualTo("PaymentMethodRemoved");

        assertThat(cards(acme)).extracting(each -> each.at("/last4").asString()).containsExactly("4444");
        assertThat(cards(acme).getFirst().at("/preferred").asBoolean()).isTrue();
        stories.pass(Duration.ofDays(31));
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @Test
    void aRemovalWhoseAnswerWasLostIsFinishedByRepeatingIt() throws Exception {
        story.card(acme, "pm_card_mastercard");
        String first = cards(acme).getLast().at("/id").asString();
        new Faults(stories.sandbox()).tell("POST /v1/payment_methods/*/detach", "connection_reset", "before", 3);

        assertThat(remove(first).errorCode()).isEqualTo("STRIPE_UNAVAILABLE");
        assertThat(remove(first).text("/removePaymentMethod/__typename")).isEqualTo("PaymentMethodRemoved");

        stories.settle();
        assertThat(cards(acme)).extracting(each -> each.at("/last4").asString()).containsExactly("4444");
        assertThat(stripe.v1().paymentMethods().list(PaymentMethodListParams.builder().setCustomer(customer()).build()).getData()).hasSize(1);
    }

    @RepeatedTest(3)
    void bothOfTwoCardsRemovedAtOnceLeaveOne() throws Exception {
        story.card(acme, "pm_card_mastercard");
        List<String> ids = cards(acme).stream().map(each -> each.at("/id").asString()).toList();
        CyclicBarrier both = new CyclicBarrier(2);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = new ArrayList<>();
            ids.forEach(id -> answers.add(people.submit(() -> {
                both.await();
                return remove(id);
            })));
            for (Future<Api.Answer> answer : answers) {
                answer.get();
            }
        }
        assertThat(cards(acme)).hasSize(1);
        stories.pass(Duration.ofDays(31));
        assertThat(charged()).containsExactly(OWED, OWED);
    }

    @Test
    void whatTheBankTellsOfACardIsSeen() throws StripeException {
        int year = stories.clock().instant().atZone(ZoneOffset.UTC).getYear();
        expires(year + 3);
        assertThat(cards(acme).getFirst().at("/expiry").asString()).isEqualTo("VALID");
        expires(year);
        assertThat(cards(acme).getFirst().at("/expiry").asString()).isIn("SOON", "EXPIRED");
    }

    private void expires(int year) throws StripeException {
        stripe.v1().paymentMethods().update(stripeCard(), PaymentMethodUpdateParams.builder()
                .setCard(PaymentMethodUpdateParams.Card.builder().setExpMonth(1L).setExpYear((long) year).build()).build());
        stories.settle();
    }

    private String owe() {
        story.card(acme, "pm_card_chargeCustomerFail");
        stories.pass(Duration.ofDays(31));
        return story.backend().ask("query ($key: String) { account(key: $key) { owedInvoices { id } } }", "key", acme).text("/account/owedInvoices/0/id");
    }

    private Api.Answer pay(String invoice, String key) {
        return pay(Map.of("account", acme, "invoice", invoice, "idempotencyKey", key));
    }

    private Api.Answer pay(Map<String, Object> input) {
        Map<String, Object> own = new HashMap<>(input);
        own.computeIfPresent("idempotencyKey", (_, key) -> key.equals("") ? "" : story.key(String.valueOf(key)));
        return story.backend().ask("""
                mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { __typename ... on InvoicePaid { invoice { status } }
                  ... on PaymentDeclined { code message } ... on InvoiceActionRequired { clientSecret } ... on InvoiceNotPayable { invoice { status } } } }""",
                "input", own);
    }

    private String status(String invoice) {
        return invoice(invoice, "status");
    }

    private String stripeId(String invoice) {
        return invoice(invoice, "stripeId");
    }

    private String invoice(String id, String field) {
        return story.backend().ask("query ($key: String, $id: ID!) { account(key: $key) { invoice(id: $id) { " + field + " } } }", "key", acme, "id", id)
                .text("/account/invoice/" + field);
    }

    private Api.Answer start(String key) {
        return story.backend().ask("""
                mutation ($input: StartPaymentMethodSetupInput!) { startPaymentMethodSetup(input: $input) { ... on PaymentMethodSetupStarted { setup clientSecret } } }""",
                "input", Map.of("account", acme, "idempotencyKey", story.key(key)));
    }

    private Api.Answer complete(String account, String setup) {
        return story.backend().ask("""
                mutation ($input: CompletePaymentMethodSetupInput!) { completePaymentMethodSetup(input: $input) { __typename
                  ... on PaymentMethodAdded { paymentMethod { last4 preferred } } ... on CardRefused { code } } }""",
                "input", Map.of("account", account, "setup", setup));
    }

    private Api.Answer remove(String card) {
        return change("removePaymentMethod", card);
    }

    private Api.Answer change(String mutation, String card) {
        return story.backend().ask("mutation ($input: PaymentMethodInput!) { " + mutation
                + "(input: $input) { __typename ... on PaymentMethodPreferred { paymentMethod { last4 } } } }".replace(
                        mutation.equals("preferPaymentMethod") ? "" : " ... on PaymentMethodPreferred { paymentMethod { last4 } }", ""),
                "input", Map.of("account", acme, "paymentMethod", card));
    }

    private List<JsonNode> cards(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { paymentMethods { id last4 preferred expiry } } }", "key", account)
                .at("/account/paymentMethods").valueStream().toList();
    }

    private void confirm(String setup, String card) throws StripeException {
        stripe.v1().setupIntents().confirm(setup, SetupIntentConfirmParams.builder().setPaymentMethod(card).build());
    }

    private String customer() {
        return Objects.requireNonNull(accounts.meant(new Actor.System("test"), acme).stripeCustomer());
    }

    private String stripeCard() throws StripeException {
        return stripe.v1().paymentMethods().list(PaymentMethodListParams.builder().setCustomer(customer()).build()).getData().getFirst().getId();
    }

    /** What went through, in minor units. */
    private List<Long> charged() throws StripeException {
        return stripe.v1().paymentIntents().list(PaymentIntentListParams.builder().setCustomer(customer()).build()).getData().stream()
                .filter(each -> each.getStatus().equals("succeeded")).map(PaymentIntent::getAmountReceived).toList();
    }
}
