package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Dispute;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerTaxIdCreateParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionCreateParams.CollectionMethod;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How invoices are collected, and what becomes of those that are not. */
class CollectionTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void sendsAnInvoiceThatIsOverdueWhenNobodyPaysItInTime() throws StripeException {
        Subscription subscription = byInvoice(story.customer("pm_card_visa"));
        Invoice sent = story.latestInvoice(subscription);
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(sent.getStatus()).isEqualTo("open");
        assertThat(sent.getAttemptCount()).isZero();
        assertThat(sent.getDueDate() - sent.getCreated()).isEqualTo(20 * 86_400);

        story.travelTo("2026-04-20T23:59:59Z");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("active");
        story.travelTo("2026-04-21T00:00:00Z");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("past_due");
        assertThat(story.eventTypes()).contains("invoice.sent", "invoice.overdue");

        assertThat(story.stripe.invoices().pay(sent.getId()).getStatus()).isEqualTo("paid");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("active");
    }

    @Test
    void takesNoUpdateThatWaitsForACardWhereInvoicesAreSent() throws StripeException {
        story.sendsWrongRequests();
        Subscription subscription = byInvoice(story.customer("pm_card_visa"));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.update(subscription, SandboxStory.to(subscription, story.monthly(2000), 1)
                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)))
                .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("payment_behavior"));

        Subscription changed = story.update(subscription, SandboxStory.to(subscription, story.monthly(2000), 1)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE));
        assertThat(changed.getStatus()).isEqualTo("active");
        assertThat(story.latestInvoice(changed).getStatus()).isEqualTo("open");
        assertThat(story.latestInvoice(changed).getAmountDue()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"PAST_DUE, past_due, open", "UNCOLLECTIBLE, past_due, uncollectible", "UNPAID, unpaid, open", "CANCEL, canceled, open"})
    void givesUpAsItIsToldAfterTheLastAttempt(Dunning dunning, String status, String invoice) throws StripeException {
        story.sandbox.dunning(dunning);
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        String broken = story.stripe.paymentMethods().attach("pm_card_chargeCustomerFail",
                com.stripe.param.PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build()).getId();
        story.update(subscription, SubscriptionUpdateParams.builder().setDefaultPaymentMethod(broken));

        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("past_due");
        story.travelTo("2026-05-16T00:00:00Z");

        assertThat(story.latestInvoice(subscription).getAttemptCount()).isEqualTo(4);
        assertThat(retrieved(subscription).getStatus()).isEqualTo(status);
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo(invoice);
    }

    @Test
    void anUncollectibleInvoiceIsPaidAllTheSame() throws StripeException {
        Subscription subscription = byInvoice(story.customer("pm_card_visa"));
        Invoice given = story.stripe.invoices().markUncollectible(subscription.getLatestInvoice());
        assertThat(given.getStatus()).isEqualTo("uncollectible");
        assertThat(given.getStatusTransitions().getMarkedUncollectibleAt()).isNotNull();
        assertThat(story.stripe.invoices().pay(given.getId()).getStatus()).isEqualTo("paid");
    }

    @Test
    void renewsAndAsksNobodyToPayWhileCollectionIsPaused() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Subscription paused = story.update(subscription, SubscriptionUpdateParams.builder().setPauseCollection(PauseCollection.builder()
                .setBehavior(PauseCollection.Behavior.VOID).setResumesAt(java.time.Instant.parse("2026-06-15T00:00:00Z").getEpochSecond()).build()));
        assertThat(paused.getPauseCollection().getBehavior()).isEqualTo("void");

        story.travelTo("2026-05-02T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("void");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("active");
        story.travelTo("2026-06-16T00:00:00Z");
        assertThat(retrieved(subscription).getPauseCollection()).isNull();
        story.travelTo("2026-07-02T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("paid");

        story.update(subscription, SubscriptionUpdateParams.builder().setPauseCollection(PauseCollection.builder()
                .setBehavior(PauseCollection.Behavior.KEEP_AS_DRAFT).build()));
        story.travelTo("2026-08-02T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("draft");
        assertThat(story.update(subscription, SubscriptionUpdateParams.builder().setPauseCollection(EmptyParam.EMPTY)).getPauseCollection()).isNull();
    }

    @Test
    void refundsInPartsAndNeverMoreThanWasPaid() throws StripeException {
        story.sendsWrongRequests();
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        String payment = payment(subscription).getId();
        Refund part = story.stripe.refunds().create(RefundCreateParams.builder().setPaymentIntent(payment).setAmount(300L).build());
        assertThat(part.getStatus()).isEqualTo("succeeded");
        assertThat(charge(subscription).getAmountRefunded()).isEqualTo(300);
        assertThat(charge(subscription).getRefunded()).isFalse();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> story.stripe.refunds().create(RefundCreateParams.builder().setPaymentIntent(payment).setAmount(701L).build()));
        story.stripe.refunds().create(RefundCreateParams.builder().setPaymentIntent(payment).build());
        assertThat(charge(subscription).getRefunded()).isTrue();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> story.stripe.refunds().create(RefundCreateParams.builder().setPaymentIntent(payment).build()))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_already_refunded"));
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        assertThat(story.eventTypes()).contains("refund.created", "charge.refunded");
    }

    @ParameterizedTest
    @CsvSource({"winning_evidence, won", "losing_evidence, lost"})
    void disputesWhatACardMadeForThatPays(String evidence, String ends) throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_createDispute"), story.monthly(1000), 1);
        assertThat(charge(subscription).getDisputed()).isTrue();
        Dispute open = disputes(subscription);
        assertThat(open.getStatus()).isEqualTo("needs_response");
        assertThat(open.getAmount()).isEqualTo(1000);

        story.stripe.disputes().update(open.getId(), DisputeUpdateParams.builder()
                .setEvidence(DisputeUpdateParams.Evidence.builder().setUncategorizedText(evidence).build()).setSubmit(true).build());

        assertThat(disputes(subscription).getStatus()).isEqualTo(ends);
        assertThat(story.eventTypes()).contains("charge.dispute.created", "charge.dispute.closed");
    }

    @Test
    void invoicesShowTheTaxIdsOfTheirTimeAndHavePages() throws Exception {
        Customer customer = story.customer("pm_card_visa");
        story.stripe.customers().taxIds().create(customer.getId(), CustomerTaxIdCreateParams.builder().setType(CustomerTaxIdCreateParams.Type.EU_VAT).setValue("DE123456789").build());
        Invoice invoice = story.latestInvoice(byInvoice(customer));
        assertThat(invoice.getCustomerTaxIds().getFirst().getValue()).isEqualTo("DE123456789");

        HttpResponse<byte[]> page = get(invoice.getHostedInvoiceUrl());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).contains(invoice.getNumber(), "DE123456789", "10.00 USD", "State: open");
        HttpResponse<byte[]> pdf = get(invoice.getInvoicePdf());
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(text(pdf)).startsWith("%PDF-").contains(invoice.getNumber()).endsWith("%%EOF\n");
        assertThat(get(invoice.getHostedInvoiceUrl() + "x").statusCode()).isEqualTo(404);

        assertThat(text(post(invoice.getHostedInvoiceUrl() + "/pay", "card=pm_card_visa"))).contains("State: paid");
        assertThat(story.stripe.invoices().retrieve(invoice.getId()).getStatus()).isEqualTo("paid");
        assertThat(text(post(invoice.getHostedInvoiceUrl() + "/pay", "card=pm_card_visa"))).contains("State: paid");
        assertThat(story.stripe.invoices().retrieve(invoice.getId()).getAttemptCount()).isEqualTo(1);
    }

    private Subscription byInvoice(Customer customer) throws StripeException {
        return story.subscribe(customer, story.monthly(1000), 1,
                parameters -> parameters.setCollectionMethod(CollectionMethod.SEND_INVOICE).setDaysUntilDue(20L));
    }

    private Subscription retrieved(Subscription subscription) throws StripeException {
        return story.stripe.subscriptions().retrieve(subscription.getId());
    }

    private PaymentIntent payment(Subscription subscription) throws StripeException {
        String id = story.stripe.invoicePayments().list(InvoicePaymentListParams.builder().setInvoice(subscription.getLatestInvoice()).build())
                .getData().getFirst().getPayment().getPaymentIntent();
        return story.stripe.paymentIntents().retrieve(id, PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build());
    }

    private Charge charge(Subscription subscription) throws StripeException {
        return payment(subscription).getLatestChargeObject();
    }

    private Dispute disputes(Subscription subscription) throws StripeException {
        return story.stripe.disputes().list(DisputeListParams.builder().setPaymentIntent(payment(subscription).getId()).build()).getData().getFirst();
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static HttpResponse<byte[]> post(String url, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(form)).build());
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
