package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionUpdateParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
