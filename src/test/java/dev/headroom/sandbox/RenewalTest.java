package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What time does by itself. */
class RenewalTest {

    private final SandboxStory story = new SandboxStory("2026-01-31T10:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void keepsARenewalsInvoiceAsADraftForAnHourWhereThatIsAskedFor() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.sandbox.keepDrafts(true);

        story.travelTo("2026-02-28T10:59:59Z");
        assertThat(invoices(subscription).getFirst().getStatus()).isEqualTo("draft");
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getLatestInvoice()).isEqualTo(invoices(subscription).getFirst().getId());

        story.travelTo("2026-02-28T11:00:00Z");
        assertThat(invoices(subscription).getFirst().getStatus()).isEqualTo("paid");
        assertThat(invoices(subscription).getFirst().getAmountPaid()).isEqualTo(1000);
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getStatus()).isEqualTo("active");
    }

    @Test
    void keepsTheAnchorThroughShortMonths() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo("2026-05-01T00:00:00Z");

        assertThat(invoices(subscription)).extracting(invoice -> Instant.ofEpochSecond(invoice.getCreated()).toString())
                .containsExactly("2026-04-30T10:00:00Z", "2026-03-31T10:00:00Z", "2026-02-28T10:00:00Z", "2026-01-31T10:00:00Z");
        assertThat(invoices(subscription)).allMatch(invoice -> invoice.getStatus().equals("paid"));
        assertThat(invoices(subscription)).extracting(Invoice::getBillingReason).contains("subscription_create", "subscription_cycle");
        Subscription renewed = story.stripe.subscriptions().retrieve(subscription.getId());
        assertThat(Instant.ofEpochSecond(renewed.getItems().getData().getFirst().getCurrentPeriodEnd())).isEqualTo("2026-05-31T10:00:00Z");
    }

    @Test
    void datesEventsAtTheTimeOfTheRenewal() throws StripeException {
        story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo("2026-03-15T00:00:00Z");
        Event updated = story.stripe.events().list(EventListParams.builder().setType("customer.subscription.updated").build()).getData().getFirst();

        assertThat(Instant.ofEpochSecond(updated.getCreated())).isEqualTo("2026-02-28T10:00:00Z");
        assertThat(updated.getData().getPreviousAttributes()).containsOnlyKeys("items", "latest_invoice");
    }

    @Test
    void retriesAFailedRenewalAndRecovers() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        prefer(customer, "pm_card_chargeCustomerFail");
        story.travelTo("2026-03-01T00:00:00Z");
        assertThat(status(subscription)).isEqualTo("past_due");
        Invoice failed = story.latestInvoice(subscription);
        assertThat(failed.getStatus()).isEqualTo("open");
        assertThat(failed.getAttemptCount()).isEqualTo(1);

        story.travelTo("2026-03-04T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getAttemptCount()).isEqualTo(2);
        prefer(customer, "pm_card_visa");
        story.travelTo("2026-03-09T00:00:00Z");
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        assertThat(status(subscription)).isEqualTo("active");
        assertThat(story.eventTypes()).contains("invoice.payment_failed", "invoice.paid");
    }

    @Test
    void startsToBillWhenATrialEnds() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 3, params -> params.setTrialPeriodDays(14L));
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        assertThat(story.latestInvoice(subscription).getTotal()).isZero();
        story.travelTo("2026-02-20T00:00:00Z");

        assertThat(status(subscription)).isEqualTo("active");
        Invoice first = story.latestInvoice(subscription);
        assertThat(Instant.ofEpochSecond(first.getCreated())).isEqualTo("2026-02-14T10:00:00Z");
        assertThat(first.getAmountPaid()).isEqualTo(3000);
    }

    @Test
    void endsATrialNowAndBillsAFullPeriod() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, params -> params.setTrialPeriodDays(14L));
        story.travelTo("2026-02-05T00:00:00Z");
        Subscription active = story.update(subscription, SubscriptionUpdateParams.builder().setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW));

        assertThat(active.getStatus()).isEqualTo("active");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(1000L);
        assertThat(Instant.ofEpochSecond(active.getItems().getData().getFirst().getCurrentPeriodEnd())).isEqualTo("2026-03-05T00:00:00Z");
    }

    @Test
    void cancelsAtTheEndOfThePeriod() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Subscription ending = story.update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true));
        assertThat(Instant.ofEpochSecond(ending.getCancelAt())).isEqualTo("2026-02-28T10:00:00Z");
        story.travelTo("2026-04-01T00:00:00Z");

        Subscription ended = story.stripe.subscriptions().retrieve(subscription.getId());
        assertThat(ended.getStatus()).isEqualTo("canceled");
        assertThat(Instant.ofEpochSecond(ended.getEndedAt())).isEqualTo("2026-02-28T10:00:00Z");
        assertThat(invoices(subscription)).hasSize(1);
        assertThat(story.stripe.subscriptions().list().getData()).isEmpty();
    }

    @Test
    void usesAOnceCouponOnceAndARepeatingOneUntilItEnds() throws StripeException {
        Subscription once = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, params -> params.addDiscount(coupon(CouponCreateParams.Duration.ONCE)));
        Subscription twice = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, params -> params.addDiscount(coupon(CouponCreateParams.Duration.REPEATING)));
        story.travelTo("2026-05-01T00:00:00Z");

        assertThat(invoices(once)).extracting(Invoice::getTotal).containsExactly(1000L, 1000L, 1000L, 750L);
        assertThat(invoices(twice)).extracting(Invoice::getTotal).containsExactly(1000L, 1000L, 750L, 750L);
    }

    @Test
    void startsANewCycleWhenTheIntervalChangesWithTheAnchorNow() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(2800), 1);
        story.travelTo("2026-02-14T10:00:00Z");
        Subscription yearly = story.update(subscription, SandboxStory.to(subscription, story.yearly(30000), 1)
                .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE).setBillingCycleAnchor(SubscriptionUpdateParams.BillingCycleAnchor.NOW));

        Invoice invoice = story.latestInvoice(subscription);
        assertThat(amounts(invoice)).containsExactly(-1400L, 30000L);
        assertThat(invoice.getLines().getData()).extracting(line -> line.getParent().getInvoiceItemDetails() != null && line.getParent().getInvoiceItemDetails().getProration())
                .containsExactly(true, false);
        assertThat(Instant.ofEpochSecond(yearly.getItems().getData().getFirst().getCurrentPeriodEnd())).isEqualTo("2027-02-14T10:00:00Z");
    }

    @Test
    void renewsNothingWhileSomebodyHoldsRenewalsOff() throws Exception {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        try (AutoCloseable _ = story.sandbox.holdRenewals().orElseThrow()) {
            assertThat(story.sandbox.holdRenewals()).as("somebody does").isEmpty();
            story.travelTo("2026-03-01T00:00:00Z");
            assertThat(invoices(subscription)).hasSize(1);
            story.sandbox.catchUp(customer.getId());
            assertThat(invoices(subscription)).hasSize(2);
        }
        story.travelTo("2026-04-01T00:00:00Z");
        assertThat(invoices(subscription)).hasSize(3);
    }

    @Test
    void setsAsideWhatCannotGoOnAndDoesItWhenItCan() throws Exception {
        Subscription stuck = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Subscription other = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        String anchor = String.valueOf(stuck.getBillingCycleAnchor());
        rewrite("body - 'billing_cycle_anchor'", stuck);
        story.travelTo("2026-03-31T12:00:00Z");
        assertThat(invoices(other)).hasSize(3);
        assertThat(invoices(stuck)).hasSize(1);

        rewrite("jsonb_set(body, '{billing_cycle_anchor}', '" + anchor + "')", stuck);
        story.travelTo("2026-03-31T14:00:00Z");
        assertThat(invoices(stuck)).extracting(invoice -> Instant.ofEpochSecond(invoice.getCreated()).toString()).as("late, and dated as it was due")
                .containsExactly("2026-03-31T10:00:00Z", "2026-02-28T10:00:00Z", "2026-01-31T10:00:00Z");
    }

    private void rewrite(String body, Subscription subscription) throws SQLException {
        try (Connection connection = story.database.dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement("update sandbox.document set body = " + body + " where id = ?")) {
            update.setString(1, subscription.getId());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void catchesUpBeforeAChangeThatComesLate() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.clock.travelTo(Instant.parse("2026-03-10T00:00:00Z"));
        story.update(subscription, SubscriptionUpdateParams.builder().putMetadata("seen", "late"));
        assertThat(invoices(subscription)).hasSize(2);
    }

    private void prefer(Customer customer, String card) throws StripeException {
        String method = story.stripe.paymentMethods().attach(card, PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build()).getId();
        story.stripe.customers().update(customer.getId(), CustomerUpdateParams.builder().setInvoiceSettings(
                CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(method).build()).build());
    }

    private SubscriptionCreateParams.Discount coupon(CouponCreateParams.Duration duration) {
        try {
            CouponCreateParams.Builder params = CouponCreateParams.builder().setPercentOff(new java.math.BigDecimal("25")).setDuration(duration);
            if (duration == CouponCreateParams.Duration.REPEATING) {
                params.setDurationInMonths(2L);
            }
            Coupon coupon = story.stripe.coupons().create(params.build());
            return SubscriptionCreateParams.Discount.builder().setCoupon(coupon.getId()).build();
        } catch (StripeException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private List<Invoice> invoices(Subscription subscription) throws StripeException {
        return story.stripe.invoices().list(InvoiceListParams.builder().setSubscription(subscription.getId()).build()).getData();
    }

    private String status(Subscription subscription) throws StripeException {
        return story.stripe.subscriptions().retrieve(subscription.getId()).getStatus();
    }
}
