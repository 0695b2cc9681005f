package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many at once: one customer's changes happen one after the other, and time acts once. */
class ConcurrencyTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void changesOfOneCustomerQueueUp() throws Exception {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        List<Callable<Subscription>> changes = LongStream.rangeClosed(2, 13).<Callable<Subscription>>mapToObj(quantity -> () ->
                story.update(subscription, SandboxStory.to(subscription, price, quantity)
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE))).toList();
        all(changes);

        List<Invoice> invoices = story.stripe.invoices().list(InvoiceListParams.builder().setLimit(100L).build()).getData();
        long quantity = story.stripe.subscriptions().retrieve(subscription.getId()).getItems().getData().getFirst().getQuantity();
        assertThat(invoices).hasSize(13);
        assertThat(invoices.stream().mapToLong(Invoice::getTotal).sum()).isEqualTo(1000 * quantity);
        assertThat(invoices).extracting(Invoice::getNumber).doesNotHaveDuplicates();
    }

    @Test
    void severalNodesRenewEverySubscriptionOnce() throws Exception {
        Price price = story.monthly(1000);
        for (int i = 0; i < 6; i++) {
            story.subscribe(story.customer("pm_card_visa"), price, 1);
        }
        story.clock.travelTo(java.time.Instant.parse("2026-06-01T00:00:00Z"));
        Callable<Boolean> node = () -> {
            story.sandbox.catchUp();
            return true;
        };
        all(List.of(node, node, node));

        for (Customer customer : story.stripe.customers().list().getData()) {
            assertThat(story.stripe.invoices().list(InvoiceListParams.builder().setCustomer(customer.getId()).build()).getData()).hasSize(3);
        }
    }

    @Test
    void theLastRedemptionIsOneCustomers() throws Exception {
        story.stripe.coupons().create(CouponCreateParams.builder().setId("LAST").setPercentOff(BigDecimal.TEN).setMaxRedemptions(2L)
                .setDuration(CouponCreateParams.Duration.FOREVER).build());
        Price price = story.monthly(1000);
        List<Callable<Boolean>> redemptions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Customer customer = story.customer("pm_card_visa");
            redemptions.add(() -> redeemed(customer, price));
        }
        all(redemptions);

        assertThat(story.stripe.coupons().retrieve("LAST").getTimesRedeemed()).isEqualTo(2);
        assertThat(story.stripe.invoices().list().getData()).extracting(Invoice::getTotal).containsExactly(900L, 900L);
    }

    private boolean redeemed(Customer customer, Price price) throws StripeException {
        try {
            story.subscribe(customer, price, 1, params -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon("LAST").build()));
            return true;
        } catch (InvalidRequestException usedUp) {
            return false;
        }
    }

    private static <T> void all(List<? extends Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> done : threads.invokeAll(work)) {
                done.get();
            }
        }
    }
}
