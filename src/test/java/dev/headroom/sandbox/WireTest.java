package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How requests are read and refused, and what answers show. */
class WireTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/customers     | nickname=Acme                                  | 400 | parameter_unknown         | nickname",
        "/v1/customers     | invoice_settings[colour]=red                   | 400 | parameter_unknown         | invoice_settings[colour]",
        "/v1/products      | description=None                               | 400 | parameter_missing         | name",
        "/v1/customers     | balance=ten                                    | 400 | parameter_invalid_integer | balance",
        "/v1/customers/cus_none | name=Acme                                 | 404 | resource_missing          | id",
        "/v1/subscriptions | customer=cus_none&items[0][price]=price_none   | 404 | resource_missing          | customer",
        "/v1/coupons       | percent_off=10&amount_off=5&currency=usd       | 400 | parameter_missing         | percent_off",
    })
    void refusesWithCodeAndParameter(String path, String body, int status, String code, String parameter) throws Exception {
        story.sendsWrongRequests();
        HttpResponse<String> answer = post(path, body, story.sandbox.secretKey());
        JsonNode error = JsonMapper.shared().readTree(answer.body()).path("error");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error.path("code").asString("")).isEqualTo(code);
        assertThat(error.path("param").asString("")).isEqualTo(parameter);
        assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
        assertThat(answer.headers().firstValue("Request-Id")).hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
    }

    @ParameterizedTest
    @CsvSource({"sk_live_1234567890", "sk_test_wrong", "''"})
    void refusesOtherKeys(String key) throws Exception {
        assertThat(post("/v1/customers", "name=Acme", key).statusCode()).isEqualTo(401);
    }

    @Test
    void answersStripesClientWithItsExceptions() {
        StripeClient stranger = StripeClient.builder().setApiKey("sk_test_wrong").setApiBase(story.wire.url().toString()).build();
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> stranger.v1().customers().list());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.customers().retrieve("cus_none"))
                .satisfies(missing -> assertThat(missing.getCode()).isEqualTo("resource_missing"));
    }

    @Test
    void refusesUnknownPaths() throws Exception {
        story.sendsWrongRequests();
        assertThat(post("/v1/unicorns", "", story.sandbox.secretKey()).statusCode()).isEqualTo(404);
    }

    @Test
    void pagesNewestFirstInBothDirections() throws StripeException {
        for (int i = 1; i <= 5; i++) {
            story.stripe.customers().create(CustomerCreateParams.builder().setName("C" + i).build());
        }
        StripeCollection<Customer> first = story.stripe.customers().list(CustomerListParams.builder().setLimit(2L).build());
        StripeCollection<Customer> second = story.stripe.customers().list(CustomerListParams.builder().setLimit(2L)
                .setStartingAfter(first.getData().getLast().getId()).build());
        StripeCollection<Customer> back = story.stripe.customers().list(CustomerListParams.builder().setLimit(2L)
                .setEndingBefore(second.getData().getFirst().getId()).build());

        assertThat(names(first)).containsExactly("C5", "C4");
        assertThat(first.getHasMore()).isTrue();
        assertThat(names(second)).containsExactly("C3", "C2");
        assertThat(names(back)).containsExactly("C5", "C4");
        assertThat(back.getHasMore()).isFalse();
    }

    @Test
    void expandsToFourLevelsAndNoDeeper() throws StripeException {
        story.sendsWrongRequests();
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Subscription expanded = story.stripe.subscriptions().retrieve(subscription.getId(), SubscriptionRetrieveParams.builder()
                .addExpand("customer").addExpand("items.data.price.product").addExpand("latest_invoice.payments").build());

        assertThat(expanded.getCustomerObject().getName()).isEqualTo("Acme");
        assertThat(expanded.getItems().getData().getFirst().getPrice().getProductObject().getName()).isEqualTo("Plan 1000");
        assertThat(expanded.getLatestInvoiceObject().getPayments().getData()).hasSize(1);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptions().retrieve(subscription.getId(),
                SubscriptionRetrieveParams.builder().addExpand("a.b.c.d.e").build()));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptions().retrieve(subscription.getId(),
                SubscriptionRetrieveParams.builder().addExpand("status").build()));
    }

    @Test
    void movesALookupKeyToTheNextPrice() throws StripeException {
        Price first = keyed(story.product("Plan").getId(), false);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> keyed(first.getProduct(), false));
        Price second = keyed(first.getProduct(), true);

        assertThat(story.stripe.prices().list(PriceListParams.builder().addLookupKey("team").build()).getData())
                .extracting(Price::getId).containsExactly(second.getId());
        assertThat(story.stripe.prices().retrieve(first.getId()).getLookupKey()).isNull();
    }

    @Test
    void showsTiersOnlyWhenAsked() throws StripeException {
        Price price = story.stripe.prices().create(PriceCreateParams.builder().setCurrency("usd").setProduct(story.product("Tiered").getId())
                .setBillingScheme(PriceCreateParams.BillingScheme.TIERED).setTiersMode(PriceCreateParams.TiersMode.GRADUATED)
                .addTier(PriceCreateParams.Tier.builder().setUpTo(10L).setUnitAmount(100L).setFlatAmount(500L).build())
                .addTier(PriceCreateParams.Tier.builder().setUpTo(PriceCreateParams.Tier.UpTo.INF).setUnitAmountDecimal(new java.math.BigDecimal("80.5")).build())
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build());
        assertThat(price.getTiers()).isNull();
        assertThat(story.stripe.prices().retrieve(price.getId(), PriceRetrieveParams.builder().addExpand("tiers").build()).getTiers()).hasSize(2);

        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 13);
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(500 + 1000 + 242);
    }

    @Test
    void keepsOneCurrencyPerCustomer() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        story.subscribe(customer, story.monthly(1000), 1);
        Price euros = story.stripe.prices().create(PriceCreateParams.builder().setCurrency("eur").setProduct(story.product("Euro").getId()).setUnitAmount(900L)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptions().create(SubscriptionCreateParams.builder()
                .setCustomer(customer.getId()).addItem(SubscriptionCreateParams.Item.builder().setPrice(euros.getId()).build()).build()));
    }

    @Test
    void keepsItsStateAndItsKeyThroughARestart() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        String key = story.sandbox.secretKey();
        story.restart();

        assertThat(story.sandbox.secretKey()).isEqualTo(key);
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getBillingReason()).isEqualTo("subscription_cycle");
    }

    private Price keyed(String product, boolean transfer) throws StripeException {
        return story.stripe.prices().create(PriceCreateParams.builder().setCurrency("usd").setProduct(product).setUnitAmount(100L).setLookupKey("team")
                .setTransferLookupKey(transfer)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build());
    }

    private static List<String> names(StripeCollection<Customer> customers) {
        return customers.getData().stream().map(Customer::getName).toList();
    }

    private HttpResponse<String> post(String path, String body, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(story.wire.url() + path)).header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
