package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static dev.headroom.sandbox.SandboxStory.classic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponCreateParams.Duration;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import com.stripe.param.common.EmptyParam;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What discounts of items, subscriptions and customers take off, worked out by hand. April has thirty days, and its middle is the 16th. */
class DiscountTest {

    private static final String MIDDLE = "2026-04-16T00:00:00Z";

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");
    private Price thousand;
    private Price twoThousand;

    @BeforeEach
    void coupons() throws StripeException {
        thousand = story.monthly(1000);
        twoThousand = story.monthly(2000);
        for (String percent : List.of("10", "33.3", "50", "100")) {
            coupon("P" + percent, Duration.FOREVER, params -> params.setPercentOff(new BigDecimal(percent)));
        }
        for (long amount : List.of(300L, 500L)) {
            coupon("A" + amount, Duration.FOREVER, params -> params.setAmountOff(amount).setCurrency("usd"));
        }
        coupon("ONLY2", Duration.FOREVER, params -> params.setPercentOff(new BigDecimal("50"))
                .setAppliesTo(CouponCreateParams.AppliesTo.builder().addProduct(twoThousand.getProduct()).build()));
    }

    @AfterEach
    void end() {
        story.close();
    }

    /** Items of 10.00 and 20.00: the first one's coupons, the second one's, the subscription's; what is left of each line. */
    static List<Arguments> stacks() {
        return List.of(
                Arguments.of("", "", "", List.of(1000L, 2000L)),
                Arguments.of("P10", "", "", List.of(900L, 2000L)),
                Arguments.of("P10", "P50", "", List.of(900L, 1000L)),
                Arguments.of("A300", "", "", List.of(700L, 2000L)),
                // half of 2900 is 1450: 450 and 1000
                Arguments.of("P10", "", "P50", List.of(450L, 1000L)),
                // 300 over 500 and 2000: 60 and 240
                Arguments.of("A500", "", "A300", List.of(440L, 1760L)),
                Arguments.of("P10 A300", "", "", List.of(600L, 2000L)),
                Arguments.of("A300 P10", "", "", List.of(630L, 2000L)),
                // 500 over 1000 and 2000: 166 and 334; then 250 over 834 and 1666: 83 and 167
                Arguments.of("", "", "A500 P10", List.of(751L, 1499L)),
                // 100 and 200; then 500 over 900 and 1800: 166 and 334
                Arguments.of("", "", "P10 A500", List.of(734L, 1466L)),
                Arguments.of("", "", "ONLY2", List.of(1000L, 1000L)),
                Arguments.of("ONLY2", "ONLY2", "", List.of(1000L, 1000L)),
                // never more than there is
                Arguments.of("A500 A500 A300", "", "", List.of(0L, 2000L)),
                // 33.3 % of 3000 is 999: 333 and 666
                Arguments.of("", "", "P33.3", List.of(667L, 1334L)),
                Arguments.of("P33.3", "P33.3", "", List.of(667L, 1334L)),
                // nothing is left of the first, so the second bears all
                Arguments.of("P100", "", "A500", List.of(0L, 1500L)),
                // 50 % of 2000 off the second; then 500 over 1000 and 1000
                Arguments.of("", "ONLY2", "A500", List.of(750L, 750L)));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void itemsFirstThenTheSubscription(String first, String second, String shared, List<Long> left) throws StripeException {
        Subscription flexible = subscribe(first, second, shared, params -> params);
        Subscription old = subscribe(first, second, shared, classic());

        assertThat(nets(story.latestInvoice(flexible))).isEqualTo(left);
        assertThat(nets(story.latestInvoice(old))).isEqualTo(left);
        assertThat(amounts(story.latestInvoice(flexible))).as("gross, with what comes off beside it").containsExactly(1000L, 2000L);
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(nets(story.latestInvoice(flexible))).isEqualTo(left);
    }

    @Test
    void anInvoiceNamesDiscountsWhereTheyBelong() throws StripeException {
        Subscription subscription = subscribe("P10", "", "A500", params -> params);
        Invoice invoice = story.latestInvoice(subscription);
        String own = subscription.getItems().getData().getFirst().getDiscounts().getFirst();

        assertThat(invoice.getDiscounts()).isEqualTo(subscription.getDiscounts()).hasSize(1).doesNotContain(own);
        assertThat(invoice.getLines().getData().getFirst().getDiscounts()).containsExactly(own);
        assertThat(invoice.getLines().getData().getLast().getDiscounts()).isEmpty();
        // 500 over 900 and 2000: 155 and 345
        assertThat(invoice.getTotalDiscountAmounts()).extracting(Invoice.TotalDiscountAmount::getAmount).containsExactly(100L, 500L);
        Subscription expanded = story.stripe.subscriptions().retrieve(subscription.getId(), SubscriptionRetrieveParams.builder()
                .addExpand("items.data.discounts").build());
        assertThat(expanded.getItems().getData().getFirst().getDiscountObjects().getFirst().getSubscriptionItem())
                .isEqualTo(subscription.getItems().getData().getFirst().getId());
    }

    @Test
    void aProrationIsNetOfTheItemsOwnDiscountInBothModes() throws StripeException {
        for (UnaryOperator<SubscriptionCreateParams.Builder> mode : List.<UnaryOperator<SubscriptionCreateParams.Builder>>of(params -> params, classic())) {
            story.clock.travelTo(Instant.parse("2026-04-01T00:00:00Z"));
            Subscription subscription = subscribe("P10", "", "", mode);
            story.clock.travelTo(Instant.parse(MIDDLE));
            Invoice invoice = change(subscription, item -> item.setQuantity(3L));
            assertThat(amounts(invoice)).containsExactly(-450L, 1350L);
            assertThat(invoice.getLines().getData()).allMatch(line -> line.getDescription().endsWith("(with 10.0% off)") && line.getDiscountAmounts().isEmpty());
        }
    }

    @Test
    void anItemThatGoesGivesBackItsPartOfASharedAmountInFlexibleBilling() throws StripeException {
        // 300 off the first leaves 700; 500 over 700 and 2000: 129 and 371; half of 571 is 285.5
        assertThat(amounts(removed(subscribe("A300", "", "A500", params -> params)))).containsExactly(-286L);
    }

    @Test
    void anItemThatGoesGivesBackWhatTheWholeAmountLeavesOfItInClassicBilling() throws StripeException {
        assertThat(amounts(removed(subscribe("A300", "", "A500", classic())))).containsExactly(-100L);
    }

    @Test
    void itemizedProrationsShowGrossAmountsAndWhatComesOff() throws StripeException {
        Subscription subscription = subscribe("P10", "", "", itemized());
        story.travelTo(MIDDLE);
        Invoice invoice = change(subscription, item -> item.setQuantity(3L));

        assertThat(amounts(invoice)).containsExactly(-500L, 1500L);
        assertThat(invoice.getLines().getData()).extracting(line -> line.getDiscountAmounts().getFirst().getAmount()).containsExactly(-50L, 150L);
        assertThat(List.of(invoice.getSubtotal(), invoice.getTotal())).containsExactly(1000L, 900L);
        assertThat(invoice.getLines().getData()).noneMatch(line -> line.getDescription().contains("off"));
    }

    @Test
    void itemizedProrationsChargeTheSameAsIncludedOnes() throws StripeException {
        // 834 is left of the first; half of it is 417, and half of 1000 is 500
        Invoice invoice = removed(subscribe("", "", "A500", itemized()));
        assertThat(amounts(invoice)).containsExactly(-500L);
        assertThat(invoice.getTotal()).isEqualTo(-417);

        Subscription stacked = subscribe("P33.3", "", "A500 P10", itemized());
        Invoice included = removed(subscribe("P33.3", "", "A500 P10", params -> params));
        assertThat(removed(stacked).getTotal()).isEqualTo(included.getTotal()).isNegative();
    }

    @Test
    void aDiscountAloneProratesNothingAndCountsFromTheNextPeriod() throws StripeException {
        Subscription subscription = subscribe("", "", "", params -> params);
        String first = subscription.getLatestInvoice();
        story.travelTo(MIDDLE);
        Invoice same = change(subscription, item -> item.addDiscount(own("P50")));
        assertThat(same.getId()).isEqualTo(first);

        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(nets(story.latestInvoice(subscription))).containsExactly(500L, 2000L);
    }

    @Test
    void aDiscountChangedWithTheQuantityIsUsedForTheDebit() throws StripeException {
        Subscription subscription = subscribe("P10", "", "", params -> params);
        story.travelTo(MIDDLE);
        assertThat(amounts(change(subscription, item -> item.setQuantity(2L).addDiscount(own("P50"))))).containsExactly(-450L, 500L);
    }

    @Test
    void anEmptyListTakesAnItemsDiscountsAway() throws StripeException {
        Subscription subscription = subscribe("P10", "", "", params -> params);
        story.travelTo(MIDDLE);
        assertThat(amounts(change(subscription, item -> item.setQuantity(2L).setDiscounts(EmptyParam.EMPTY)))).containsExactly(-450L, 1000L);
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getItems().getData().getFirst().getDiscounts()).isEmpty();
    }

