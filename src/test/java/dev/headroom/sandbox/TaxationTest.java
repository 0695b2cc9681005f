package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Automatic tax at one rate. */
class TaxationTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z", SandboxOptions.defaults().taxedAt(new BigDecimal("7.7")));

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void isOnTopOfWhatIsNetOfDiscounts() throws StripeException {
        Coupon coupon = story.stripe.coupons().create(CouponCreateParams.builder().setPercentOff(new BigDecimal("10")).setDuration(CouponCreateParams.Duration.FOREVER).build());
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 3,
                params -> taxed().apply(params).addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(coupon.getId()).build()));
        Invoice invoice = story.latestInvoice(subscription);
        assertThat(subscription.getAutomaticTax().getEnabled()).isTrue();
        assertThat(List.of(invoice.getSubtotal(), invoice.getTotalExcludingTax(), invoice.getTotal(), invoice.getAmountPaid())).containsExactly(3000L, 2700L, 2908L, 2908L);
        assertThat(invoice.getTotalTaxes()).singleElement().satisfies(tax -> {
            assertThat(List.of(tax.getAmount(), tax.getTaxableAmount())).containsExactly(208L, 2700L);
            assertThat(tax.getTaxBehavior()).isEqualTo("exclusive");
            assertThat(tax.getTaxRateDetails().getTaxRate()).startsWith("txr_");
        });
        assertThat(taxes(invoice)).containsExactly(208L);
        assertThat(invoice.getAutomaticTax().getStatus()).isEqualTo("complete");
        story.travelTo("2026-05-02T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getTotal()).as("renewals too").isEqualTo(2908);
    }

    @Test
    void isSummedAndThenRounded() throws StripeException {
        List<Price> prices = List.of(story.monthly(58), story.monthly(58), story.monthly(58));
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), prices.getFirst(), 1, params -> {
            prices.subList(1, 3).forEach(price -> params.addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build()));
            return taxed().apply(params);
        });
        // 58 × 7.7 % is 4.466, which alone would be 4; three of them are 13.398.
        Invoice invoice = story.latestInvoice(subscription);
        assertThat(invoice.getTotalTaxes().getFirst().getAmount()).isEqualTo(13);
        assertThat(taxes(invoice).stream().mapToLong(Long::longValue).sum()).isEqualTo(13);
    }

    @Test
    void isGivenBackWithACredit() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1, taxed());
        story.travelTo("2026-04-16T00:00:00Z");
        story.update(subscription, SandboxStory.to(subscription, story.monthly(1000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        Invoice credit = story.latestInvoice(subscription);
        assertThat(amounts(credit)).containsExactly(-1500L, 500L);
        assertThat(taxes(credit)).containsExactly(-116L, 39L);
        assertThat(List.of(credit.getTotalExcludingTax(), credit.getTotal())).containsExactly(-1000L, -1077L);
        assertThat(story.stripe.customers().retrieve(subscription.getCustomer()).getBalance()).isEqualTo(-1077);
    }

    @Test
    void isPreviewedAsItIsInvoiced() throws StripeException {
        SplittableRandom random = new SplittableRandom(7);
        List<Price> prices = List.of(story.monthly(999), story.monthly(4901), story.monthly(12345));
        for (int i = 0; i < 6; i++) {
            Customer customer = story.customer("pm_card_visa");
            Price first = prices.get(random.nextInt(3));
            long quantity = random.nextLong(1, 40);
            Invoice start = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setCustomer(customer.getId())
                    .setAutomaticTax(InvoiceCreatePreviewParams.AutomaticTax.builder().setEnabled(true).build())
                    .setSubscriptionDetails(SubscriptionDetails.builder().addItem(SubscriptionDetails.Item.builder().setPrice(first.getId()).setQuantity(quantity).build()).build()).build());
            Subscription subscription = story.subscribe(customer, first, quantity, taxed());
            same(story.latestInvoice(subscription), start);
            for (int step = 0; step < 3; step++) {
                story.travelTo(story.clock.instant().plus(Duration.ofSeconds(random.nextLong(1, 15 * 86_400))));
                Subscription current = story.stripe.subscriptions().retrieve(subscription.getId());
                String before = current.getLatestInvoice();
                Price next = prices.get(random.nextInt(3));
                long seats = random.nextLong(1, 40);
                Invoice preview = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId())
                        .setSubscriptionDetails(SubscriptionDetails.builder().setProrationBehavior(SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE)
                                .addItem(SubscriptionDetails.Item.builder().setId(current.getItems().getData().getFirst().getId()).setPrice(next.getId()).setQuantity(seats).build())
                                .build()).build());
                story.update(current, SandboxStory.to(current, next, seats).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
                assertThat(story.latestInvoice(current).getId()).isNotEqualTo(before);
                same(story.latestInvoice(current), preview);
            }
        }
    }

    @Test
    void isSwitchedOnAndOffAndPreviewedBefore() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(1000);
        assertThat(story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId())
                .setAutomaticTax(InvoiceCreatePreviewParams.AutomaticTax.builder().setEnabled(true).build()).build()).getTotal()).isEqualTo(1077);
        story.update(subscription, automatic(true));
        story.travelTo("2026-05-02T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(1077);
        story.update(subscription, automatic(false));
        story.travelTo("2026-06-02T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getTotal()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"EXEMPT, customer_exempt", "REVERSE, reverse_charge"})
    void isNotTakenFromThoseWhoAreExempt(CustomerUpdateParams.TaxExempt exemption, String reason) throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        story.stripe.customers().update(customer.getId(), CustomerUpdateParams.builder().setTaxExempt(exemption).build());
        Invoice invoice = story.latestInvoice(story.subscribe(customer, story.monthly(1000), 1, taxed()));
        assertThat(invoice.getTotal()).isEqualTo(1000);
        assertThat(invoice.getTotalTaxes().getFirst().getTaxabilityReason()).isEqualTo(reason);
    }

    @Test
    void isRefusedWhereNoRateIsConfigured() {
        try (SandboxStory untaxed = new SandboxStory("2026-04-01T00:00:00Z")) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> untaxed.subscribe(untaxed.customer("pm_card_visa"), untaxed.monthly(1000), 1, taxed()))
                    .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("automatic_tax[enabled]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1"})
    void isAPercentage(String percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> SandboxOptions.defaults().taxedAt(new BigDecimal(percent)));
    }

    private static void same(Invoice invoice, Invoice preview) {
        assertThat(taxes(invoice)).isEqualTo(taxes(preview));
        assertThat(List.of(invoice.getTotal(), invoice.getTotalExcludingTax(), invoice.getAmountDue())).isEqualTo(List.of(preview.getTotal(), preview.getTotalExcludingTax(), preview.getAmountDue()));
    }

    private static List<Long> taxes(Invoice invoice) {
        return invoice.getLines().getData().stream().map(InvoiceLineItem::getTaxes).map(taxes -> taxes.getFirst().getAmount()).toList();
    }

    private static SubscriptionUpdateParams.Builder automatic(boolean enabled) {
        return SubscriptionUpdateParams.builder().setAutomaticTax(SubscriptionUpdateParams.AutomaticTax.builder().setEnabled(enabled).build());
    }

    private static UnaryOperator<SubscriptionCreateParams.Builder> taxed() {
        return params -> params.setAutomaticTax(SubscriptionCreateParams.AutomaticTax.builder().setEnabled(true).build());
    }
}
