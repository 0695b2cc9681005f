package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.SetupIntentCancelParams;
import com.stripe.param.SetupIntentConfirmParams;
import com.stripe.param.SetupIntentCreateParams;
import com.stripe.param.SetupIntentListParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cards that are saved for later. */
class SetupIntentTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void savesACardForItsCustomer() throws StripeException {
        Customer customer = nobody();
        SetupIntent intent = story.stripe.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(customer.getId())
                .setUsage(SetupIntentCreateParams.Usage.OFF_SESSION).putMetadata("why", "later")
                .setAutomaticPaymentMethods(SetupIntentCreateParams.AutomaticPaymentMethods.builder().setEnabled(true).build()).build());
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
        assertThat(intent.getClientSecret()).startsWith(intent.getId() + "_secret_");
        SetupIntent confirmed = confirm(intent, "pm_card_mastercard");
        assertThat(confirmed.getStatus()).isEqualTo("succeeded");
        PaymentMethod method = methods(customer).getFirst();
        assertThat(method.getId()).isEqualTo(confirmed.getPaymentMethod());
        assertThat(method.getCard().getLast4()).isEqualTo("4444");
        assertThat(story.stripe.setupIntents().retrieve(intent.getId()).getMetadata()).containsEntry("why", "later");
        assertThat(story.stripe.setupIntents().list(SetupIntentListParams.builder().setCustomer(customer.getId()).setPaymentMethod(method.getId()).build()).getData()).hasSize(1);
        assertThat(story.eventTypes()).contains("setup_intent.created", "payment_method.attached", "setup_intent.succeeded");

        assertThat(story.stripe.paymentMethods().detach(method.getId()).getCustomer()).isNull();
        assertThat(methods(customer)).isEmpty();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.paymentMethods().detach(method.getId()));
    }

    @Test
    void waitsForTheCustomerWhenTheBankAsks() throws StripeException {
        Customer customer = nobody();
        SetupIntent intent = story.stripe.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(customer.getId())
                .setPaymentMethod("pm_card_authenticationRequired").setConfirm(true).setReturnUrl("https://acme.example/done").build());
        assertThat(intent.getStatus()).isEqualTo("requires_action");
        assertThat(intent.getNextAction().getType()).isEqualTo("use_stripe_sdk");
        assertThat(intent.getClientSecret()).isNotNull();
        assertThat(methods(customer)).as("nothing is saved yet").isEmpty();

        SetupIntent authenticated = story.stripe.setupIntents().confirm(intent.getId());
        assertThat(authenticated.getStatus()).isEqualTo("succeeded");
        assertThat(authenticated.getNextAction()).isNull();
        assertThat(methods(customer)).hasSize(1);
        assertThat(story.eventTypes()).contains("setup_intent.requires_action", "setup_intent.succeeded");
    }

    @Test
    void isConfirmedInTheBrowserWithItsSecret() throws Exception {
        story.sendsWrongRequests();
        SetupIntent intent = story.stripe.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(nobody().getId()).build());
        assertThat(fromTheBrowser(intent, "seti_other_secret").statusCode()).isEqualTo(404);
        assertThat(fromTheBrowser(intent, intent.getClientSecret()).statusCode()).isEqualTo(200);
        assertThat(story.stripe.setupIntents().retrieve(intent.getId()).getStatus()).isEqualTo("succeeded");
    }

    @Test
    void saysWhyACardIsNotSavedAndTakesTheNext() throws StripeException {
        Customer customer = nobody();
        SetupIntent intent = story.stripe.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(customer.getId()).build());
        assertThatExceptionOfType(CardException.class).isThrownBy(() -> confirm(intent, "pm_card_chargeDeclinedInsufficientFunds")).satisfies(declined -> {
            assertThat(declined.getStatusCode()).isEqualTo(402);
            assertThat(declined.getCode()).isEqualTo("card_declined");
            assertThat(declined.getDeclineCode()).isEqualTo("insufficient_funds");
            assertThat(declined.getStripeError().getSetupIntent().getId()).isEqualTo(intent.getId());
        });
        SetupIntent failed = story.stripe.setupIntents().retrieve(intent.getId());
        assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
        assertThat(failed.getLastSetupError().getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(methods(customer)).isEmpty();

        assertThat(confirm(intent, "pm_card_chargeCustomerFail").getStatus()).as("this card fails only when it is charged").isEqualTo("succeeded");
        assertThat(story.stripe.setupIntents().retrieve(intent.getId()).getLastSetupError()).isNull();
        assertThat(story.eventTypes()).contains("setup_intent.setup_failed");
    }

    @Test
    void refusesWhatItCannotDo() throws StripeException {
        SetupIntent empty = story.stripe.setupIntents().create(SetupIntentCreateParams.builder().build());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.setupIntents().confirm(empty.getId()))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("setup_intent_unexpected_state"));
        assertThat(story.stripe.setupIntents().cancel(empty.getId(), SetupIntentCancelParams.builder()
                .setCancellationReason(SetupIntentCancelParams.CancellationReason.ABANDONED).build()).getStatus()).isEqualTo("canceled");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> confirm(empty, "pm_card_visa"));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.setupIntents().retrieve("seti_none"))
                .satisfies(missing -> assertThat(missing.getCode()).isEqualTo("resource_missing"));

        String owned = story.customer("pm_card_visa").getInvoiceSettings().getDefaultPaymentMethod();
        SetupIntent stranger = story.stripe.setupIntents().create(SetupIntentCreateParams.builder().setCustomer(nobody().getId()).build());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> confirm(stranger, owned)).withMessageContaining("already been attached");
    }

    private Customer nobody() throws StripeException {
        return story.stripe.customers().create(CustomerCreateParams.builder().setName("Nobody").build());
    }

    private SetupIntent confirm(SetupIntent intent, String card) throws StripeException {
        return story.stripe.setupIntents().confirm(intent.getId(), SetupIntentConfirmParams.builder().setPaymentMethod(card).build());
    }

    private List<PaymentMethod> methods(Customer customer) throws StripeException {
        return story.stripe.paymentMethods().list(PaymentMethodListParams.builder().setCustomer(customer.getId()).build()).getData();
    }

    private HttpResponse<String> fromTheBrowser(SetupIntent intent, String secret) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(story.wire.url() + "/v1/setup_intents/" + intent.getId() + "/confirm"))
                .header("Authorization", "Bearer pk_test_anybody").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("client_secret=" + secret + "&payment_method=pm_card_visa")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