    @Test
    void aDiscountIsKeptByNamingItAndAnotherCustomersIsUnknown() throws StripeException {
        Subscription subscription = subscribe("P10", "", "", params -> params);
        String kept = subscription.getItems().getData().getFirst().getDiscounts().getFirst();
        change(subscription, item -> item.addDiscount(SubscriptionUpdateParams.Item.Discount.builder().setDiscount(kept).build()).addDiscount(own("A300")));
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getItems().getData().getFirst().getDiscounts()).hasSize(2).startsWith(kept);

        Subscription other = subscribe("", "", "", params -> params);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() ->
                change(other, item -> item.addDiscount(SubscriptionUpdateParams.Item.Discount.builder().setDiscount(kept).build())))
                .satisfies(refusal -> assertThat(refusal.getParam()).isEqualTo("items[0][discounts][0][discount]"));
    }

    @Test
    void onceIsOnceAndRepeatingIsItsMonthsOnAnItemToo() throws StripeException {
        coupon("ONCE", Duration.ONCE, params -> params.setAmountOff(300L).setCurrency("usd"));
        coupon("TWICE", Duration.REPEATING, params -> params.setPercentOff(BigDecimal.TEN).setDurationInMonths(2L));
        Subscription subscription = subscribe("ONCE", "TWICE", "", params -> params);
        List<List<Long>> billed = new ArrayList<>(List.of(nets(story.latestInvoice(subscription))));
        for (String renewal : List.of("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")) {
            story.travelTo(renewal);
            billed.add(nets(story.latestInvoice(subscription)));
        }

        assertThat(billed).containsExactly(List.of(700L, 1800L), List.of(1000L, 1800L), List.of(1000L, 2000L));
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getItems().getData()).allMatch(item -> item.getDiscounts().isEmpty());
    }

    @Test
    void aProrationUsesUpNoCoupon() throws StripeException {
        coupon("ONCE", Duration.ONCE, params -> params.setPercentOff(BigDecimal.TEN));
        Subscription subscription = subscribe("", "", "", itemized());
        story.travelTo(MIDDLE);
        change(subscription, item -> item.setQuantity(2L).addDiscount(own("ONCE")));
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(nets(story.latestInvoice(subscription))).containsExactly(1800L, 2000L);
    }

    @Test
    void aCustomersDiscountCountsWhereASubscriptionHasNoneOfItsOwn() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        story.sandbox.discount(customer.getId(), "P10");
        Subscription inherits = story.subscribe(customer, thousand, 1);
        Subscription own = story.subscribe(customer, twoThousand, 1, params -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon("P50").build()));
        assertThat(nets(story.latestInvoice(inherits))).containsExactly(900L);
        assertThat(nets(story.latestInvoice(own))).containsExactly(1000L);
        assertThat(inherits.getDiscounts()).isEmpty();

        assertThat(story.stripe.customers().retrieve(customer.getId()).getDiscount().getSource().getCoupon()).isEqualTo("P10");
        assertThat(story.stripe.customers().deleteDiscount(customer.getId()).getDeleted()).isTrue();
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(nets(story.latestInvoice(inherits))).containsExactly(1000L);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.customers().deleteDiscount(customer.getId()));
    }

    @Test
    void aCustomersCouponForOnceIsUsedByTheFirstInvoiceOfAnyOfItsSubscriptions() throws StripeException {
        coupon("ONCE", Duration.ONCE, params -> params.setPercentOff(BigDecimal.TEN));
        Customer customer = story.customer("pm_card_visa");
        story.sandbox.discount(customer.getId(), "ONCE");
        assertThat(nets(story.latestInvoice(story.subscribe(customer, thousand, 1)))).containsExactly(900L);
        assertThat(nets(story.latestInvoice(story.subscribe(customer, twoThousand, 1)))).containsExactly(2000L);
        assertThat(story.stripe.customers().retrieve(customer.getId()).getDiscount()).isNull();
    }

    @Test
    void aSubscriptionsDiscountsAreDeletedAndItsItemsKeepTheirs() throws StripeException {
        Subscription subscription = subscribe("P10", "", "P50", params -> params);
        assertThat(story.stripe.subscriptions().deleteDiscount(subscription.getId()).getDeleted()).isTrue();
        story.travelTo("2026-05-01T00:00:00Z");

        assertThat(nets(story.latestInvoice(subscription))).containsExactly(900L, 2000L);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptions().deleteDiscount(subscription.getId()));
    }

    @Test
    void aCouponEndsWhenItIsUsedUpOrOver() throws StripeException {
        coupon("FIRST", Duration.FOREVER, params -> params.setPercentOff(BigDecimal.TEN).setMaxRedemptions(1L));
        coupon("APRIL", Duration.FOREVER, params -> params.setPercentOff(BigDecimal.TEN).setRedeemBy(1777593600L));
        Subscription subscription = subscribe("FIRST", "", "APRIL", params -> params);
        assertThat(story.stripe.coupons().retrieve("FIRST").getTimesRedeemed()).isEqualTo(1);
        assertThat(story.stripe.coupons().retrieve("FIRST").getValid()).isFalse();
        assertThat(story.stripe.coupons().retrieve("APRIL").getValid()).isTrue();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> subscribe("FIRST", "", "", params -> params))
                .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo("coupon_expired"));

        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(story.stripe.coupons().list().getData()).filteredOn(Coupon::getValid).extracting(Coupon::getId).doesNotContain("FIRST", "APRIL").hasSize(7);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> subscribe("", "", "APRIL", params -> params));
        assertThat(nets(story.latestInvoice(subscription))).as("what was redeemed stays").containsExactly(810L, 1800L);
    }

    @Test
    void anItemsDiscountCannotWaitForAPayment() throws StripeException {
        Subscription subscription = subscribe("", "", "", params -> params);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.update(subscription, SubscriptionUpdateParams.builder()
                .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE).addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(subscription.getItems().getData().getFirst().getId()).setQuantity(2L).addDiscount(own("P10")).build())))
                .satisfies(refusal -> assertThat(refusal.getParam()).isEqualTo("items[0]"));
        assertThat(story.stripe.coupons().retrieve("P10").getTimesRedeemed()).isZero();
    }

    private Invoice change(Subscription subscription, UnaryOperator<SubscriptionUpdateParams.Item.Builder> change) throws StripeException {
        story.update(subscription, SubscriptionUpdateParams.builder().setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .addItem(change.apply(SubscriptionUpdateParams.Item.builder().setId(subscription.getItems().getData().getFirst().getId())).build()));
        return story.latestInvoice(subscription);
    }

    private Invoice removed(Subscription subscription) throws StripeException {
        story.update(subscription, SubscriptionUpdateParams.builder().setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
                .setProrationDate(Instant.parse(MIDDLE).getEpochSecond())
                .addItem(SubscriptionUpdateParams.Item.builder().setId(subscription.getItems().getData().getFirst().getId()).setDeleted(true).build()));
        return story.latestInvoice(subscription);
    }

    private static SubscriptionUpdateParams.Item.Discount own(String coupon) {
        return SubscriptionUpdateParams.Item.Discount.builder().setCoupon(coupon).build();
    }

    private static UnaryOperator<SubscriptionCreateParams.Builder> itemized() {
        return params -> params.setBillingMode(SubscriptionCreateParams.BillingMode.builder().setType(SubscriptionCreateParams.BillingMode.Type.FLEXIBLE)
                .setFlexible(SubscriptionCreateParams.BillingMode.Flexible.builder()
                        .setProrationDiscounts(SubscriptionCreateParams.BillingMode.Flexible.ProrationDiscounts.ITEMIZED).build()).build());
    }

    private Subscription subscribe(String first, String second, String shared, UnaryOperator<SubscriptionCreateParams.Builder> mode) throws StripeException {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder().setCustomer(story.customer("pm_card_visa").getId())
                .addItem(item(thousand, first)).addItem(item(twoThousand, second));
        codes(shared).forEach(code -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(code).build()));
        return story.stripe.subscriptions().create(mode.apply(params).build());
    }

    private static SubscriptionCreateParams.Item item(Price price, String coupons) {
        SubscriptionCreateParams.Item.Builder item = SubscriptionCreateParams.Item.builder().setPrice(price.getId());
        codes(coupons).forEach(code -> item.addDiscount(SubscriptionCreateParams.Item.Discount.builder().setCoupon(code).build()));
        return item.build();
    }

    private static List<String> codes(String coupons) {
        return coupons.isEmpty() ? List.of() : List.of(coupons.split(" "));
    }

    private void coupon(String id, Duration duration, UnaryOperator<CouponCreateParams.Builder> terms) throws StripeException {
        story.stripe.coupons().create(terms.apply(CouponCreateParams.builder().setId(id).setDuration(duration)).build());
    }

    private static List<Long> nets(Invoice invoice) {
        return invoice.getLines().getData().stream().map(line -> line.getAmount() - line.getDiscountAmounts().stream()
                .mapToLong(InvoiceLineItem.DiscountAmount::getAmount).sum()).toList();
    }
}
