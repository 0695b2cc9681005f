package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionStartTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void chargesTheFirstPeriodAtOnce() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);

        assertThat(subscription.getStatus()).isEqualTo("active");
        Invoice invoice = story.latestInvoice(subscription);
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getAmountPaid()).isEqualTo(1000);
        assertThat(subscription.getItems().getData().getFirst().getCurrentPeriodEnd()).isEqualTo(1777593600);
        assertThat(story.eventTypes()).contains("customer.created", "payment_method.attached", "customer.subscription.created",
                "invoice.created", "invoice.finalized", "invoice.paid");
    }

    /** The examples of docs.stripe.com/billing/subscriptions/backdating, which say the fraction and not the amount. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-15T00:00:00Z, 2026-02-01T00:00:00Z, 3100, 1700",
        "2026-02-15T00:00:00Z, 2026-03-01T00:00:00Z, 2800, 1400",
    })
    void datedBackItChargesFromThenUntilTheAnchor(Instant from, Instant anchor, long price, long charged) throws StripeException {
        story.clock.travelTo(from.plusSeconds(600));
        Customer customer = story.customer("pm_card_visa");
        Price monthly = story.monthly(price);
        Invoice preview = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setCustomer(customer.getId())
                .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                        .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder().setPrice(monthly.getId()).build())
                        .setStartDate(from.getEpochSecond()).setBillingCycleAnchor(anchor.getEpochSecond()).build()).build());
        Subscription subscription = story.subscribe(customer, monthly, 1, dated(from, anchor));

        assertThat(SandboxStory.amounts(preview)).containsExactly(charged);
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(charged);
        assertThat(subscription.getStartDate()).isEqualTo(from.getEpochSecond());
        assertThat(subscription.getBillingCycleAnchor()).isEqualTo(anchor.getEpochSecond());
        assertThat(subscription.getItems().getData()).singleElement().satisfies(item -> {
            assertThat(item.getCurrentPeriodStart()).isEqualTo(from.getEpochSecond());
            assertThat(item.getCurrentPeriodEnd()).isEqualTo(anchor.getEpochSecond());
        });
        story.travelTo(anchor);
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(price);
    }

    @Test
    void itIsDatedBackToThePastAndForOneCycleOnly() throws StripeException {
        story.sendsWrongRequests();
        Customer customer = story.customer("pm_card_visa");
        Price monthly = story.monthly(1000);
        Instant now = story.clock.instant();

        refused("backdate_start_date", customer, monthly, dated(now.plusSeconds(1), now.plusSeconds(100)));
        refused("backdate_start_date", customer, monthly, params -> params.setBackdateStartDate(now.minusSeconds(1).getEpochSecond()));
        refused("backdate_start_date", customer, monthly, params -> SandboxStory.classic().apply(dated(now.minusSeconds(1), now.plusSeconds(100)).apply(params)));
        refused("billing_cycle_anchor", customer, monthly, dated(now.minusSeconds(1), Instant.parse("2026-05-01T00:00:00Z")));
        refused("billing_cycle_anchor", customer, monthly, dated(now.minusSeconds(1), now));
    }

    @Test
    void anAnchorMayBeWhereTheFirstPeriodWouldEndAndNotLater() throws StripeException {
        story.sendsWrongRequests();
        Customer customer = story.customer("pm_card_visa");
        Price monthly = story.monthly(1000);
        Instant natural = Instant.parse("2026-05-01T00:00:00Z");

        refused("billing_cycle_anchor", customer, monthly, params -> params.setBillingCycleAnchor(natural.getEpochSecond() + 1));
        assertThat(SandboxStory.amounts(story.latestInvoice(story.subscribe(customer, monthly, 1, params -> params.setBillingCycleAnchor(natural.getEpochSecond())))))
                .containsExactly(1000L);
    }

    private void refused(String parameter, Customer customer, Price price, UnaryOperator<SubscriptionCreateParams.Builder> more) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.subscribe(customer, price, 1, more))
                .satisfies(refusal -> assertThat(refusal.getParam()).isEqualTo(parameter));
    }

    private static UnaryOperator<SubscriptionCreateParams.Builder> dated(Instant from, Instant anchor) {
        return params -> params.setBackdateStartDate(from.getEpochSecond()).setBillingCycleAnchor(anchor.getEpochSecond())
                .setProrationBehavior(SubscriptionCreateParams.ProrationBehavior.CREATE_PRORATIONS);
    }

    @Test
    void upgradesHalfWayThroughThePeriod() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        story.travelTo("2026-04-16T00:00:00Z");
        story.update(subscription, SandboxStory.to(subscription, story.monthly(2000), 1)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE));
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1000L);
    }
}
