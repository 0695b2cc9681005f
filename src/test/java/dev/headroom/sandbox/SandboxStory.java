package dev.headroom.sandbox;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.service.V1Services;
import dev.headroom.TestDatabase;
import dev.headroom.stripe.spec.StripeWireCheck;
import dev.headroom.time.TravellingClock;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** A sandbox with a clock to travel, driven by the real stripe-java through the wire check. */
final class SandboxStory implements AutoCloseable {

    final TravellingClock clock;
    final TestDatabase database = TestDatabase.fresh();
    Sandbox sandbox;
    StripeWireCheck wire;
    StripeClient client;
    V1Services stripe;
    private final SandboxOptions options;
    private boolean wrongRequests;

    SandboxStory(String start) {
        this(start, SandboxOptions.defaults());
    }

    SandboxStory(String start, SandboxOptions options) {
        this.options = options;
        clock = new TravellingClock(Instant.parse(start));
        open();
    }

    void open() {
        sandbox = new Sandbox(database.dataSource(), clock, options);
        sandbox.start();
        wire = StripeWireCheck.before(sandbox.url());
        client = StripeClient.builder().setApiKey(sandbox.secretKey()).setApiBase(wire.url().toString()).setMaxNetworkRetries(0).build();
        stripe = client.v1();
    }

    /** Ends the process as far as the sandbox is concerned, and starts the next one on the same database. */
    void restart() {
        wire.requireClean();
        wire.close();
        sandbox.close();
        open();
    }

    void travelTo(String instant) {
        travelTo(Instant.parse(instant));
    }

    void travelTo(Instant instant) {
        clock.travelTo(instant);
        sandbox.catchUp();
    }

    Customer customer(String card) throws StripeException {
        return stripe.customers().create(CustomerCreateParams.builder().setName("Acme").setEmail("billing@acme.example")
                .setPaymentMethod(card)
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod(card).build()).build());
    }

    Product product(String name) throws StripeException {
        return stripe.products().create(ProductCreateParams.builder().setName(name).build());
    }

    Price monthly(long amount) throws StripeException {
        return price(amount, PriceCreateParams.Recurring.Interval.MONTH);
    }

    Price yearly(long amount) throws StripeException {
        return price(amount, PriceCreateParams.Recurring.Interval.YEAR);
    }

    private Price price(long amount, PriceCreateParams.Recurring.Interval interval) throws StripeException {
        return stripe.prices().create(PriceCreateParams.builder().setCurrency("usd").setProduct(product("Plan " + amount).getId()).setUnitAmount(amount)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(interval).build()).build());
    }

    Subscription subscribe(Customer customer, Price price, long quantity) throws StripeException {
        return subscribe(customer, price, quantity, params -> params);
    }

    Subscription subscribe(Customer customer, Price price, long quantity, UnaryOperator<SubscriptionCreateParams.Builder> more) throws StripeException {
        return stripe.subscriptions().create(more.apply(SubscriptionCreateParams.builder().setCustomer(customer.getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).setQuantity(quantity).build())
                .setBillingMode(SubscriptionCreateParams.BillingMode.builder().setType(SubscriptionCreateParams.BillingMode.Type.FLEXIBLE).build())).build());
    }

    static UnaryOperator<SubscriptionCreateParams.Builder> classic() {
        return params -> params.setBillingMode(SubscriptionCreateParams.BillingMode.builder().setType(SubscriptionCreateParams.BillingMode.Type.CLASSIC).build());
    }

    /** Moves the first item to a price and quantity. */
    static SubscriptionUpdateParams.Builder to(Subscription subscription, Price price, long quantity) {
        return SubscriptionUpdateParams.builder().addItem(SubscriptionUpdateParams.Item.builder()
                .setId(subscription.getItems().getData().getFirst().getId()).setPrice(price.getId()).setQuantity(quantity).build());
    }

    Subscription update(Subscription subscription, SubscriptionUpdateParams.Builder params) throws StripeException {
        return stripe.subscriptions().update(subscription.getId(), params.build());
    }

    Invoice latestInvoice(Subscription subscription) throws StripeException {
        return stripe.invoices().retrieve(stripe.subscriptions().retrieve(subscription.getId()).getLatestInvoice());
    }

    static List<Long> amounts(Invoice invoice) {
        return invoice.getLines().getData().stream().map(InvoiceLineItem::getAmount).toList();
    }

    List<String> eventTypes() throws StripeException {
        return stripe.events().list(EventListParams.builder().setLimit(100L).build()).getData().reversed().stream().map(Event::getType).toList();
    }

    /** Wrong requests are part of the story: only answers are held against the specification. */
    void sendsWrongRequests() {
        wrongRequests = true;
    }

    /** Ends the story; everything that went over the wire, and every event, must have been as Stripe specifies. */
    @Override
    public void close() {
        try {
            eventTypes();
            if (wrongRequests) {
                wire.requireCleanAnswers();
            } else {
                wire.requireClean();
            }
        } catch (StripeException failed) {
            throw new AssertionError(failed);
        } finally {
            stop();
        }
    }

    private void stop() {
        wire.close();
        sandbox.close();
        database.close();
    }
}
