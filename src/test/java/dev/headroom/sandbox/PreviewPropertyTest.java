package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.CustomerBalanceTransaction;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerBalanceTransactionListParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For random changes one after the other: what is previewed is what is invoiced, and nothing is lost or made. */
class PreviewPropertyTest {

    private static final int STORIES = 12;
    private static final int CHANGES = 5;

    private final SandboxStory story = new SandboxStory("2026-01-31T08:15:30Z");
    private final List<Price> prices = new ArrayList<>();
    private Coupon percent;
    private Coupon amount;

    @BeforeEach
    void catalogue() throws StripeException {
        for (long amount : List.of(0L, 999L, 4900L, 12345L)) {
            prices.add(story.monthly(amount));
        }
        prices.add(story.stripe.prices().create(tiered(PriceCreateParams.TiersMode.VOLUME)));
        prices.add(story.stripe.prices().create(tiered(PriceCreateParams.TiersMode.GRADUATED)));
        percent = story.stripe.coupons().create(CouponCreateParams.builder().setPercentOff(new BigDecimal("33.3")).setDuration(CouponCreateParams.Duration.FOREVER).build());
        amount = story.stripe.coupons().create(CouponCreateParams.builder().setAmountOff(777L).setCurrency("usd").setDuration(CouponCreateParams.Duration.ONCE).build());
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void invoicesExactlyWhatItPreviews() throws StripeException {
        for (long seed = 1; seed <= STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Subscription subscription = start(random);
            for (int i = 0; i < CHANGES; i++) {
                story.travelTo(story.clock.instant().plus(Duration.ofSeconds(random.nextLong(1, 20 * 86_400))));
                subscription = story.stripe.subscriptions().retrieve(subscription.getId());
                compare(subscription, Step.random(random, subscription, prices), "story " + seed + ", change " + i);
            }
            assertThat(balanceOf(subscription)).as("story %d", seed).isEqualTo(story.stripe.customers().retrieve(subscription.getCustomer()).getBalance());
        }
    }

    @Test
    void nothingIsLeftOfAChangeThatIsTakenBackInTheSameSecond() throws StripeException {
        for (long seed = 100; seed < 100 + STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), prices.get(random.nextInt(1, 4)), random.nextLong(1, 50));
            story.travelTo(story.clock.instant().plus(Duration.ofSeconds(random.nextLong(1, 27 * 86_400))));
            Step there = new Step(prices.get(random.nextInt(1, 4)).getId(), random.nextLong(1, 50), false, story.clock.instant().getEpochSecond());
            SubscriptionItem item = subscription.getItems().getData().getFirst();
            Step back = new Step(item.getPrice().getId(), item.getQuantity(), false, there.at());
            long total = update(subscription, there) + update(subscription, back);
            assertThat(total).as("story %d", seed).isZero();
        }
    }

    private void compare(Subscription subscription, Step step, String name) throws StripeException {
        Invoice preview = story.stripe.invoices().createPreview(step.preview(subscription));
        String before = subscription.getLatestInvoice();
        story.stripe.subscriptions().update(subscription.getId(), step.update(subscription));
        Invoice invoice = story.latestInvoice(subscription);
        if (invoice.getId().equals(before)) {
            assertThat(preview.getLines().getData()).as(name).noneMatch(line -> line.getParent().getSubscriptionItemDetails().getProration());
            return;
        }
        assertThat(amounts(invoice)).as(name).isEqualTo(amounts(preview));
        assertThat(invoice.getLines().getData()).as(name).extracting(InvoiceLineItem::getDescription, line -> line.getPeriod().getStart(), line -> line.getPeriod().getEnd())
                .isEqualTo(preview.getLines().getData().stream()
                        .map(line -> org.assertj.core.groups.Tuple.tuple(line.getDescription(), line.getPeriod().getStart(), line.getPeriod().getEnd())).toList());
        assertThat(List.of(invoice.getTotal(), invoice.getAmountDue(), invoice.getEndingBalance())).as(name)
                .isEqualTo(List.of(preview.getTotal(), preview.getAmountDue(), preview.getEndingBalance()));
        assertThat(invoice.getSubtotal()).as(name).isEqualTo(amounts(invoice).stream().mapToLong(Long::longValue).sum());
    }

    /** @return the total that the change invoiced; nothing when it changed nothing */
    private long update(Subscription subscription, Step step) throws StripeException {
        String before = story.stripe.subscriptions().retrieve(subscription.getId()).getLatestInvoice();
        story.stripe.subscriptions().update(subscription.getId(), step.update(subscription));
        Invoice invoice = story.latestInvoice(subscription);
        return invoice.getId().equals(before) ? 0 : invoice.getTotal();
    }

    private long balanceOf(Subscription subscription) throws StripeException {
        return story.stripe.customers().balanceTransactions().list(subscription.getCustomer(),
                CustomerBalanceTransactionListParams.builder().setLimit(100L).build()).getData().stream().mapToLong(CustomerBalanceTransaction::getAmount).sum();
    }

    private Subscription start(SplittableRandom random) throws StripeException {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder().setCustomer(story.customer("pm_card_visa").getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(prices.get(random.nextInt(prices.size())).getId()).setQuantity(random.nextLong(1, 40)).build())
                .setBillingMode(SubscriptionCreateParams.BillingMode.builder().setType(random.nextBoolean()
                        ? SubscriptionCreateParams.BillingMode.Type.FLEXIBLE : SubscriptionCreateParams.BillingMode.Type.CLASSIC).build());
        if (random.nextInt(3) == 0) {
            params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(percent.getId()).build());
        }
        if (random.nextInt(3) == 0) {
            params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(amount.getId()).build());
        }
        return story.stripe.subscriptions().create(params.build());
    }

    private PriceCreateParams tiered(PriceCreateParams.TiersMode mode) throws StripeException {
        return PriceCreateParams.builder().setCurrency("usd").setProduct(story.product(mode.getValue()).getId())
                .setBillingScheme(PriceCreateParams.BillingScheme.TIERED).setTiersMode(mode)
                .addTier(PriceCreateParams.Tier.builder().setUpTo(10L).setUnitAmountDecimal(new BigDecimal("500.25")).build())
                .addTier(PriceCreateParams.Tier.builder().setUpTo(PriceCreateParams.Tier.UpTo.INF).setUnitAmount(333L).setFlatAmount(1000L).build())
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH).build()).build();
    }

    /** One change of the first item. */
    private record Step(String price, long quantity, boolean resetAnchor, long at) {

        static Step random(SplittableRandom random, Subscription subscription, List<Price> prices) {
            SubscriptionItem item = subscription.getItems().getData().getFirst();
            String price = random.nextBoolean() ? item.getPrice().getId() : prices.get(random.nextInt(prices.size())).getId();
            long at = random.nextLong(item.getCurrentPeriodStart(), item.getCurrentPeriodEnd());
            return new Step(price, random.nextLong(1, 40), random.nextInt(6) == 0, at);
        }

        SubscriptionUpdateParams update(Subscription subscription) {
            SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder()
                    .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE).setProrationDate(at)
                    .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE)
                    .addItem(SubscriptionUpdateParams.Item.builder().setId(subscription.getItems().getData().getFirst().getId())
                            .setPrice(price).setQuantity(quantity).build());
            return resetAnchor ? params.setBillingCycleAnchor(SubscriptionUpdateParams.BillingCycleAnchor.NOW).build() : params.build();
        }

        InvoiceCreatePreviewParams preview(Subscription subscription) {
            InvoiceCreatePreviewParams.SubscriptionDetails.Builder details = InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                    .setProrationBehavior(InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE).setProrationDate(at)
                    .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder().setId(subscription.getItems().getData().getFirst().getId())
                            .setPrice(price).setQuantity(quantity).build());
            if (resetAnchor) {
                details.setBillingCycleAnchor(InvoiceCreatePreviewParams.SubscriptionDetails.BillingCycleAnchor.NOW);
            }
            return InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).setSubscriptionDetails(details.build()).build();
        }
    }
}
