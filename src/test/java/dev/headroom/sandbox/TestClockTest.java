package dev.headroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time that stands still for some customers until it is advanced. */
class TestClockTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void renewsItsOwnSubscriptionsAndNobodyElses() throws StripeException {
        TestClock clock = clock("2030-01-31T10:00:00Z");
        Price price = story.monthly(1000);
        Subscription simulated = story.subscribe(customer(clock), price, 1);
        Subscription real = story.subscribe(story.customer("pm_card_visa"), price, 1);
        assertThat(at(simulated.getCreated())).isEqualTo("2030-01-31T10:00:00Z");
        assertThat(simulated.getTestClock()).isEqualTo(clock.getId());

        TestClock advancing = advance(clock, "2030-03-30T00:00:00Z");
        assertThat(advancing.getStatus()).isEqualTo("advancing");
        assertThat(at(advancing.getStatusDetails().getAdvancing().getTargetFrozenTime())).isEqualTo("2030-03-30T00:00:00Z");
        assertThat(invoices(simulated)).hasSize(1);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.update(simulated, SandboxStory.to(simulated, price, 2)))
                .withMessageContaining("advancement underway");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> advance(clock, "2030-03-31T00:00:00Z"));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.testHelpers().testClocks().delete(clock.getId()));

        story.sandbox.catchUp();
        TestClock ready = story.stripe.testHelpers().testClocks().retrieve(clock.getId());
        assertThat(ready.getStatus()).isEqualTo("ready");
        assertThat(at(ready.getFrozenTime())).isEqualTo("2030-03-30T00:00:00Z");
        assertThat(invoices(simulated)).extracting(invoice -> at(invoice.getCreated())).containsExactly("2030-02-28T10:00:00Z", "2030-01-31T10:00:00Z");
        assertThat(invoices(simulated)).extracting(Invoice::getTestClock).containsOnly(clock.getId());
        assertThat(invoices(real)).hasSize(1);
        assertThat(story.eventTypes()).contains("test_helpers.test_clock.created", "test_helpers.test_clock.advancing", "test_helpers.test_clock.ready");
        Event event = story.stripe.events().list().getData().getFirst();
        assertThat(at(event.getCreated())).as("events are dated by the clock on the wall").isEqualTo("2026-04-01T00:00:00Z");

        story.travelTo("2026-06-10T00:00:00Z");
        assertThat(invoices(real)).hasSize(3);
        assertThat(invoices(simulated)).as("that clock stands still").hasSize(2);
    }

    @Test
    void changesHappenAtItsTime() throws StripeException {
        TestClock clock = clock("2020-04-01T00:00:00Z");
        Subscription subscription = story.subscribe(customer(clock), story.monthly(1000), 1);
        advance(clock, "2020-04-16T00:00:00Z");
        story.sandbox.catchUp();
        story.update(subscription, SandboxStory.to(subscription, story.monthly(2000), 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        assertThat(SandboxStory.amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1000L);
        story.sandbox.catchUp(subscription.getCustomer());
        assertThat(invoices(subscription)).as("nothing is due by its own clock").hasSize(2);
    }

    @Test
    void waitsWhileSomebodyHoldsRenewalsOff() throws Exception {
        TestClock clock = clock("2026-04-01T00:00:00Z");
        Subscription subscription = story.subscribe(customer(clock), story.monthly(1000), 1);
        try (AutoCloseable _ = story.sandbox.holdRenewals().orElseThrow()) {
            advance(clock, "2026-05-02T00:00:00Z");
            story.sandbox.catchUp();
            assertThat(story.stripe.testHelpers().testClocks().retrieve(clock.getId()).getStatus()).isEqualTo("advancing");
        }
        story.sandbox.catchUp();
        assertThat(invoices(subscription)).hasSize(2);
        assertThat(story.stripe.testHelpers().testClocks().retrieve(clock.getId()).getStatus()).isEqualTo("ready");
    }

    @Test
    void isListedApart() throws StripeException {
        TestClock clock = clock("2026-04-01T00:00:00Z");
        Customer customer = customer(clock);
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        Customer other = story.customer("pm_card_visa");
        assertThat(story.stripe.testHelpers().testClocks().list().getData()).extracting(TestClock::getName).containsExactly("later");
        assertThat(story.stripe.customers().list().getData()).extracting(Customer::getId).containsExactly(other.getId());
        assertThat(story.stripe.customers().list(CustomerListParams.builder().setTestClock(clock.getId()).build()).getData()).extracting(Customer::getId).containsExactly(customer.getId());
        assertThat(story.stripe.subscriptions().list().getData()).isEmpty();
        assertThat(story.stripe.subscriptions().list(SubscriptionListParams.builder().setTestClock(clock.getId()).build()).getData()).hasSize(1);
        assertThat(story.stripe.subscriptions().list(SubscriptionListParams.builder().setCustomer(customer.getId()).build()).getData()).hasSize(1);
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId(), SubscriptionRetrieveParams.builder().addExpand("test_clock").build())
                .getTestClockObject().getName()).isEqualTo("later");
    }

    @Test
    void takesItsCustomersAlongWhenItIsDeleted() throws StripeException {
        TestClock clock = clock("2026-04-01T00:00:00Z");
        Customer customer = customer(clock);
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        assertThat(story.stripe.testHelpers().testClocks().delete(clock.getId()).getDeleted()).isTrue();
        assertThat(story.stripe.customers().retrieve(customer.getId()).getDeleted()).isTrue();
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getStatus()).isEqualTo("canceled");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.testHelpers().testClocks().retrieve(clock.getId()))
                .withMessageContaining("No such test clock");
        assertThat(story.eventTypes()).contains("test_helpers.test_clock.deleted");
    }

    @Test
    void goesForwardAndNotTooFar() throws StripeException {
        TestClock clock = clock("2026-04-01T00:00:00Z");
        Customer customer = customer(clock);
        for (String wrong : List.of("2026-04-01T00:00:00Z", "2026-03-01T00:00:00Z", "2028-04-01T00:00:01Z")) {
            assertThatExceptionOfType(InvalidRequestException.class).as(wrong).isThrownBy(() -> advance(clock, wrong))
                    .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("frozen_time"));
        }
        story.subscribe(customer, story.yearly(1000), 1);
        story.subscribe(customer, story.monthly(1000), 1);
        assertThatExceptionOfType(InvalidRequestException.class).as("two of the shortest intervals").isThrownBy(() -> advance(clock, "2026-06-01T00:00:01Z"));
        assertThat(advance(clock, "2026-06-01T00:00:00Z").getStatus()).isEqualTo("advancing");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.customers().create(CustomerCreateParams.builder().setTestClock("clock_none").build()));
    }

    private TestClock clock(String frozen) throws StripeException {
        return story.stripe.testHelpers().testClocks().create(TestClockCreateParams.builder().setFrozenTime(Instant.parse(frozen).getEpochSecond()).setName("later").build());
    }

    private TestClock advance(TestClock clock, String frozen) throws StripeException {
        return story.stripe.testHelpers().testClocks().advance(clock.getId(), TestClockAdvanceParams.builder().setFrozenTime(Instant.parse(frozen).getEpochSecond()).build());
    }

    private Customer customer(TestClock clock) throws StripeException {
        return story.stripe.customers().create(CustomerCreateParams.builder().setTestClock(clock.getId()).setPaymentMethod("pm_card_visa")
                .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder().setDefaultPaymentMethod("pm_card_visa").build()).build());
    }

    private List<Invoice> invoices(Subscription subscription) throws StripeException {
        return story.stripe.invoices().list(InvoiceListParams.builder().setSubscription(subscription.getId()).build()).getData();
    }

    private static String at(Long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }
}
