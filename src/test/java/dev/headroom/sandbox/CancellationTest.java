package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static dev.headroom.sandbox.SandboxStory.classic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.CancelAt;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import com.stripe.param.common.EmptyParam;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When subscriptions end, and what that gives back. */
class CancellationTest {

    private static final String MIDDLE = "2026-04-16T00:00:00Z";
    private static final String LATER = "2026-04-25T00:00:00Z";

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @ParameterizedTest
    @CsvSource({"FLEXIBLE", "CLASSIC"})
    void givesBackWhatLiesBehindACancellationInTheMiddleOfAPeriod(String mode) throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1, mode(mode));
        story.travelTo(MIDDLE);
        Invoice preview = preview(subscription, SubscriptionDetails.builder().setCancelAt(seconds(LATER))
                .setProrationBehavior(SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE));
        Subscription ending = story.update(subscription, SubscriptionUpdateParams.builder().setCancelAt(seconds(LATER)).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        // Of 30 days, 15 are left and 9 are kept.
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-1500L, 900L).isEqualTo(amounts(preview));
        assertThat(at(ending.getItems().getData().getFirst().getCurrentPeriodEnd())).isEqualTo(LATER);
        assertThat(story.stripe.customers().retrieve(subscription.getCustomer()).getBalance()).isEqualTo(-600);

        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(at(retrieved(subscription).getEndedAt())).isEqualTo(LATER);
        assertThat(invoices(subscription)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"FLEXIBLE", "CLASSIC"})
    void chargesAgainWhatACancellationThatIsTakenBackHadGivenBack(String mode) throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1, mode(mode));
        story.travelTo(MIDDLE);
        story.update(subscription, SubscriptionUpdateParams.builder().setCancelAt(seconds(LATER)).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        Subscription resumed = story.update(subscription, SubscriptionUpdateParams.builder().setCancelAt(EmptyParam.EMPTY).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        assertThat(resumed.getCancelAt()).isNull();
        assertThat(at(resumed.getItems().getData().getFirst().getCurrentPeriodEnd())).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-900L, 1500L);
        assertThat(story.stripe.customers().retrieve(subscription.getCustomer()).getBalance()).isZero();
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(3000L);
    }

    @Test
    void letsTheCreditWaitOrDropsItAsToldTo() throws StripeException {
        Subscription waiting = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1);
        Subscription dropping = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1);
        story.travelTo(MIDDLE);
        story.update(waiting, SubscriptionUpdateParams.builder().setCancelAt(seconds(LATER)));
        story.update(dropping, SubscriptionUpdateParams.builder().setCancelAt(seconds(LATER)).setProrationBehavior(ProrationBehavior.NONE));
        assertThat(amounts(preview(waiting, SubscriptionDetails.builder()))).containsExactly(-1500L, 900L);
        assertThat(invoices(waiting)).hasSize(1);
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(waiting))).containsExactly(-1500L, 900L);
        assertThat(invoices(dropping)).hasSize(1);
        assertThat(retrieved(dropping).getStatus()).isEqualTo("canceled");
    }

    @Test
    void billsALaterPeriodOnlyUpToTheCancellation() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3100), 2);
        story.update(subscription, SubscriptionUpdateParams.builder().setCancelAt(seconds("2026-05-11T00:00:00Z")));
        assertThat(invoices(subscription)).as("this period is not touched").hasSize(1);
        assertThat(amounts(preview(subscription, SubscriptionDetails.builder()))).containsExactly(2000L);
        story.travelTo("2026-05-05T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(2000L);
        Price other = story.monthly(6200);
        story.travelTo("2026-05-06T00:00:00Z");
        story.update(subscription, SandboxStory.to(subscription, other, 1).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        assertThat(amounts(story.latestInvoice(subscription))).as("five days of another price").containsExactly(-1000L, 1000L);
        story.travelTo("2026-06-10T00:00:00Z");
        assertThat(at(retrieved(subscription).getEndedAt())).isEqualTo("2026-05-11T00:00:00Z");
    }

    @Test
    void endsWithTheFirstOrTheLastOfMixedPeriods() throws StripeException {
        Price year = story.yearly(36500);
        UnaryOperator<SubscriptionCreateParams.Builder> mixed = params -> params.addItem(SubscriptionCreateParams.Item.builder().setPrice(year.getId()).build());
        Subscription first = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1, mixed);
        Subscription last = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1, mixed);
        first = story.update(first, SubscriptionUpdateParams.builder().setCancelAt(CancelAt.MIN_PERIOD_END).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        last = story.update(last, SubscriptionUpdateParams.builder().setCancelAt(CancelAt.MAX_PERIOD_END));
        assertThat(List.of(at(first.getCancelAt()), at(last.getCancelAt()))).containsExactly("2026-05-01T00:00:00Z", "2027-04-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(first))).as("the year is cut").containsExactly(-36500L, 3000L);
        assertThat(invoices(last)).hasSize(1);
        last = story.update(last, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false));
        assertThat(last.getCancelAt()).isNull();
        first = story.update(first, SubscriptionUpdateParams.builder().setCancelAt(CancelAt.MAX_PERIOD_END).setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE));
        assertThat(at(first.getCancelAt())).as("where the year would end").isEqualTo("2027-04-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(first))).containsExactly(-3000L, 36500L);
    }

    @Test
    void previewsCancellingAtTheEndAndAtOnce() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1);
        story.travelTo(MIDDLE);
        assertThat(amounts(preview(subscription, SubscriptionDetails.builder().setCancelNow(true)))).containsExactly(-1500L);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> preview(subscription, SubscriptionDetails.builder().setCancelAtPeriodEnd(true)))
                .satisfies(none -> assertThat(none.getCode()).isEqualTo("invoice_upcoming_none"));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> preview(subscription, SubscriptionDetails.builder().setCancelNow(true)
                .setProrationBehavior(SubscriptionDetails.ProrationBehavior.NONE))).satisfies(none -> assertThat(none.getCode()).isEqualTo("invoice_upcoming_none"));
        assertThat(retrieved(subscription).getCancelAt()).as("nothing is stored").isNull();
        story.stripe.subscriptions().cancel(subscription.getId(), SubscriptionCancelParams.builder().setProrate(true).setInvoiceNow(true).build());
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-1500L);
    }

    @Test
    void previewsAnotherEndOfATrial() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1, params -> params.setTrialPeriodDays(14L));
        assertThat(amounts(preview(subscription, SubscriptionDetails.builder().setTrialEnd(SubscriptionDetails.TrialEnd.NOW)))).containsExactly(3000L);
        assertThat(amounts(preview(subscription, SubscriptionDetails.builder().setTrialEnd(seconds(LATER))))).containsExactly(0L);
    }

    @Test
    void refusesAnEndInThePast() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(3000), 1);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> story.update(subscription, SubscriptionUpdateParams.builder().setCancelAt(seconds("2026-03-31T00:00:00Z"))))
                .satisfies(refused -> assertThat(refused.getParam()).isEqualTo("cancel_at"));
    }

    private static UnaryOperator<SubscriptionCreateParams.Builder> mode(String mode) {
        return mode.equals("CLASSIC") ? classic() : params -> params;
    }

    private Invoice preview(Subscription subscription, SubscriptionDetails.Builder details) throws StripeException {
        return story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).setSubscriptionDetails(details.build()).build());
    }

    private List<Invoice> invoices(Subscription subscription) throws StripeException {
        return story.stripe.invoices().list(InvoiceListParams.builder().setSubscription(subscription.getId()).build()).getData();
    }

    private Subscription retrieved(Subscription subscription) throws StripeException {
        return story.stripe.subscriptions().retrieve(subscription.getId());
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static String at(Long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }
}
