package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionListParams;
import dev.headroom.TestDatabase;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.sandbox.SandboxOptions;
import dev.headroom.stripe.StripeGateway.CreateSubscription;
import dev.headroom.stripe.StripeGateway.PaymentOutcome;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.ItemChange;
import dev.headroom.time.TravellingClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe carries out what it is asked, or does not, and its answer never comes: the same is asked again under the same key, and happens once. */
class TimeOutTest {

    private static final StripeProperties IMPATIENT = new StripeProperties(null, Duration.ofSeconds(5), Duration.ofMillis(400));

    private final TravellingClock clock = new TravellingClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final TestDatabase database = TestDatabase.fresh();
    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private StripeClient stripe;
    private StripeGateway gateway;
    private Customer customer;
    private Price price;

    @BeforeEach
    void aCustomer() throws StripeException {
        sandbox = new Sandbox(database.dataSource(), clock, SandboxOptions.defaults());
        sandbox.start();
        stripe = StripeClient.builder().setApiKey(sandbox.secretKey()).setApiBase(sandbox.url().toString()).build();
        gateway = new StripeGateway(StripeConfiguration.client(new StripeConnection(sandbox.secretKey(), sandbox.url()), IMPATIENT));
        customer = stripe.v1().customers().create(CustomerCreateParams.builder().setName("Acme").setPaymentMethod("pm_card_visa")
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod("pm_card_visa").build()).build());
        String product = stripe.v1().products().create(ProductCreateParams.builder().setName("Plan").build()).getId();
        price = stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(1_000L)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build());
    }

    @AfterEach
    void end() {
        sandbox.close();
        database.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void aStartAndAChangeHappenOnce(String when) throws Exception {
        timeOut("POST /v1/subscriptions", when, 1);
        PaymentOutcome started = gateway.create(new CreateSubscription(customer.getId(), new Sold(price.getId(), 5, List.of()), List.of(), null, null, "ours"), "start");
        assertThat(started).isInstanceOf(PaymentOutcome.Paid.class);
        assertThat(subscriptions()).hasSize(1);

        timeOut("POST /v1/subscriptions/*", when, 1);
        assertThat(gateway.update(to(8), "change")).isInstanceOf(PaymentOutcome.Paid.class);
        assertThat(invoices()).extracting(Invoice::getAmountPaid).containsExactly(3_000L, 5_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void whatNobodyAnsweredThreeTimesIsUnknownAndTheSameKeyTellsWhatItWas(String when) throws Exception {
        gateway.create(new CreateSubscription(customer.getId(), new Sold(price.getId(), 5, List.of()), List.of(), null, null, "ours"), "start");
        timeOut("POST /v1/subscriptions/*", when, 3);

        assertThatExceptionOfType(StripeUnavailableException.class).isThrownBy(() -> gateway.update(to(8), "change"))
                .satisfies(silent -> assertThat(silent.silent()).isTrue());
        assertThat(invoices()).hasSize(when.equals("after") ? 2 : 1);

        assertThat(gateway.update(to(8), "change")).isInstanceOf(PaymentOutcome.Paid.class);
        assertThat(invoices()).extracting(Invoice::getAmountPaid).containsExactly(3_000L, 5_000L);
    }

    @Test
    void whatIsOnlyReadIsReadAgain() throws Exception {
        gateway.create(new CreateSubscription(customer.getId(), new Sold(price.getId(), 5, List.of()), List.of(), null, null, "ours"), "start");
        timeOut("GET /v1/subscriptions*", "before", 2);

        assertThat(gateway.startedAs(customer.getId(), "ours")).isPresent();
    }

    private UpdateSubscription to(long quantity) throws StripeException {
        Subscription bought = subscriptions().getFirst();
        return new UpdateSubscription(
                bought.getId(), List.of(new ItemChange.Put(bought.getItems().getData().getFirst().getId(), price.getId(), quantity, null)), clock.instant(), false, true,
                null, false);
    }

    private List<Subscription> subscriptions() throws StripeException {
        return stripe.v1().subscriptions().list(SubscriptionListParams.builder().setCustomer(customer.getId()).build()).getData();
    }

    private List<Invoice> invoices() throws StripeException {
        return stripe.v1().invoices().list(InvoiceListParams.builder().setCustomer(customer.getId()).build()).getData();
    }

    private void timeOut(String operation, String when, int times) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(sandbox.url().resolve("/_sandbox/faults")).header("Authorization", "Bearer " + sandbox.secretKey())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("operation=" + operation + "&kind=timeout&when=" + when + "&times=" + times)).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
}
