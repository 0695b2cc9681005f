package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cards that are declined, cards that ask for more, and updates that wait for their payment. */
class PaymentTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void leavesASubscriptionIncompleteThatNobodyPays() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_chargeDeclined"), story.monthly(1000), 1);
        assertThat(subscription.getStatus()).isEqualTo("incomplete");
        assertThat(story.eventTypes()).contains("invoice.payment_failed");

        story.travelTo("2026-04-02T00:00:00Z");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("incomplete_expired");
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("void");
    }

    @Test
    void undoesEverythingWhenAskedToFail() throws StripeException {
        Customer customer = story.customer("pm_card_chargeDeclinedInsufficientFunds");
        assertThatExceptionOfType(CardException.class).isThrownBy(() -> story.subscribe(customer, story.monthly(1000), 1,
                params -> params.setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)))
                .satisfies(declined -> {
                    assertThat(declined.getCode()).isEqualTo("card_declined");
                    assertThat(declined.getDeclineCode()).isEqualTo("insufficient_funds");
                    assertThat(declined.getStatusCode()).isEqualTo(402);
                });
        assertThat(story.stripe.subscriptions().list().getData()).isEmpty();
        assertThat(story.stripe.invoices().list().getData()).isEmpty();
    }

    @Test
    void refusesACustomerWithoutPaymentMethod() throws StripeException {
        Customer customer = story.stripe.customers().create(com.stripe.param.CustomerCreateParams.builder().setName("Nobody").build());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.subscribe(customer, story.monthly(1000), 1))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("resource_missing"));
        assertThat(story.subscribe(customer, story.monthly(0), 1).getStatus()).isEqualTo("active");
    }

    @Test
    void keepsAnUpdatePendingUntilItsInvoiceIsPaid() throws StripeException {
        Subscription subscription = upgradePending("pm_card_chargeCustomerFail");
        assertThat(subscription.getItems().getData().getFirst().getPrice().getUnitAmount()).isEqualTo(1000);
        assertThat(subscription.getPendingUpdate().getSubscriptionItems().getFirst().getPrice().getUnitAmount()).isEqualTo(2000);
        assertThat(subscription.getPendingUpdate().getExpiresAt()).isEqualTo(1776297600 + 23 * 3600);
        assertThat(subscription.getStatus()).isEqualTo("active");

        PaymentMethod good = prefer(subscription.getCustomer(), "pm_card_mastercard");
        Invoice paid = story.stripe.invoices().pay(subscription.getLatestInvoice());
        assertThat(paid.getStatus()).isEqualTo("paid");
        Subscription applied = retrieved(subscription);
        assertThat(applied.getPendingUpdate()).isNull();
        assertThat(applied.getItems().getData().getFirst().getPrice().getUnitAmount()).isEqualTo(2000);
        assertThat(story.eventTypes()).contains("customer.subscription.pending_update_applied");
        assertThat(good.getCard().getBrand()).isEqualTo("mastercard");

        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(2000L);
    }

    @Test
    void forgetsAPendingUpdateWhenItsInvoiceIsVoided() throws StripeException {
        Subscription subscription = upgradePending("pm_card_chargeCustomerFail");
        Invoice voided = story.stripe.invoices().voidInvoice(subscription.getLatestInvoice());

        assertThat(voided.getStatus()).isEqualTo("void");
        assertThat(retrieved(subscription).getPendingUpdate()).isNull();
        assertThat(retrieved(subscription).getItems().getData().getFirst().getPrice().getUnitAmount()).isEqualTo(1000);
    }

    @Test
    void forgetsAPendingUpdateAfterTwentyThreeHours() throws StripeException {
        Subscription subscription = upgradePending("pm_card_chargeCustomerFail");
        story.travelTo("2026-04-16T22:59:59Z");
        assertThat(retrieved(subscription).getPendingUpdate()).isNotNull();
        story.travelTo("2026-04-16T23:00:00Z");

        assertThat(retrieved(subscription).getPendingUpdate()).isNull();
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("void");
        assertThat(story.eventTypes()).contains("customer.subscription.pending_update_expired", "invoice.voided");
    }

    @Test
    void replacesAPendingUpdateByTheNext() throws StripeException {
        Subscription subscription = upgradePending("pm_card_chargeCustomerFail");
        prefer(subscription.getCustomer(), "pm_card_visa");
        Subscription next = story.update(subscription, to(subscription, story.monthly(3000), 1)
                .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE).setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE));

        assertThat(next.getPendingUpdate()).isNull();
        assertThat(next.getItems().getData().getFirst().getPrice().getUnitAmount()).isEqualTo(3000);
        assertThat(story.stripe.invoices().retrieve(subscription.getLatestInvoice()).getStatus()).isEqualTo("void");
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1500L);
    }

    @Test
    void asksTheCustomerToAuthenticate() throws StripeException {
        Subscription subscription = upgradePending("pm_card_authenticationRequired");
        Subscription expanded = story.stripe.subscriptions().retrieve(subscription.getId(), com.stripe.param.SubscriptionRetrieveParams.builder()
                .addExpand("latest_invoice.confirmation_secret").addExpand("latest_invoice.payments.data.payment").build());
        assertThat(story.eventTypes()).contains("invoice.payment_action_required");
        PaymentIntent intent = intentOf(expanded.getLatestInvoice());
        assertThat(intent.getStatus()).isEqualTo("requires_action");
        assertThat(expanded.getLatestInvoiceObject().getConfirmationSecret().getClientSecret()).isEqualTo(intent.getClientSecret());

        assertThat(story.stripe.paymentIntents().confirm(intent.getId()).getStatus()).isEqualTo("succeeded");
        assertThat(retrieved(subscription).getItems().getData().getFirst().getPrice().getUnitAmount()).isEqualTo(2000);
    }

    @Test
    void recordsADeclinedAttemptAlthoughItAnswersAnError() throws StripeException {
        Subscription subscription = upgradePending("pm_card_authenticationRequired");
        PaymentIntent intent = intentOf(subscription.getLatestInvoice());
        assertThatExceptionOfType(CardException.class).isThrownBy(() -> story.stripe.paymentIntents().confirm(intent.getId(),
                PaymentIntentConfirmParams.builder().setPaymentMethod("pm_card_chargeDeclined").build()));

        assertThat(intentOf(subscription.getLatestInvoice()).getStatus()).isEqualTo("requires_payment_method");
        assertThat(story.latestInvoice(subscription).getAttemptCount()).isEqualTo(2);
    }

    @Test
    void refusesToPendWhatStripeDoesNotPend() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.update(subscription,
                to(subscription, story.monthly(2000), 1).setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE).setCancelAtPeriodEnd(true)))
                .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("cancel_at_period_end"));
    }

    @Test
    void creditsADowngradeToTheBalanceAndUsesItUp() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1);
        story.travelTo("2026-04-16T00:00:00Z");
        story.update(subscription, to(subscription, story.monthly(1000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        Invoice credit = story.latestInvoice(subscription);
        assertThat(credit.getTotal()).isEqualTo(-1000);
        assertThat(credit.getStatus()).isEqualTo("paid");
        assertThat(credit.getEndingBalance()).isEqualTo(-1000);
        assertThat(story.stripe.customers().retrieve(subscription.getCustomer()).getBalance()).isEqualTo(-1000);

        story.travelTo("2026-06-01T00:00:00Z");
        assertThat(story.stripe.customers().balanceTransactions().list(subscription.getCustomer()).getData())
                .extracting(com.stripe.model.CustomerBalanceTransaction::getAmount).containsExactly(1000L, -1000L);
        assertThat(story.latestInvoice(subscription).getAmountDue()).isEqualTo(1000);
    }

    private Subscription upgradePending(String card) throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        prefer(subscription.getCustomer(), card);
        story.travelTo("2026-04-16T00:00:00Z");
        return story.update(subscription, to(subscription, story.monthly(2000), 1)
                .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE).setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE));
    }

    private PaymentMethod prefer(String customer, String card) throws StripeException {
        return prefer(story, customer, card);
    }

    static PaymentMethod prefer(SandboxStory story, String customer, String card) throws StripeException {
        PaymentMethod method = story.stripe.paymentMethods().attach(card, PaymentMethodAttachParams.builder().setCustomer(customer).build());
        story.stripe.customers().update(customer, CustomerUpdateParams.builder().setInvoiceSettings(
                CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(method.getId()).build()).build());
        return method;
    }

    private PaymentIntent intentOf(String invoice) throws StripeException {
        return story.stripe.invoicePayments().list(InvoicePaymentListParams.builder().setInvoice(invoice).addExpand("data.payment.payment_intent").build())
                .getData().getFirst().getPayment().getPaymentIntentObject();
    }

    private Subscription retrieved(Subscription subscription) throws StripeException {
        return story.stripe.subscriptions().retrieve(subscription.getId());
    }
}
