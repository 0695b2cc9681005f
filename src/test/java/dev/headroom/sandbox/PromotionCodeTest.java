package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.PromotionCode;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.PromotionCodeListParams;
import com.stripe.param.PromotionCodeRetrieveParams;
import com.stripe.param.PromotionCodeUpdateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes that customers type in for a coupon. */
class PromotionCodeTest {

    private static final long MAY = 1777593600L;

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @BeforeEach
    void aCoupon() throws StripeException {
        story.stripe.coupons().create(CouponCreateParams.builder().setId("TEN").setPercentOff(BigDecimal.TEN).setDuration(CouponCreateParams.Duration.FOREVER).build());
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void aCodeIsRedeemedAsItsCouponAndNamedByTheDiscount() throws StripeException {
        PromotionCode code = code("SPRING", params -> params);
        Subscription subscription = redeem(story.customer("pm_card_visa"), code, 1000);
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(900);

        Subscription expanded = story.stripe.subscriptions().retrieve(subscription.getId(), SubscriptionRetrieveParams.builder()
                .addExpand("discounts.promotion_code").build());
        assertThat(expanded.getDiscountObjects().getFirst().getPromotionCodeObject().getCode()).isEqualTo("SPRING");
        assertThat(expanded.getDiscountObjects().getFirst().getSource().getCoupon()).isEqualTo("TEN");
        assertThat(story.stripe.promotionCodes().retrieve(code.getId()).getTimesRedeemed()).isEqualTo(1);
        assertThat(story.stripe.coupons().retrieve("TEN").getTimesRedeemed()).isEqualTo(1);
        PromotionCode whole = story.stripe.promotionCodes().retrieve(code.getId(), PromotionCodeRetrieveParams.builder().addExpand("promotion.coupon").build());
        assertThat(whole.getPromotion().getCouponObject().getPercentOff()).isEqualByComparingTo("10");
    }

    @Test
    void aPreviewRedeemsNothing() throws StripeException {
        PromotionCode code = code("SPRING", params -> params.setMaxRedemptions(1L));
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Invoice preview = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId())
                .addDiscount(InvoiceCreatePreviewParams.Discount.builder().setPromotionCode(code.getId()).build()).build());

