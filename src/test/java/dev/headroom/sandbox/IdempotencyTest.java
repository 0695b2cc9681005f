package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.SubscriptionCreateParams;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first answer to a key is every answer to it. */
class IdempotencyTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void repeatsTheFirstAnswer() throws StripeException {
        Customer first = create("Acme", "key-1");
        Customer second = create("Acme", "key-1");

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(story.stripe.customers().list().getData()).hasSize(1);
    }

    @Test
    void refusesOtherParametersUnderTheSameKey() throws StripeException {
        create("Acme", "key-1");
        assertThatExceptionOfType(IdempotencyException.class).isThrownBy(() -> create("Other", "key-1"))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(400));
    }

    @Test
    void repeatsADeclineEvenWhenTheCardIsGoodByThen() throws StripeException {
        Customer customer = story.customer("pm_card_chargeDeclined");
        Price price = story.monthly(1000);
        assertThatExceptionOfType(CardException.class).isThrownBy(() -> subscribe(customer, price, "key-2"));
        String good = story.stripe.paymentMethods().attach("pm_card_visa", PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build()).getId();
        story.stripe.customers().update(customer.getId(), CustomerUpdateParams.builder().setInvoiceSettings(
                CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(good).build()).build());

        assertThatExceptionOfType(CardException.class).isThrownBy(() -> subscribe(customer, price, "key-2"));
        assertThat(subscribe(customer, price, "key-3").getStatus()).isEqualTo("active");
    }

    @Test
    void forgetsAnInvalidRequest() throws StripeException {
        story.sendsWrongRequests();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.customers().update("cus_none",
                CustomerUpdateParams.builder().setName("Acme").build(), key("key-4")));
        assertThat(create("Acme", "key-4").getName()).isEqualTo("Acme");
    }

    @Test
    void repeatsTheFirstAnswerAfterARestart() throws StripeException {
        Customer first = create("Acme", "key-5");
        story.restart();
        assertThat(create("Acme", "key-5").getId()).isEqualTo(first.getId());
    }

    @Test
    void forgetsAKeyAfterADay() throws StripeException {
        Customer first = create("Acme", "key-6");
        story.travelTo("2026-04-02T00:00:01Z");
        assertThat(create("Acme", "key-6").getId()).isNotEqualTo(first.getId());
    }

    @Test
    void actsOnceHoweverManyAskAtTheSameTime() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> request = () -> {
                try {
                    return create("Acme", "key-7").getId();
                } catch (StripeException conflict) {
                    assertThat(conflict.getStatusCode()).isEqualTo(409);
                    return "conflict";
                }
            };
            List<Future<String>> answers = threads.invokeAll(java.util.Collections.nCopies(12, request));
            List<String> distinct = answers.stream().map(Future::resultNow).filter(answer -> !answer.equals("conflict")).distinct().toList();
            assertThat(distinct).hasSize(1);
        }
        assertThat(story.stripe.customers().list().getData()).hasSize(1);
    }

    private Customer create(String name, String key) throws StripeException {
        return story.stripe.customers().create(CustomerCreateParams.builder().setName(name).build(), key(key));
    }

    private Subscription subscribe(Customer customer, Price price, String key) throws StripeException {
        return story.stripe.subscriptions().create(SubscriptionCreateParams.builder().setCustomer(customer.getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build())
                .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ERROR_IF_INCOMPLETE).build(), key(key));
    }

    private static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
