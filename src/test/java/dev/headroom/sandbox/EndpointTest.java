package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.WebhookEndpoint;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponUpdateParams;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.ProductUpdateParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointUpdateParams;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each kind of object through its life. */
class EndpointTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void customersComeAndGo() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        story.stripe.customers().update(customer.getId(), CustomerUpdateParams.builder().setName("Acme Inc").putMetadata("tier", "gold")
                .setAddress(CustomerUpdateParams.Address.builder().setCity("Berlin").setCountry("DE").build()).build());
        Customer expanded = story.stripe.customers().retrieve(customer.getId(), CustomerRetrieveParams.builder().addExpand("subscriptions").build());
        assertThat(expanded.getSubscriptions().getData()).hasSize(1);
        assertThat(expanded.getAddress().getCity()).isEqualTo("Berlin");
        assertThat(story.stripe.customers().list(CustomerListParams.builder().setEmail("billing@acme.example").build()).getData()).hasSize(1);

        assertThat(story.stripe.customers().delete(customer.getId()).getDeleted()).isTrue();
        assertThat(story.stripe.customers().retrieve(customer.getId()).getDeleted()).isTrue();
        assertThat(story.stripe.customers().list().getData()).isEmpty();
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getStatus()).isEqualTo("canceled");
    }

    @Test
    void balancesAreAdjustedAndSpent() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        story.stripe.customers().balanceTransactions().create(customer.getId(), CustomerBalanceTransactionCreateParams.builder()
                .setAmount(-300L).setCurrency("usd").setDescription("Sorry").build());
        Invoice invoice = story.latestInvoice(story.subscribe(customer, story.monthly(1000), 1));
        assertThat(List.of(invoice.getStartingBalance(), invoice.getAmountDue(), invoice.getEndingBalance())).containsExactly(-300L, 700L, 0L);

        story.stripe.customers().update(customer.getId(), CustomerUpdateParams.builder().setBalance(500L).build());
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(story.stripe.invoices().list().getData().getFirst().getAmountDue()).isEqualTo(1500);
    }

    @Test
    void paymentMethodsAreAttachedListedAndDetached() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        PaymentMethod method = story.stripe.paymentMethods().attach("pm_card_mastercard", PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build());
        assertThat(story.stripe.paymentMethods().list(PaymentMethodListParams.builder().setCustomer(customer.getId())
                .setType(PaymentMethodListParams.Type.CARD).build()).getData()).hasSize(2);
        assertThat(story.stripe.customers().paymentMethods().list(customer.getId()).getData()).hasSize(2);
        assertThat(story.stripe.customers().paymentMethods().retrieve(customer.getId(), method.getId()).getCard().getLast4()).isEqualTo("4444");

        String preferred = customer.getInvoiceSettings().getDefaultPaymentMethod();
        assertThat(story.stripe.paymentMethods().detach(preferred).getCustomer()).isNull();
        assertThat(story.stripe.customers().retrieve(customer.getId()).getInvoiceSettings().getDefaultPaymentMethod()).isNull();
        assertThat(story.stripe.paymentMethods().retrieve(method.getId()).getCustomer()).isEqualTo(customer.getId());
    }

    @Test
    void productsAndPricesAreArchived() throws StripeException {
        Product product = story.product("Plan");
        Price price = story.stripe.prices().create(PriceCreateParams.builder().setCurrency("usd").setUnitAmountDecimal(new BigDecimal("0.04"))
                .setProductData(PriceCreateParams.ProductData.builder().setName("Calls").build())
                .setTransformQuantity(PriceCreateParams.TransformQuantity.builder().setDivideBy(10L).setRound(PriceCreateParams.TransformQuantity.Round.UP).build())
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.YEAR).setIntervalCount(1L).build()).build());
        assertThat(price.getUnitAmount()).isNull();
        assertThat(price.getUnitAmountDecimal()).isEqualByComparingTo("0.04");
        story.stripe.prices().update(price.getId(), PriceUpdateParams.builder().setActive(false).setNickname("old").build());
        assertThat(story.stripe.prices().list(PriceListParams.builder().setActive(true).build()).getData()).isEmpty();
        assertThat(story.stripe.prices().list(PriceListParams.builder().setProduct(price.getProduct()).build()).getData()).hasSize(1);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.subscribe(story.customer("pm_card_visa"), price, 1));

        story.stripe.products().update(product.getId(), ProductUpdateParams.builder().setActive(false).setDescription("gone").build());
        assertThat(story.stripe.products().retrieve(product.getId()).getActive()).isFalse();
        assertThat(story.stripe.products().delete(product.getId()).getDeleted()).isTrue();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.products().delete(price.getProduct()));
        assertThat(story.stripe.products().list().getData()).hasSize(1);
    }

    @Test
    void couponsOutliveTheirDeletionInDiscounts() throws StripeException {
        Coupon coupon = story.stripe.coupons().create(CouponCreateParams.builder().setId("HALF").setPercentOff(new BigDecimal("50"))
                .setDuration(CouponCreateParams.Duration.FOREVER).setMaxRedemptions(1L).build());
        story.stripe.coupons().update("HALF", CouponUpdateParams.builder().setName("Half off").build());
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1,
                params -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(coupon.getId()).build()));
        assertThat(story.stripe.coupons().retrieve("HALF").getValid()).isFalse();
        assertThat(story.stripe.coupons().list().getData()).hasSize(1);
        assertThat(story.stripe.coupons().delete("HALF").getDeleted()).isTrue();

        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(500);
        Subscription expanded = story.stripe.subscriptions().retrieve(subscription.getId(), SubscriptionRetrieveParams.builder()
                .addExpand("discounts").addExpand("discounts.source.coupon").build());
        assertThat(expanded.getDiscountObjects().getFirst().getSource().getCouponObject().getName()).isEqualTo("Half off");
        Subscription cleared = story.update(subscription, SubscriptionUpdateParams.builder().setDiscounts(com.stripe.param.common.EmptyParam.EMPTY));
        assertThat(cleared.getDiscounts()).isEmpty();
    }

    @Test
    void itemsAreAddedChangedAndRemovedOneByOne() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo("2026-04-16T00:00:00Z");
        SubscriptionItem added = story.stripe.subscriptionItems().create(SubscriptionItemCreateParams.builder().setSubscription(subscription.getId())
                .setPrice(story.monthly(500).getId()).setQuantity(2L).setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.ALWAYS_INVOICE).build());
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(500L);
        story.stripe.subscriptionItems().update(added.getId(), SubscriptionItemUpdateParams.builder().setQuantity(4L).putMetadata("why", "growth").build());
        assertThat(story.stripe.subscriptionItems().retrieve(added.getId()).getQuantity()).isEqualTo(4);
        assertThat(story.stripe.subscriptionItems().list(SubscriptionItemListParams.builder().setSubscription(subscription.getId()).build()).getData()).hasSize(2);
        assertThat(story.stripe.subscriptionItems().delete(added.getId()).getDeleted()).isTrue();

        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1000L, -1000L, 1000L);
        assertThat(story.latestInvoice(subscription).getLines().getData().getFirst().getParent().getInvoiceItemDetails().getProration()).isTrue();
    }

    @Test
    void cancellingAtOnceMayCreditTheRest() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo("2026-04-16T00:00:00Z");
        Subscription canceled = story.stripe.subscriptions().cancel(subscription.getId(), SubscriptionCancelParams.builder().setInvoiceNow(true).setProrate(true)
                .setCancellationDetails(SubscriptionCancelParams.CancellationDetails.builder().setComment("bye").build()).build());
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getCancellationDetails().getComment()).isEqualTo("bye");
        assertThat(story.stripe.customers().retrieve(subscription.getCustomer()).getBalance()).isEqualTo(-500);
        assertThat(story.stripe.subscriptions().list(SubscriptionListParams.builder().setStatus(SubscriptionListParams.Status.ALL).build()).getData()).hasSize(1);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.update(subscription, SandboxStory.to(subscription, story.monthly(2000), 1)));
    }

    @Test
    void firstPeriodsMayEndEarlyAtAnAnchor() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1,
                params -> params.setBillingCycleAnchor(Instant.parse("2026-04-11T00:00:00Z").getEpochSecond()));
        // The cycle that ends on April 11th began on March 11th: 10 of its 31 days are left.
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(968);
        story.travelTo("2026-04-11T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(3000);
    }

    @Test
    void previewsShowNewSubscriptionsAndNextRenewals() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Price price = story.monthly(1000);
        Invoice first = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setCustomer(customer.getId())
                .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                        .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder().setPrice(price.getId()).setQuantity(3L).build()).build()).build());
        assertThat(first.getAmountDue()).isEqualTo(3000);
        assertThat(story.stripe.subscriptions().list().getData()).isEmpty();

        Subscription subscription = story.subscribe(customer, price, 2);
        Invoice next = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build());
        assertThat(next.getTotal()).isEqualTo(2000);
        assertThat(next.getBillingReason()).isEqualTo("upcoming");
        story.update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.invoices().createPreview(
                InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build()))
                .satisfies(none -> assertThat(none.getCode()).isEqualTo("invoice_upcoming_none"));
    }

    @Test
    void linesOfAnInvoiceArePaged() throws StripeException {
        List<Price> prices = IntStream.rangeClosed(1, 12).mapToObj(i -> {
            try {
                return story.monthly(100L * i);
            } catch (StripeException refused) {
                throw new IllegalStateException(refused);
            }
        }).toList();
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), prices.getFirst(), 1, params -> {
            prices.subList(1, 12).forEach(price -> params.addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build()));
            return params;
        });
        var first = story.stripe.invoices().lineItems().list(subscription.getLatestInvoice(), InvoiceLineItemListParams.builder().setLimit(5L).build());
        var second = story.stripe.invoices().lineItems().list(subscription.getLatestInvoice(), InvoiceLineItemListParams.builder().setLimit(10L)
                .setStartingAfter(first.getData().getLast().getId()).build());
        assertThat(first.getHasMore()).isTrue();
        assertThat(second.getHasMore()).isFalse();
        assertThat(second.getData()).hasSize(7);
        assertThat(story.stripe.invoices().list(InvoiceListParams.builder().setCustomer(subscription.getCustomer()).setStatus(InvoiceListParams.Status.PAID).build())
                .getData()).hasSize(1);
    }

    @Test
    void webhookEndpointsAndEventsAreListed() throws StripeException {
        WebhookEndpoint endpoint = story.stripe.webhookEndpoints().create(WebhookEndpointCreateParams.builder().setUrl("http://127.0.0.1:9/none")
                .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.CUSTOMER__CREATED).build());
        assertThat(story.stripe.webhookEndpoints().update(endpoint.getId(), WebhookEndpointUpdateParams.builder().setDisabled(true).build()).getStatus()).isEqualTo("disabled");
        assertThat(story.stripe.webhookEndpoints().list().getData()).hasSize(1);
        assertThat(story.stripe.webhookEndpoints().delete(endpoint.getId()).getDeleted()).isTrue();
        story.customer("pm_card_visa");
        Event event = story.stripe.events().list().getData().getFirst();
        assertThat(story.stripe.events().retrieve(event.getId()).getType()).isEqualTo("customer.created");
        story.travelTo("2026-05-02T00:00:00Z");
        assertThat(story.stripe.events().list().getData()).isEmpty();
    }
}
