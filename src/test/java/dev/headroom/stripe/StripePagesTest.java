package dev.headroom.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.headroom.TestDatabase;
import dev.headroom.sandbox.Sandbox;
import dev.headroom.sandbox.SandboxOptions;
import dev.headroom.stripe.StripeAccountGateway.Page;
import dev.headroom.stripe.StripeScheduleGateway.Sold;
import dev.headroom.stripe.StripeSubscription.Item;
import dev.headroom.time.TravellingClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe answers in pages; what stands on a later one is there all the same. */
class StripePagesTest {

    private static final int MORE_THAN_A_PAGE = 101;

    private final TravellingClock clock = new TravellingClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final TestDatabase database = TestDatabase.fresh();
    private Sandbox sandbox;
    private StripeClient stripe;
    private Customer customer;
    private Price price;

    @BeforeEach
    void aCustomer() throws StripeException {
        sandbox = new Sandbox(database.dataSource(), clock, SandboxOptions.defaults());
        sandbox.start();
        stripe = StripeClient.builder().setApiKey(sandbox.secretKey()).setApiBase(sandbox.url().toString()).build();
        customer = stripe.v1().customers().create(CustomerCreateParams.builder().setName("Acme").setPaymentMethod("pm_card_visa")
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod("pm_card_visa").build()).build());
        price = price();
    }

    @AfterEach
    void end() {
        sandbox.close();
        database.close();
    }

    @Test
    void aStartIsFoundBehindAHundredOthers() throws StripeException {
        Subscription first = trial("the first");
        for (int i = 1; i < MORE_THAN_A_PAGE; i++) {
            trial("later " + i);
        }

        StripeGateway gateway = new StripeGateway(stripe);

        assertThat(gateway.startedAs(customer.getId(), "the first")).map(StripeSubscription::id).contains(first.getId());
        assertThat(gateway.startedAs(customer.getId(), "nobody's")).isEmpty();
    }

    @Test
    void allInvoicesAreReadAndWithThemWhatPaidThem() throws StripeException {
        Subscription subscription = subscribe(List.of(price), "a");
        for (int i = 1; i < MORE_THAN_A_PAGE; i++) {
            clock.travelTo(clock.instant().plus(Duration.ofHours(2)));
            stripe.v1().subscriptions().update(subscription.getId(), SubscriptionUpdateParams.builder()
                    .addItem(SubscriptionUpdateParams.Item.builder().setId(subscription.getItems().getData().getFirst().getId()).setQuantity(1L + i).build())
                    .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE).build());
        }

        assertThat(new StripeGateway(stripe).invoices(subscription.getId()).map(StripeInvoice::id).distinct()).hasSize(MORE_THAN_A_PAGE);
        assertThat(new StripeInvoiceGateway(stripe, new OveragePriceGateway(stripe)).ofCustomer(customer.getId())).hasSize(MORE_THAN_A_PAGE)
                .last().satisfies(oldest -> assertThat(oldest.reason()).isEqualTo("subscription_create"));
    }

    @Test
    void allItemsOfASubscriptionAreReadWithTheirDiscounts() throws StripeException {
        Subscription subscription = aDozen();
        String last = last(subscription).id();
        stripe.v1().coupons().create(CouponCreateParams.builder().setId("own").setPercentOff(BigDecimal.TEN).setDuration(CouponCreateParams.Duration.FOREVER).build());
        stripe.v1().subscriptions().update(subscription.getId(), SubscriptionUpdateParams.builder().addItem(SubscriptionUpdateParams.Item.builder()
                .setId(last).addDiscount(SubscriptionUpdateParams.Item.Discount.builder().setCoupon("own").build()).build()).build());

        Page<StripeSubscription> listed = new StripeAccountGateway(stripe).subscriptions(null);

        assertThat(last(subscription).discounts()).extracting(StripeSubscription.ItemDiscount::coupon).containsExactly("own");
        assertThat(listed.data()).singleElement().satisfies(each -> {
            assertThat(each.items()).hasSize(12);
            assertThat(each.items().getLast().discounts()).hasSize(1);
        });
    }

    @Test
    void whatIsArrangedForTheNextPeriodKeepsEveryItemOfTheRunningOne() throws StripeException {
        Subscription subscription = aDozen();
        Instant ends = last(subscription).period().until();

        new StripeScheduleGateway(stripe).change(subscription.getId(), ends, List.of(new Sold(price.getId(), 3, List.of())), List.of(), false);

        String schedule = stripe.v1().subscriptions().retrieve(subscription.getId()).getSchedule();
        assertThat(stripe.v1().subscriptionSchedules().retrieve(schedule).getPhases()).extracting(phase -> phase.getItems().size()).containsExactly(12, 1);
        assertThat(new StripeGateway(stripe).subscription(subscription.getId()).items()).hasSize(12);
    }

    @Test
    void whatWaitsForTheNextInvoiceIsFoundBehindAHundredOfAnotherSubscription() throws StripeException {
        String one = subscribe(List.of(price), "one").getId();
        String other = subscribe(List.of(price), "other").getId();
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            byHand(other);
        }
        StripeGateway gateway = new StripeGateway(stripe);

        assertThat(gateway.waitsForAnInvoice(customer.getId(), one)).isFalse();
        assertThat(gateway.waitsForAnInvoice(customer.getId(), other)).isTrue();
    }

    private void byHand(String subscription) throws StripeException {
        stripe.v1().invoiceItems().create(InvoiceItemCreateParams.builder()
                .setCustomer(customer.getId()).setSubscription(subscription).setAmount(100L).setCurrency("usd").build());
    }

    private Item last(Subscription subscription) {
        return new StripeGateway(stripe).subscription(subscription.getId()).items().getLast();
    }

    private Subscription aDozen() throws StripeException {
        List<Price> prices = Stream.iterate(0, i -> i < 12, i -> i + 1).map(i -> price()).toList();
        return subscribe(prices, "a dozen");
    }

    private Price price() {
        try {
            String product = stripe.v1().products().create(ProductCreateParams.builder().setName("Plan").build()).getId();
            return stripe.v1().prices().create(PriceCreateParams.builder().setProduct(product).setCurrency("usd").setUnitAmount(1_000L)
                    .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build());
        } catch (StripeException failed) {
            throw new AssertionError(failed);
        }
    }

    private Subscription trial(String reference) throws StripeException {
        return stripe.v1().subscriptions().create(begun(List.of(price), reference).setTrialPeriodDays(14L).build());
    }

    private Subscription subscribe(List<Price> prices, String reference) throws StripeException {
        return stripe.v1().subscriptions().create(begun(prices, reference).build());
    }

    private SubscriptionCreateParams.Builder begun(List<Price> prices, String reference) {
        SubscriptionCreateParams.Builder parameters = SubscriptionCreateParams.builder()
                .setCustomer(customer.getId()).putMetadata(StripeSubscription.REFERENCE, reference);
        prices.forEach(each -> parameters.addItem(SubscriptionCreateParams.Item.builder().setPrice(each.getId()).build()));
        return parameters;
    }
}