        assertThat(preview.getTotal()).isEqualTo(900);
        assertThat(story.stripe.promotionCodes().retrieve(code.getId()).getTimesRedeemed()).isZero();
        assertThat(story.stripe.promotionCodes().retrieve(code.getId()).getActive()).isTrue();
    }

    @Test
    void aCodeIsGoodForAnItem() throws StripeException {
        PromotionCode code = code("ITEM", params -> params);
        Subscription subscription = story.stripe.subscriptions().create(SubscriptionCreateParams.builder().setCustomer(story.customer("pm_card_visa").getId())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(story.monthly(1000).getId())
                        .addDiscount(SubscriptionCreateParams.Item.Discount.builder().setPromotionCode(code.getId()).build()).build())
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(story.monthly(2000).getId()).build()).build());
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(2900);
    }

    @Test
    void aCodeEndsAtItsTimeOrWithItsLastRedemptionOrWithItsCoupon() throws StripeException {
        PromotionCode once = code("ONCE", params -> params.setMaxRedemptions(1L));
        PromotionCode april = code("APRIL", params -> params.setExpiresAt(MAY));
        redeem(story.customer("pm_card_visa"), once, 1000);
        refused("ONCE is not active", () -> redeem(story.customer("pm_card_visa"), once, 1000));
        assertThat(story.stripe.promotionCodes().list(PromotionCodeListParams.builder().setActive(true).build()).getData())
                .extracting(PromotionCode::getCode).containsExactly("APRIL");

        story.travelTo("2026-05-01T00:00:00Z");
        refused("APRIL is not active", () -> redeem(story.customer("pm_card_visa"), april, 1000));
        PromotionCode left = code("LEFT", params -> params);
        story.stripe.coupons().delete("TEN");
        refused("LEFT is not active", () -> redeem(story.customer("pm_card_visa"), left, 1000));
        assertThat(story.stripe.promotionCodes().retrieve(left.getId()).getActive()).isFalse();
    }

    @Test
    void aCodeIsSwitchedOffAndOnAgain() throws StripeException {
        PromotionCode code = code("SWITCH", params -> params.putMetadata("for", "friends"));
        story.stripe.promotionCodes().update(code.getId(), PromotionCodeUpdateParams.builder().setActive(false).build());
        refused("not active", () -> redeem(story.customer("pm_card_visa"), code, 1000));
        PromotionCode namesake = code("switch", params -> params);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() ->
                story.stripe.promotionCodes().update(code.getId(), PromotionCodeUpdateParams.builder().setActive(true).build()))
                .withMessageContaining("already exists");

        story.stripe.promotionCodes().update(namesake.getId(), PromotionCodeUpdateParams.builder().setActive(false).build());
        assertThat(story.stripe.promotionCodes().update(code.getId(), PromotionCodeUpdateParams.builder().setActive(true).build()).getActive()).isTrue();
        redeem(story.customer("pm_card_visa"), code, 1000);
        assertThat(story.stripe.promotionCodes().list(PromotionCodeListParams.builder().setCode("SWITCH").build()).getData()).hasSize(1);
        assertThat(story.stripe.promotionCodes().list(PromotionCodeListParams.builder().setCoupon("TEN").build()).getData()).hasSize(2);
    }

    @Test
    void aMinimumIsLookedAtWhenTheCodeIsRedeemed() throws StripeException {
        PromotionCode code = code("BIG", params -> params.setRestrictions(PromotionCodeCreateParams.Restrictions.builder()
                .setMinimumAmount(2000L).setMinimumAmountCurrency("usd").build()));
        refused("minimum amount", () -> redeem(story.customer("pm_card_visa"), code, 1999));
        assertThat(story.latestInvoice(redeem(story.customer("pm_card_visa"), code, 2000)).getTotal()).isEqualTo(1800);
    }

    @Test
    void aCodeForTheFirstTimeIsForCustomersWithoutInvoices() throws StripeException {
        PromotionCode code = code("WELCOME", params -> params.setRestrictions(PromotionCodeCreateParams.Restrictions.builder().setFirstTimeTransaction(true).build()));
        Customer customer = story.customer("pm_card_visa");
        redeem(customer, code, 1000);
        refused("prior transactions", () -> redeem(customer, code, 1000));
    }

    @Test
    void aCodeMayBeOneCustomers() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        PromotionCode code = code("YOURS", params -> params.setCustomer(customer.getId()));
        refused("another customer", () -> redeem(story.customer("pm_card_visa"), code, 1000));
        redeem(customer, code, 1000);
        assertThat(code("YOURS", params -> params).getCode()).as("everybody else's").isEqualTo("YOURS");
    }

    @Test
    void codesAreMadeUpUnlessGiven() throws StripeException {
        PromotionCode code = story.stripe.promotionCodes().create(PromotionCodeCreateParams.builder().setPromotion(promotion()).build());
        assertThat(code.getCode()).matches("[0-9A-Z]{8}");
        assertThat(code.getId()).startsWith("promo_");
    }

    private PromotionCode code(String code, UnaryOperator<PromotionCodeCreateParams.Builder> terms) throws StripeException {
        return story.stripe.promotionCodes().create(terms.apply(PromotionCodeCreateParams.builder().setCode(code).setPromotion(promotion())).build());
    }

    private static PromotionCodeCreateParams.Promotion promotion() {
        return PromotionCodeCreateParams.Promotion.builder().setType(PromotionCodeCreateParams.Promotion.Type.COUPON).setCoupon("TEN").build();
    }

    private Subscription redeem(Customer customer, PromotionCode code, long amount) throws StripeException {
        return story.subscribe(customer, story.monthly(amount), 1,
                params -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setPromotionCode(code.getId()).build()));
    }

    private static void refused(String why, ThrowingCallable request) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(request).withMessageContaining(why)
                .satisfies(refusal -> assertThat(refusal.getParam()).isEqualTo("discounts[0][promotion_code]"));
    }
}
