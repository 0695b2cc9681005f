package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import com.stripe.param.common.EmptyParam;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For random changes of subscriptions of several items with discounts of their own, while something may wait: what is previewed is what is invoiced. */
class ItemsPropertyTest {

    private static final int STORIES = 10;
    private static final int CHANGES = 4;
    private static final List<String> SHARED = List.of("", "P33", "A777", "ONLY");
    private static final List<String> OWN = List.of("P10", "A300", "ONLY");

    private final SandboxStory story = new SandboxStory("2026-01-31T08:15:30Z");
    private final List<Price> prices = new ArrayList<>();

    @BeforeEach
    void catalogue() throws StripeException {
        for (long amount : List.of(0L, 999L, 4900L, 12345L, 333L, 250L)) {
            prices.add(story.monthly(amount));
        }
        coupon(CouponCreateParams.builder().setId("P33").setPercentOff(new BigDecimal("33.3")));
        coupon(CouponCreateParams.builder().setId("A777").setAmountOff(777L).setCurrency("usd"));
        coupon(CouponCreateParams.builder().setId("P10").setPercentOff(BigDecimal.TEN));
        coupon(CouponCreateParams.builder().setId("A300").setAmountOff(300L).setCurrency("usd"));
        coupon(CouponCreateParams.builder().setId("ONLY").setPercentOff(new BigDecimal("12.5"))
                .setAppliesTo(CouponCreateParams.AppliesTo.builder().addProduct(prices.get(2).getProduct()).build()));
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
                story.travelTo(story.clock.instant().plus(Duration.ofSeconds(random.nextLong(1, 12 * 86_400))));
                Subscription current = story.stripe.subscriptions().retrieve(subscription.getId());
                if (random.nextInt(3) == 0) {
                    byHand(current, random.nextLong(-300, 5000));
                }
                compare(current, Step.random(random, current, prices), "story " + seed + ", change " + i);
            }
        }
    }

    @Test
    void nothingIsLeftOfAChangeThatIsTakenBackInTheSameSecond() throws StripeException {
        for (long seed = 100; seed < 100 + STORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Subscription subscription = start(random);
            story.travelTo(story.clock.instant().plus(Duration.ofSeconds(random.nextLong(1, 27 * 86_400))));
            SubscriptionItem item = subscription.getItems().getData().get(random.nextInt(subscription.getItems().getData().size()));
            long at = story.clock.instant().getEpochSecond();
            ProrationBehavior behavior = random.nextBoolean() ? ProrationBehavior.ALWAYS_INVOICE : ProrationBehavior.CREATE_PRORATIONS;
            List<String> kept = item.getDiscounts();
            Step there = new Step(item.getId(), item.getPrice().getId(), random.nextLong(1, 40), List.of("coupon:P10"), null, behavior, at);
            Step back = new Step(item.getId(), item.getPrice().getId(), item.getQuantity(), kept.stream().map(id -> "discount:" + id).toList(), null, behavior, at);
            assertThat(billed(subscription, there) + billed(subscription, back)).as("story %d", seed).isZero();
        }
    }

    private void compare(Subscription subscription, Step step, String name) throws StripeException {
        Invoice preview = story.stripe.invoices().createPreview(step.preview(subscription));
        List<InvoiceLineItem> previewed = lines(preview);
        story.stripe.subscriptions().update(subscription.getId(), step.update());
        if (step.behavior() == ProrationBehavior.CREATE_PRORATIONS) {
            story.travelTo(Instant.ofEpochSecond(subscription.getItems().getData().getFirst().getCurrentPeriodEnd()));
        }
        Invoice invoice = story.latestInvoice(subscription);
        if (invoice.getId().equals(subscription.getLatestInvoice())) {
            assertThat(step.behavior()).as(name).isEqualTo(ProrationBehavior.ALWAYS_INVOICE);
            return;
        }
        assertThat(lines(invoice)).as(name).extracting(InvoiceLineItem::getAmount, ItemsPropertyTest::discounted, InvoiceLineItem::getDescription)
                .isEqualTo(previewed.stream().map(line -> Tuple.tuple(line.getAmount(), discounted(line), line.getDescription())).toList());
        assertThat(List.of(invoice.getSubtotal(), invoice.getTotal(), invoice.getAmountDue(), invoice.getEndingBalance())).as(name)
                .isEqualTo(List.of(preview.getSubtotal(), preview.getTotal(), preview.getAmountDue(), preview.getEndingBalance()));
        assertThat(invoice.getTotal()).as(name).isEqualTo(lines(invoice).stream().mapToLong(line -> line.getAmount() - discounted(line)).sum());
    }

    /** @return what a change invoiced, or left to wait */
    private long billed(Subscription subscription, Step step) throws StripeException {
        String before = story.stripe.subscriptions().retrieve(subscription.getId()).getLatestInvoice();
        long waiting = waiting(subscription);
        story.stripe.subscriptions().update(subscription.getId(), step.update());
        Invoice latest = story.latestInvoice(subscription);
        return waiting(subscription) - waiting + (latest.getId().equals(before) ? 0 : latest.getTotal());
    }

    private long waiting(Subscription subscription) throws StripeException {
        return story.stripe.invoiceItems().list(InvoiceItemListParams.builder().setCustomer(subscription.getCustomer()).setPending(true).setLimit(100L).build())
                .getData().stream().mapToLong(InvoiceItem::getNetAmount).sum();
    }

    private List<InvoiceLineItem> lines(Invoice invoice) throws StripeException {
        return invoice.getLines().getHasMore()
                ? story.stripe.invoices().lineItems().list(invoice.getId(), InvoiceLineItemListParams.builder().setLimit(100L).build()).getData()
                : invoice.getLines().getData();
    }

    private static long discounted(InvoiceLineItem line) {
        return line.getDiscountAmounts().stream().mapToLong(InvoiceLineItem.DiscountAmount::getAmount).sum();
    }

    private void byHand(Subscription subscription, long amount) throws StripeException {
        story.stripe.invoiceItems().create(InvoiceItemCreateParams.builder().setCustomer(subscription.getCustomer()).setAmount(amount).setCurrency("usd").build());
    }

    private Subscription start(SplittableRandom random) throws StripeException {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder().setCustomer(story.customer("pm_card_visa").getId()).setBillingMode(mode(random));
        int items = random.nextInt(1, 4);
        for (int i = 0; i < items; i++) {
            SubscriptionCreateParams.Item.Builder item = SubscriptionCreateParams.Item.builder().setPrice(prices.get(i + 1).getId()).setQuantity(random.nextLong(1, 40));
            if (random.nextBoolean()) {
                item.addDiscount(SubscriptionCreateParams.Item.Discount.builder().setCoupon(OWN.get(random.nextInt(OWN.size()))).build());
            }
            params.addItem(item.build());
        }
        String shared = SHARED.get(random.nextInt(SHARED.size()));
        if (!shared.isEmpty()) {
            params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(shared).build());
        }
        return story.stripe.subscriptions().create(params.build());
    }

    private static SubscriptionCreateParams.BillingMode mode(SplittableRandom random) {
        SubscriptionCreateParams.BillingMode.Builder mode = SubscriptionCreateParams.BillingMode.builder();
        if (random.nextInt(3) == 0) {
            return mode.setType(SubscriptionCreateParams.BillingMode.Type.CLASSIC).build();
        }
        SubscriptionCreateParams.BillingMode.Flexible.ProrationDiscounts shown = random.nextBoolean()
                ? SubscriptionCreateParams.BillingMode.Flexible.ProrationDiscounts.ITEMIZED : SubscriptionCreateParams.BillingMode.Flexible.ProrationDiscounts.INCLUDED;
        return mode.setType(SubscriptionCreateParams.BillingMode.Type.FLEXIBLE)
                .setFlexible(SubscriptionCreateParams.BillingMode.Flexible.builder().setProrationDiscounts(shown).build()).build();
    }

    private void coupon(CouponCreateParams.Builder params) throws StripeException {
        story.stripe.coupons().create(params.setDuration(CouponCreateParams.Duration.FOREVER).build());
    }

    /**
     * One change: of an item, which may go, or one comes.
     *
     * @param item      null to add one
     * @param discounts null to keep them
     * @param removed   an item that goes at the same time, if any
     */
    private record Step(String item, String price, long quantity, List<String> discounts, String removed, ProrationBehavior behavior, long at) {

        static Step random(SplittableRandom random, Subscription subscription, List<Price> prices) {
            List<SubscriptionItem> items = subscription.getItems().getData();
            List<String> used = items.stream().map(item -> item.getPrice().getId()).toList();
            List<String> free = prices.stream().map(Price::getId).filter(price -> !used.contains(price)).toList();
            SubscriptionItem changed = random.nextInt(4) == 0 ? null : items.get(random.nextInt(items.size()));
            String price = changed != null && random.nextBoolean() ? changed.getPrice().getId() : free.get(random.nextInt(free.size()));
            List<String> discounts = random.nextBoolean() ? null : random.nextBoolean() ? List.of() : List.of("coupon:" + OWN.get(random.nextInt(OWN.size())));
            String removed = random.nextInt(4) == 0 ? items.stream().filter(item -> !item.equals(changed)).map(SubscriptionItem::getId).findFirst().orElse(null) : null;
            long at = random.nextLong(items.getFirst().getCurrentPeriodStart(), items.getFirst().getCurrentPeriodEnd());
            ProrationBehavior behavior = random.nextInt(3) == 0 ? ProrationBehavior.CREATE_PRORATIONS : ProrationBehavior.ALWAYS_INVOICE;
            return new Step(changed == null ? null : changed.getId(), price, random.nextLong(1, 40), discounts, removed, behavior, at);
        }

        SubscriptionUpdateParams update() {
            SubscriptionUpdateParams.Item.Builder sent = SubscriptionUpdateParams.Item.builder().setId(item).setPrice(price).setQuantity(quantity);
            if (discounts != null && discounts.isEmpty()) {
                sent.setDiscounts(EmptyParam.EMPTY);
            } else if (discounts != null) {
                discounts.forEach(named -> sent.addDiscount(named.startsWith("coupon:")
                        ? SubscriptionUpdateParams.Item.Discount.builder().setCoupon(named.substring(7)).build()
                        : SubscriptionUpdateParams.Item.Discount.builder().setDiscount(named.substring(9)).build()));
            }
            SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder().setProrationBehavior(behavior).setProrationDate(at).addItem(sent.build());
            if (removed != null) {
                params.addItem(SubscriptionUpdateParams.Item.builder().setId(removed).setDeleted(true).build());
            }
            return params.build();
        }

        InvoiceCreatePreviewParams preview(Subscription subscription) {
            InvoiceCreatePreviewParams.SubscriptionDetails.Item.Builder sent =
                    InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder().setId(item).setPrice(price).setQuantity(quantity);
            if (discounts != null && discounts.isEmpty()) {
                sent.setDiscounts(EmptyParam.EMPTY);
            } else if (discounts != null) {
                discounts.forEach(named -> sent.addDiscount(
                        InvoiceCreatePreviewParams.SubscriptionDetails.Item.Discount.builder().setCoupon(named.substring(7)).build()));
            }
            InvoiceCreatePreviewParams.SubscriptionDetails.Builder details = InvoiceCreatePreviewParams.SubscriptionDetails.builder().setProrationDate(at)
                    .setProrationBehavior(InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.valueOf(behavior.name())).addItem(sent.build());
            if (removed != null) {
                details.addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder().setId(removed).setDeleted(true).build());
            }
            return InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).setSubscriptionDetails(details.build()).build();
        }
    }
}
