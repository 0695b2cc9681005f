package dev.headroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerTaxIdCreateParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.common.EmptyParam;
import dev.headroom.Api;
import dev.headroom.HeadroomTest;
import dev.headroom.Story;
import dev.headroom.World.Stories;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.sandbox.Dunning;
import dev.headroom.stripe.spec.StripeWireCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What an account was billed, what it owes, and what it may not do until that is settled. */
@HeadroomTest
class InvoiceStoryTest {

    private static final String INVOICE = """
            id stripeId number status reason sent overdue attempts hostedUrl pdfUrl taxNumbers total { amountMinor } remaining { amountMinor }
            times { createdAt dueAt paidAt nextAttemptAt } amounts { paid { amountMinor } refunded { amountMinor } balance { amountMinor } }
            lines { description proration amount { amountMinor } period { from until } } dispute { state reason amount { amountMinor } }
            subscription { id } planChange { id billedOn { id } }""";

    @Autowired
    Stories stories;

    @Autowired
    StripeClient stripe;

    @Autowired
    Accounts accounts;

    @Autowired
    StripeWireCheck wire;

    private Story story;

    @BeforeEach
    void begin() {
        story = stories.begin();
    }

    @AfterEach
    void stripeWasAskedAsItSays() {
        stories.sandbox().dunning(Dunning.PAST_DUE);
        wire.requireCleanAnswers();
    }

    @Test
    void whatWasBilledIsListedNewestFirstWithWhatItBills() {
        String acme = story.subscribed("acme", "team", 5);
        stories.pass(Duration.ofDays(10));
        String change = story.accept(story.token(acme, Map.of("seats", 9))).text("/changePlan/change/id");
        stories.pass(Duration.ofDays(30));

        List<JsonNode> invoices = invoices(acme);

        assertThat(invoices).extracting(each -> each.at("/reason").asString()).containsExactly("RENEWAL", "CHANGE", "START");
        assertThat(invoices).extracting(each -> each.at("/status").asString()).containsOnly("PAID");
        assertThat(invoices.get(0).at("/total/amountMinor").asLong()).isEqualTo(9 * 2500);
        assertThat(invoices.get(1).at("/planChange/id").asString()).isEqualTo(change);
        assertThat(invoices.get(1).at("/planChange/billedOn/id")).isEqualTo(invoices.get(1).at("/id"));
        assertThat(invoices.get(1).at("/lines").size()).isEqualTo(2);
        assertThat(invoices.get(1).at("/lines/0/proration").asBoolean()).isTrue();
        assertThat(invoices.get(2).at("/planChange").isNull()).isTrue();
        assertThat(invoices.get(2).at("/number").asString()).endsWith("-0001");
        assertThat(pages(acme, 2)).isEqualTo(invoices.stream().map(each -> each.at("/id").asString()).toList());
    }

    @Test
    void invoicesFromBeforeAnybodyAskedAreReadAndOnlyOnce() {
        String acme = story.subscribed("acme", "team", 2);
        assertThat(invoices(acme)).hasSize(1);
        int asked = wire.requests();
        invoices(acme);
        assertThat(wire.requests()).isEqualTo(asked);
    }

    @Test
    void itsPagesReallyAnswer() throws Exception {
        JsonNode invoice = invoices(story.subscribed("acme", "team", 2)).getFirst();
        assertThat(get(invoice.at("/hostedUrl").asString())).contains(invoice.at("/number").asString(), "50.00 USD");
        assertThat(get(invoice.at("/pdfUrl").asString())).startsWith("%PDF-");
    }

