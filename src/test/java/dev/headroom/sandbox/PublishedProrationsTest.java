package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static dev.headroom.sandbox.SandboxStory.classic;
import static dev.headroom.sandbox.SandboxStory.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The amounts that Stripe publishes, or that were seen on real invoices, come out of the sandbox through stripe-java. */
class PublishedProrationsTest {

    private static final JsonNode CASES = cases();

    @Test
    void d01UpgradeHalfWay() throws StripeException {
        upgradedAtOnce("D01", params -> params);
    }

    @Test
    void d02PreviewToTheSecondWithTheRenewal() throws StripeException {
        JsonNode example = example("D02");
        try (SandboxStory story = storyOf(example)) {
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, classic());
            assertThat(subscription.getItems().getData().getFirst().getCurrentPeriodEnd()).isEqualTo(example.path("period_end").asLong());
            Price gold = story.monthly(3252);
            Invoice preview = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId())
                    .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                            .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                    .setId(subscription.getItems().getData().getFirst().getId()).setPrice(gold.getId()).build())
                            .setProrationBehavior(InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.CREATE_PRORATIONS)
                            .setProrationDate(example.path("proration_date").asLong()).build()).build());

            assertThat(amounts(preview)).containsExactly(-166L, 541L, 3252L);
            assertThat(preview.getTotal()).isEqualTo(3627);
            assertThat(preview.getId()).startsWith("upcoming_in_");
        }
    }

    @Test
    void d03ClassicCreditsTheCurrentPrice() throws StripeException {
        upThenDown("D03", classic());
    }

    @Test
    void d04FlexibleCreditsWhatWasDebited() throws StripeException {
        upThenDown("D04", params -> params);
    }

    @Test
    void d05FlexibleAllocatesACouponOverTheItems() throws StripeException {
        removedUnderACoupon("D05", params -> params);
    }

    @Test
    void d06ClassicTakesTheWholeCouponOffTheRemovedItem() throws StripeException {
        removedUnderACoupon("D06", classic());
    }

    @Test
    void d07ProrationsWaitForTheRenewal() throws StripeException {
        JsonNode example = example("D07");
        try (SandboxStory story = storyOf(example)) {
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(100), 1);
            story.update(subscription, to(subscription, story.monthly(200), 1).setProrationDate(example.path("proration_date").asLong()));
            story.travelTo(Instant.ofEpochSecond(example.path("period_end").asLong()));

            Invoice renewal = story.latestInvoice(subscription);
            assertThat(amounts(renewal)).containsExactly(-50L, 100L, 200L);
            assertThat(renewal.getAmountPaid()).isEqualTo(250);
        }
    }

    @Test
    void o08SecondsOfAYear() throws StripeException {
        JsonNode example = example("O08");
        try (SandboxStory story = storyOf(example)) {
            Price yearly = story.yearly(10000);
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), yearly, 1, classic());
            story.update(subscription, to(subscription, yearly, 2).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                    .setProrationDate(example.path("proration_date").asLong()));

            assertThat(amounts(story.latestInvoice(subscription))).isEqualTo(published(example));
        }
    }

    @Test
    void o09RoundsALineAndNotASeat() throws StripeException {
        JsonNode example = example("O09");
        try (SandboxStory story = storyOf(example)) {
            Price standard = story.monthly(2500);
            Price premium = story.monthly(12500);
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), standard, 5);
            story.update(subscription, to(subscription, standard, 4)
                    .addItem(SubscriptionUpdateParams.Item.builder().setPrice(premium.getId()).build())
                    .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE).setProrationDate(example.path("proration_date").asLong()));

            assertThat(amounts(story.latestInvoice(subscription))).isEqualTo(published(example));
        }
    }

    @Test
    void c46WithoutProrationsTheNewPriceStartsAtTheRenewal() throws StripeException {
        JsonNode example = example("C46");
        try (SandboxStory story = storyOf(example)) {
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(4900), 1);
            story.update(subscription, to(subscription, story.monthly(9900), 1).setProrationBehavior(ProrationBehavior.NONE)
                    .setProrationDate(example.path("proration_date").asLong()));
            assertThat(amounts(story.latestInvoice(subscription))).containsExactly(4900L);

            story.travelTo(Instant.ofEpochSecond(example.path("period_end").asLong()));
            assertThat(amounts(story.latestInvoice(subscription))).containsExactly(9900L);
        }
    }

    private static void upgradedAtOnce(String id, UnaryOperator<SubscriptionCreateParams.Builder> mode) throws StripeException {
        JsonNode example = example(id);
        try (SandboxStory story = storyOf(example)) {
            Price before = story.monthly(example.path("before").path("unit").asLong());
            Price after = story.monthly(example.path("after").path("unit").asLong());
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), before, 1, mode);
            story.update(subscription, to(subscription, after, 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                    .setProrationDate(example.path("proration_date").asLong()));

            assertThat(amounts(story.latestInvoice(subscription))).isEqualTo(published(example));
        }
    }

    private static void upThenDown(String id, UnaryOperator<SubscriptionCreateParams.Builder> mode) throws StripeException {
        JsonNode example = example(id);
        try (SandboxStory story = storyOf(example)) {
            Price small = story.monthly(1000);
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), small, 1, mode);
            story.travelTo("2026-04-11T00:00:00Z");
            story.update(subscription, to(subscription, story.monthly(2000), 1).setProrationBehavior(ProrationBehavior.NONE));
            story.travelTo(Instant.ofEpochSecond(example.path("proration_date").asLong()));
            story.update(subscription, to(subscription, small, 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));

            Invoice invoice = story.latestInvoice(subscription);
            assertThat(amounts(invoice)).isEqualTo(published(example));
            assertThat(invoice.getTotal()).isEqualTo(example.path("net").asLong());
        }
    }

    private static void removedUnderACoupon(String id, UnaryOperator<SubscriptionCreateParams.Builder> mode) throws StripeException {
        JsonNode example = example(id);
        try (SandboxStory story = storyOf(example)) {
            Coupon coupon = story.stripe.coupons().create(CouponCreateParams.builder().setAmountOff(500L).setCurrency("usd")
                    .setDuration(CouponCreateParams.Duration.FOREVER).build());
            Price second = story.monthly(2000);
            Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, params -> mode.apply(params)
                    .addItem(SubscriptionCreateParams.Item.builder().setPrice(second.getId()).build())
                    .addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(coupon.getId()).build()));
            assertThat(story.latestInvoice(subscription).getLines().getData()).extracting(line -> line.getDiscountAmounts().getFirst().getAmount())
                    .containsExactly(166L, 334L);
            story.travelTo(Instant.ofEpochSecond(example.path("proration_date").asLong()));
            story.update(subscription, SubscriptionUpdateParams.builder().setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                    .addItem(SubscriptionUpdateParams.Item.builder().setId(subscription.getItems().getData().getFirst().getId()).setDeleted(true).build()));

            assertThat(amounts(story.latestInvoice(subscription))).isEqualTo(published(example));
        }
    }

    private static SandboxStory storyOf(JsonNode example) {
        return new SandboxStory(Instant.ofEpochSecond(example.path("period_start").asLong()).toString());
    }

    private static List<Long> published(JsonNode example) {
        return StreamSupport.stream(example.path("lines").spliterator(), false).map(line -> line.path("amount").asLong()).toList();
    }

    private static JsonNode example(String id) {
        return StreamSupport.stream(CASES.spliterator(), false).filter(each -> id.equals(each.path("id").asString())).findFirst().orElseThrow();
    }

    private static JsonNode cases() {
        try (InputStream file = PublishedProrationsTest.class.getResourceAsStream("/stripe/proration-examples.json")) {
            return JsonMapper.shared().readTree(file.readAllBytes()).path("cases");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