    @Test
    void eventsInAnyOrderAndTwiceLeadToWhatStripeHas() throws StripeException {
        String acme = story.subscribed("acme", "team", 2);
        invoices(acme);
        String invoice = invoices(acme).getFirst().at("/stripeId").asString();
        refund(invoice, 1000);
        stories.settle();
        refund(invoice, 500);
        // Told of again, the first refund leads to what there is now.
        stories.db().execute("update stripe.inbox set handled_at = null, next_attempt_at = received_at where type = 'charge.refunded'");
        stories.settle();
        stories.inbox().drain();

        JsonNode read = invoices(acme).getFirst();
        assertThat(read.at("/amounts/refunded/amountMinor").asLong()).isEqualTo(1500);
        assertThat(read.at("/status").asString()).isEqualTo("PAID");
    }

    @Test
    void whatIsPastDueIsRefusedWithTheInvoiceAndPayingItOpensTheWayAtOnce() {
        String acme = pastDue("acme");
        JsonNode refused = quote(acme, Map.of("seats", 9));
        assertThat(refused.at("/__typename").asString()).isEqualTo("PaymentPastDue");
        assertThat(refused.at("/invoice/remaining/amountMinor").asLong()).isEqualTo(5 * 2500);
        assertThat(refused.at("/invoice/hostedUrl").asString()).startsWith("http");
        assertThat(refused.at("/invoice/times/nextAttemptAt").isNull()).isFalse();

        story.card(acme, "pm_card_visa");
        Api.Answer paid = pay(story.backend(), acme, refused.at("/invoice/id").asString(), "pay-1");

        assertThat(paid.text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(paid.text("/payInvoice/invoice/status")).isEqualTo("PAID");
        assertThat(quote(acme, Map.of("seats", 9)).at("/__typename").asString()).isEqualTo("Quote");
        assertThat(owed(acme)).isEmpty();
    }

    @Test
    void whatStripeHasGivenUpGrantsNothingUntilItIsPaid() {
        stories.sandbox().dunning(Dunning.UNPAID);
        String acme = pastDue("acme");
        stories.pass(Duration.ofDays(16));
        assertThat(state(acme)).isEqualTo("UNPAID");
        assertThat(story.entitlement(story.backend(), acme, "calls", 1).text("/entitlement/allowed")).isEqualTo("false");
        JsonNode refused = quote(acme, Map.of("seats", 9));
        assertThat(refused.at("/__typename").asString()).isEqualTo("PaymentPastDue");

        story.card(acme, "pm_card_visa");
        assertThat(pay(story.backend(), acme, refused.at("/invoice/id").asString(), "pay-2").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");

        assertThat(state(acme)).isEqualTo("ACTIVE");
        assertThat(story.entitlement(story.backend(), acme, "calls", 1).text("/entitlement/allowed")).isEqualTo("true");
    }

    @Test
    void anUncollectibleInvoiceIsStillOwedAndCanBePaid() {
        stories.sandbox().dunning(Dunning.UNCOLLECTIBLE);
        String acme = pastDue("acme");
        stories.pass(Duration.ofDays(16));
        JsonNode refused = quote(acme, Map.of("seats", 9));
        assertThat(refused.at("/invoice/status").asString()).isEqualTo("UNCOLLECTIBLE");

        story.card(acme, "pm_card_visa");
        pay(story.backend(), acme, refused.at("/invoice/id").asString(), "pay-3");

        assertThat(state(acme)).isEqualTo("ACTIVE");
    }

    @Test
    void whoIsSentInvoicesIsInvoicedForAChangeAtOnceAndPaysLater() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        update(acme, SubscriptionUpdateParams.builder().setCollectionMethod(SubscriptionUpdateParams.CollectionMethod.SEND_INVOICE).setDaysUntilDue(30L));
        stories.settle();
        story.halfway(acme);
        JsonNode quote = quote(acme, Map.of("seats", 9));
        assertThat(quote.at("/subscription/collection/daysUntilDue").asInt()).isEqualTo(30);

        Api.Answer changed = story.accept(quote.at("/token").asString());

        assertThat(changed.text("/changePlan/__typename")).isEqualTo("PlanChanged");
        assertThat(changed.text("/changePlan/change/state")).isEqualTo("APPLIED");
        assertThat(changed.at("/changePlan/change/charged/amountMinor")).isEqualTo(quote.at("/dueNow/amountMinor"));
        stories.settle();
        JsonNode invoice = invoices(acme).getFirst();
        assertThat(invoice.at("/status").asString()).isEqualTo("OPEN");
        assertThat(invoice.at("/sent").asBoolean()).isTrue();
        assertThat(Duration.between(instant(invoice, "/times/createdAt"), instant(invoice, "/times/dueAt"))).isEqualTo(Duration.ofDays(30));
        assertThat(invoice.at("/overdue").asBoolean()).isFalse();
        assertThat(quote(acme, Map.of("seats", 10)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void whatWasSentAndNotPaidInTimeKeepsTheSubscriptionAsItIs() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        update(acme, SubscriptionUpdateParams.builder().setCollectionMethod(SubscriptionUpdateParams.CollectionMethod.SEND_INVOICE).setDaysUntilDue(10L));
        stories.settle();
        stories.pass(Duration.ofDays(31));
        assertThat(state(acme)).isEqualTo("ACTIVE");
        stories.pass(Duration.ofDays(11));

        JsonNode refused = quote(acme, Map.of("seats", 9));
        assertThat(refused.at("/__typename").asString()).isEqualTo("PaymentPastDue");
        assertThat(refused.at("/invoice/overdue").asBoolean()).isTrue();
        assertThat(pay(story.backend(), acme, refused.at("/invoice/id").asString(), "pay-4").text("/payInvoice/__typename")).isEqualTo("InvoicePaid");
        assertThat(quote(acme, Map.of("seats", 9)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void whileCollectionIsPausedNothingIsChanged() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        String accepted = story.token(acme, Map.of("seats", 9));
        Instant resumes = stories.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(7));
        update(acme, SubscriptionUpdateParams.builder().setPauseCollection(PauseCollection.builder()
                .setBehavior(PauseCollection.Behavior.KEEP_AS_DRAFT).setResumesAt(resumes.getEpochSecond()).build()));
        stories.settle();

        JsonNode refused = quote(acme, Map.of("seats", 9));
        assertThat(refused.at("/hold").asString()).isEqualTo("COLLECTION_PAUSED");
        assertThat(instant(refused, "/until")).isEqualTo(resumes);
        assertThat(story.accept(accepted).text("/changePlan/__typename")).isEqualTo("QuoteIsStale");

        update(acme, SubscriptionUpdateParams.builder().setPauseCollection(EmptyParam.EMPTY));
        stories.settle();
        assertThat(quote(acme, Map.of("seats", 9)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void whatIsDisputedKeepsTheSubscriptionAsItIsUntilTheBankHasDecided() throws StripeException {
        String acme = story.account("acme");
        story.card(acme, "pm_card_createDispute");
        story.start(acme, Map.of("plan", story.key("team"), "seats", 5)).at("/startSubscription/subscription/id");
        stories.settle();
        JsonNode invoice = invoices(acme).getFirst();
        assertThat(invoice.at("/dispute/state").asString()).isEqualTo("OPEN");
        assertThat(invoice.at("/dispute/amount/amountMinor").asLong()).isEqualTo(5 * 2500);
        JsonNode refused = quote(acme, Map.of("seats", 9));
        assertThat(refused.at("/hold").asString()).isEqualTo("PAYMENT_DISPUTED");
        assertThat(refused.at("/invoice/id")).isEqualTo(invoice.at("/id"));

        answer(invoice.at("/stripeId").asString(), "winning_evidence");
        stories.settle();

        assertThat(invoices(acme).getFirst().at("/dispute/state").asString()).isEqualTo("WON");
        story.card(acme, "pm_card_visa");
        assertThat(quote(acme, Map.of("seats", 9)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void beforeTheContractEndsNothingBecomesLess() {
        String acme = story.subscribed("acme", "team", 5);
        Instant ends = stories.clock().instant().plus(Duration.ofDays(100));
        commit(acme, ends).at("/setCommitment/subscription/id");

        for (Map<String, Object> less : List.<Map<String, Object>>of(Map.of("seats", 3), Map.of("plan", story.key("free")), Map.of("cancelAtPeriodEnd", true))) {
            JsonNode refused = quote(acme, less);
            assertThat(refused.at("/hold").asString()).as(less.toString()).isEqualTo("COMMITTED");
            assertThat(instant(refused, "/until")).isEqualTo(ends);
        }
        assertThat(quote(acme, Map.of("seats", 9)).at("/__typename").asString()).isEqualTo("Quote");

        commit(acme, null).at("/setCommitment/subscription/id");
        assertThat(quote(acme, Map.of("seats", 3)).at("/__typename").asString()).isEqualTo("Quote");
    }

    @Test
    void lessCanWaitForThePeriodThatEndsWithTheContract() {
        String acme = story.subscribed("acme", "team", 5);
        Instant period = Instant.parse(story.backend().ask("query ($key: String) { account(key: $key) { subscription { period { until } } } }", "key", acme)
                .text("/account/subscription/period/until"));
        commit(acme, period).at("/setCommitment/subscription/id");

        assertThat(quote(acme, Map.of("seats", 3)).at("/when").asString()).isEqualTo("PERIOD_END");
        assertThat(quote(acme, Map.of("seats", 3, "when", "NOW")).at("/hold").asString()).isEqualTo("COMMITTED");
    }

    @Test
    void theCustomersTaxIdsAreOnWhatIsBilledAfterThem() throws StripeException {
        String acme = story.subscribed("acme", "team", 5);
        stripe.v1().customers().taxIds().create(customer(acme),
                CustomerTaxIdCreateParams.builder().setType(CustomerTaxIdCreateParams.Type.EU_VAT).setValue("DE123456789").build());
        stories.pass(Duration.ofDays(1));
        story.accept(story.token(acme, Map.of("seats", 9))).at("/changePlan/change/id");
        stories.settle();

        assertThat(invoices(acme).getFirst().at("/taxNumbers/0").asString()).isEqualTo("eu_vat DE123456789");
        assertThat(invoices(acme).getLast().at("/taxNumbers").size()).isZero();
    }

    @Test
    void wrongQuestionsAreRefused() {
        String acme = story.subscribed("acme", "team", 2);
        for (String wrong : List.of("invoices(first: 0)", "invoices(first: 101)", "invoices(after: \"x\")")) {
            assertThat(story.backend().ask("query ($key: String) { account(key: $key) { " + wrong + " { edges { cursor } } } }", "key", acme).errorCode())
                    .as(wrong).isEqualTo("INVALID_INPUT");
        }
        assertThat(story.backend().ask("query ($key: String) { account(key: $key) { invoice(id: \"x\") { id } } }", "key", acme).errorCode())
                .isEqualTo("NOT_FOUND");
        String other = story.subscribed("other", "team", 2);
        assertThat(story.backend().ask("query ($key: String, $id: ID!) { account(key: $key) { invoice(id: $id) { id } } }",
                "key", acme, "id", invoices(other).getFirst().at("/id").asString()).errorCode()).isEqualTo("NOT_FOUND");
    }

    private String pastDue(String name) {
        String account = story.subscribed(name, "team", 5);
        story.card(account, "pm_card_chargeCustomerFail");
        stories.pass(Duration.ofDays(31));
        assertThat(state(account)).isEqualTo("PAST_DUE");
        return account;
    }

    private String state(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { subscription { state } } }", "key", account).text("/account/subscription/state");
    }

    private JsonNode quote(String account, Map<String, Object> change) {
        return story.backend().ask("""
                query ($key: String, $change: PlanChangeInput!) { account(key: $key) { quote(change: $change) { __typename
                  ... on Quote { token when dueNow { amountMinor } subscription { collection { byInvoice daysUntilDue } } }
                  ... on PaymentPastDue { invoiceUrl invoice { id status overdue hostedUrl remaining { amountMinor } times { nextAttemptAt } } }
                  ... on ChangeOnHold { hold until reason invoice { id } } ... on ChangeNotAllowed { rule reason } } } }""",
                "key", account, "change", change).at("/account/quote");
    }

    private List<JsonNode> invoices(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { invoices { edges { node { " + INVOICE + " } } } } }", "key", account)
                .at("/account/invoices/edges").valueStream().map(edge -> edge.at("/node")).toList();
    }

    private List<JsonNode> owed(String account) {
        return story.backend().ask("query ($key: String) { account(key: $key) { owedInvoices { id } } }", "key", account)
                .at("/account/owedInvoices").valueStream().toList();
    }

    private List<String> pages(String account, int size) {
        List<String> ids = new ArrayList<>();
        String after = null;
        do {
            JsonNode page = story.backend().ask("""
                    query ($key: String, $first: Int!, $after: String) { account(key: $key) { invoices(first: $first, after: $after) {
                      edges { node { id } } pageInfo { hasNextPage endCursor } } } }""", "key", account, "first", size, "after", after).at("/account/invoices");
            page.at("/edges").forEach(edge -> ids.add(edge.at("/node/id").asString()));
            after = page.at("/pageInfo/hasNextPage").asBoolean() ? page.at("/pageInfo/endCursor").asString() : null;
        } while (after != null);
        return ids;
    }

    static Api.Answer pay(Api api, String account, String invoice, String key) {
        return api.ask("""
                mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { __typename
                  ... on InvoicePaid { invoice { id status remaining { amountMinor } } account { subscription { state } } }
                  ... on PaymentDeclined { code message } ... on InvoiceActionRequired { clientSecret } ... on InvoiceNotPayable { invoice { status } }
                  ... on NoPaymentMethod { invoice { hostedUrl } } } }""",
                "input", Map.of("account", account, "invoice", invoice, "idempotencyKey", key));
    }

    private Api.Answer commit(String account, Instant until) {
        Map<String, Object> input = new HashMap<>(Map.of("account", account));
        input.put("until", Optional.ofNullable(until).map(Instant::toString).orElse(null));
        return story.backend().ask("mutation ($input: SetCommitmentInput!) { setCommitment(input: $input) { ... on CommitmentSet { subscription { id } } } }", "input", input);
    }

    private void update(String account, SubscriptionUpdateParams.Builder parameters) throws StripeException {
        stripe.v1().subscriptions().update(stripe.v1().subscriptions().list(
                SubscriptionListParams.builder().setCustomer(customer(account)).build()).getData().getFirst().getId(), parameters.build());
    }

    private String customer(String account) {
        return Objects.requireNonNull(accounts.meant(new Actor.System("test"), account).stripeCustomer());
    }

    private String payment(String invoice) throws StripeException {
        return stripe.v1().invoicePayments().list(InvoicePaymentListParams.builder().setInvoice(invoice).build()).getData().getFirst().getPayment().getPaymentIntent();
    }

    private void refund(String invoice, long amount) throws StripeException {
        stripe.v1().refunds().create(RefundCreateParams.builder().setPaymentIntent(payment(invoice)).setAmount(amount).build());
    }

    private void answer(String invoice, String evidence) throws StripeException {
        String dispute = stripe.v1().disputes().list(DisputeListParams.builder().setPaymentIntent(payment(invoice)).build()).getData().getFirst().getId();
        stripe.v1().disputes().update(dispute, DisputeUpdateParams.builder()
                .setEvidence(DisputeUpdateParams.Evidence.builder().setUncategorizedText(evidence).build()).setSubmit(true).build());
    }

    private static Instant instant(JsonNode from, String pointer) {
        return Instant.parse(from.at(pointer).asString());
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new String(http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray()).body(), StandardCharsets.UTF_8);
        }
    }
}
