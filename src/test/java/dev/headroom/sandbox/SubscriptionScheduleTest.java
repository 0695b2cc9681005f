package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Coupon;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceUpdateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionScheduleCancelParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleListParams;
import com.stripe.param.SubscriptionScheduleReleaseParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.EndBehavior;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import com.stripe.param.SubscriptionUpdateParams;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that wait for their day. */
class SubscriptionScheduleTest {

    private static final String APRIL = "2026-04-01T00:00:00Z";
    private static final String MAY = "2026-05-01T00:00:00Z";
    private static final String JUNE = "2026-06-01T00:00:00Z";

    private final SandboxStory story = new SandboxStory(APRIL);

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void mirrorsTheSubscriptionItIsMadeFrom() throws StripeException {
        Coupon coupon = percent(CouponCreateParams.Duration.FOREVER);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 3,
                params -> params.addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(coupon.getId()).build()));
        story.travelTo("2026-04-10T00:00:00Z");
        SubscriptionSchedule schedule = schedule(subscription);

        assertThat(schedule.getStatus()).isEqualTo("active");
        assertThat(schedule.getEndBehavior()).isEqualTo("release");
        assertThat(schedule.getSubscription()).isEqualTo(subscription.getId());
        assertThat(at(schedule.getCurrentPhase().getStartDate())).isEqualTo(APRIL);
        assertThat(at(schedule.getCurrentPhase().getEndDate())).isEqualTo(MAY);
        SubscriptionSchedule.Phase phase = schedule.getPhases().getFirst();
        assertThat(phase.getItems()).singleElement().satisfies(item -> assertThat(item.getQuantity()).isEqualTo(3));
        assertThat(phase.getDiscounts()).singleElement().satisfies(discount -> assertThat(discount.getDiscount()).isEqualTo(subscription.getDiscounts().getFirst()));
        assertThat(retrieved(subscription).getSchedule()).isEqualTo(schedule.getId());
        assertThat(story.stripe.subscriptionSchedules().list(SubscriptionScheduleListParams.builder().setCustomer(subscription.getCustomer()).build()).getData()).hasSize(1);
        assertThat(story.stripe.subscriptionSchedules().list(SubscriptionScheduleListParams.builder().setScheduled(true).build()).getData()).isEmpty();
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId(), SubscriptionRetrieveParams.builder().addExpand("schedule").build())
                .getScheduleObject().getStatus()).isEqualTo("active");
        assertThat(story.eventTypes()).contains("subscription_schedule.created");
    }

    @Test
    void billsTheNextPhasesItemsAtTheRenewalAndNothingElse() throws StripeException {
        Price large = story.monthly(3000);
        Price small = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), large, 5);
        story.travelTo("2026-04-10T00:00:00Z");
        SubscriptionSchedule updated = phases(schedule(subscription), phase(large, 5).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(small, 2));
        assertThat(updated.getPhases()).hasSize(2);
        assertThat(at(updated.getPhases().getLast().getEndDate())).as("one cycle where nothing is said").isEqualTo(JUNE);
        assertThat(invoices(subscription)).as("the current phase is as it was").hasSize(1);
        Invoice upcoming = story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build());
        assertThat(amounts(upcoming)).containsExactly(2000L);

        story.travelTo("2026-05-10T00:00:00Z");
        Invoice renewal = story.latestInvoice(subscription);
        assertThat(amounts(renewal)).containsExactly(2000L);
        assertThat(renewal.getBillingReason()).isEqualTo("subscription_cycle");
        assertThat(at(renewal.getCreated())).isEqualTo(MAY);
        assertThat(retrieved(subscription).getSchedule()).isEqualTo(updated.getId());
        assertThat(story.eventTypes()).contains("subscription_schedule.updated");
        assertThat(at(story.stripe.subscriptionSchedules().retrieve(updated.getId()).getCurrentPhase().getEndDate())).isEqualTo(JUNE);

        story.travelTo("2026-06-10T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(2000L, 2000L, 15000L);
        SubscriptionSchedule released = story.stripe.subscriptionSchedules().retrieve(updated.getId());
        assertThat(released.getStatus()).isEqualTo("released");
        assertThat(at(released.getReleasedAt())).isEqualTo(JUNE);
        assertThat(released.getReleasedSubscription()).isEqualTo(subscription.getId());
        assertThat(released.getSubscription()).isNull();
        assertThat(retrieved(subscription).getSchedule()).isNull();
        assertThat(story.eventTypes()).contains("subscription_schedule.released", "customer.subscription.updated");
    }

    @Test
    void goesFromMonthToMonthThroughItsPhases() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)),
                phase(price, 2).setDuration(months(1)), phase(price, 4).setDuration(months(2)), phase(price, 8).setDuration(months(1)));
        story.travelTo("2026-09-10T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(8000L, 8000L, 4000L, 4000L, 2000L, 1000L);
        assertThat(item(subscription).getId()).as("the same price is the same item").isEqualTo(subscription.getItems().getData().getFirst().getId());
    }

    @Test
    void countsDurationsAsBillingDoes() throws StripeException {
        story.travelTo("2026-05-31T10:00:00Z");
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        SubscriptionSchedule schedule = phases(schedule(subscription), phase(price, 1).setStartDate(seconds("2026-05-31T10:00:00Z")).setDuration(months(1)),
                phase(price, 2).setDuration(months(1)));
        assertThat(schedule.getPhases()).extracting(phase -> at(phase.getEndDate())).containsExactly("2026-06-30T10:00:00Z", "2026-07-31T10:00:00Z");
    }

    @Test
    void startsAYearWithThePhaseThatSaysSo() throws StripeException {
        Price month = story.monthly(1000);
        Price year = story.yearly(9000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), month, 1);
        story.travelTo("2026-05-20T00:00:00Z");
        phases(schedule(subscription), phase(month, 1).setStartDate(seconds(MAY)).setEndDate(seconds(JUNE)),
                phase(year, 1).setBillingCycleAnchor(Phase.BillingCycleAnchor.PHASE_START));
        assertThat(amounts(story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build())))
                .containsExactly(9000L);
        story.travelTo("2026-06-20T00:00:00Z");

        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(9000L);
        assertThat(story.latestInvoice(subscription).getBillingReason()).isEqualTo("subscription_cycle");
        assertThat(at(retrieved(subscription).getBillingCycleAnchor())).isEqualTo(JUNE);
        assertThat(at(item(subscription).getCurrentPeriodEnd())).isEqualTo("2027-06-01T00:00:00Z");
        story.travelTo("2027-06-20T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(9000L, 9000L, 1000L, 1000L);
    }

    @Test
    void startsACycleInTheMiddleOfAPeriodAndGivesTheRestBack() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 3);
        phases(schedule(subscription), phase(price, 3).setStartDate(seconds(APRIL)).setEndDate(seconds("2026-04-16T00:00:00Z")),
                phase(price, 3).setProrationBehavior(Phase.ProrationBehavior.ALWAYS_INVOICE).setBillingCycleAnchor(Phase.BillingCycleAnchor.PHASE_START));
        story.travelTo("2026-04-20T00:00:00Z");

        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-1500L, 3000L);
        assertThat(at(story.latestInvoice(subscription).getCreated())).isEqualTo("2026-04-16T00:00:00Z");
        assertThat(at(retrieved(subscription).getBillingCycleAnchor())).isEqualTo("2026-04-16T00:00:00Z");
        assertThat(at(item(subscription).getCurrentPeriodStart())).isEqualTo("2026-04-16T00:00:00Z");
        assertThat(at(item(subscription).getCurrentPeriodEnd())).isEqualTo("2026-05-16T00:00:00Z");
        story.travelTo("2026-05-20T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(3000L, 1500L, 3000L);
        assertThat(retrieved(subscription).getSchedule()).isNull();
    }

    @Test
    void countsAYearFromTheOldAnchorWhereThePhaseDoesNotSaySo() throws StripeException {
        Price month = story.monthly(1000);
        Price year = story.yearly(9000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), month, 1);
        phases(schedule(subscription), phase(month, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(year, 1));
        story.travelTo("2026-06-20T00:00:00Z");

        assertThat(invoices(subscription)).as("without prorations the rest of the year is free").hasSize(1);
        assertThat(at(item(subscription).getCurrentPeriodEnd())).isEqualTo("2027-04-01T00:00:00Z");
    }

    @Test
    void resetsTheAnchorByItselfInClassicBilling() throws StripeException {
        Price month = story.monthly(1000);
        Price year = story.yearly(9000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), month, 1, SandboxStory.classic());
        phases(schedule(subscription), phase(month, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(year, 1));
        story.travelTo("2026-06-20T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(9000L, 1000L);
        assertThat(at(item(subscription).getCurrentPeriodEnd())).isEqualTo("2027-05-01T00:00:00Z");
    }

    @Test
    void givesNothingBackOfAPeriodThatIsOver() throws StripeException {
        Price month = story.monthly(1000);
        Price year = story.yearly(9000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), month, 1, SandboxStory.classic());
        phases(schedule(subscription), phase(month, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)),
                phase(year, 1).setProrationBehavior(Phase.ProrationBehavior.CREATE_PRORATIONS));
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(9000L);
    }

    @Test
    void doesNotCountADiscountTwiceThatCountsOnce() throws StripeException {
        Coupon once = percent(CouponCreateParams.Duration.ONCE);
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1, params -> params
                .addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(once.getId()).build()));
        String used = story.latestInvoice(subscription).getTotalDiscountAmounts().getFirst().getDiscount();
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(price, 1).addDiscount(kept(used)));
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(1000L, 750L);
    }

    @ParameterizedTest
    @CsvSource({"CREATE_PRORATIONS, '', '-500 1000 2000'", "ALWAYS_INVOICE, '-500 1000', '2000'", "NONE, '', '2000'"})
    void proratesAPhaseThatBeginsInTheMiddleOfAPeriodAsItSays(Phase.ProrationBehavior how, String now, String later) throws StripeException {
        Price price = story.monthly(1000);
        Price next = story.monthly(2000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds("2026-04-16T00:00:00Z")),
                phase(next, 1).setProrationBehavior(how).setDuration(months(3)));
        story.travelTo("2026-04-20T00:00:00Z");
        assertThat(item(subscription).getPrice().getId()).isEqualTo(next.getId());
        assertThat(invoices(subscription)).hasSize(now.isEmpty() ? 1 : 2);
        if (!now.isEmpty()) {
            assertThat(amounts(story.latestInvoice(subscription))).isEqualTo(longs(now));
            assertThat(at(story.latestInvoice(subscription).getCreated())).isEqualTo("2026-04-16T00:00:00Z");
        }
        story.travelTo("2026-05-20T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).isEqualTo(longs(later));
    }

    @Test
    void cancelsAtItsEndWhenItIsToldTo() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        SubscriptionSchedule schedule = story.stripe.subscriptionSchedules().update(schedule(subscription).getId(), SubscriptionScheduleUpdateParams.builder()
                .addPhase(phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(JUNE)).build()).setEndBehavior(EndBehavior.CANCEL).build());
        assertThat(at(retrieved(subscription).getCancelAt())).isEqualTo(JUNE);
        story.travelTo("2026-06-10T00:00:00Z");

        assertThat(retrieved(subscription).getStatus()).isEqualTo("canceled");
        assertThat(invoices(subscription)).hasSize(2);
        SubscriptionSchedule completed = story.stripe.subscriptionSchedules().retrieve(schedule.getId());
        assertThat(completed.getStatus()).isEqualTo("completed");
        assertThat(at(completed.getCompletedAt())).isEqualTo(JUNE);
        assertThat(story.eventTypes()).contains("subscription_schedule.completed", "customer.subscription.deleted");
    }

    @Test
    void takesOverACancellationThatWasSetAndGivesItBackOnlyWhenAsked() throws StripeException {
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true));
        SubscriptionSchedule schedule = schedule(subscription);
        assertThat(schedule.getEndBehavior()).isEqualTo("cancel");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false)))
                .withMessageContaining("managed by the subscription schedule");
        story.stripe.subscriptionSchedules().release(schedule.getId(), SubscriptionScheduleReleaseParams.builder().setPreserveCancelDate(true).build());
        assertThat(at(retrieved(subscription).getCancelAt())).isEqualTo(MAY);
        story.stripe.subscriptionSchedules().release(schedule(subscription).getId());
        assertThat(retrieved(subscription).getCancelAt()).isNull();
        assertThat(retrieved(subscription).getSchedule()).isNull();
    }

    @Test
    void isReleasedOnceAndThenNeverChanged() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        SubscriptionSchedule schedule = phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(story.monthly(5000), 1));
        assertThat(story.stripe.subscriptionSchedules().release(schedule.getId()).getStatus()).isEqualTo("released");
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).as("what was scheduled does not happen").containsExactly(1000L, 1000L);

        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().release(schedule.getId()))
                .withMessageContaining("currently in the `released` status");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().update(schedule.getId(),
                SubscriptionScheduleUpdateParams.builder().putMetadata("a", "b").build()));
        assertThat(schedule(subscription).getId()).as("another one may follow").isNotEqualTo(schedule.getId());
    }

    @Test
    void cancelsItsSubscriptionWithItselfAndEndsWithIt() throws StripeException {
        Subscription first = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Subscription second = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        story.travelTo("2026-04-16T00:00:00Z");
        SubscriptionSchedule canceled = story.stripe.subscriptionSchedules().cancel(schedule(first).getId());
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(retrieved(first).getStatus()).isEqualTo("canceled");
        assertThat(story.stripe.customers().retrieve(first.getCustomer()).getBalance()).as("prorated unless told otherwise").isEqualTo(-500);
        SubscriptionSchedule other = schedule(second);
        story.stripe.subscriptionSchedules().update(other.getId(), SubscriptionScheduleUpdateParams.builder().putMetadata("a", "b").build());
        story.stripe.subscriptions().cancel(second.getId());
        assertThat(story.stripe.subscriptionSchedules().retrieve(other.getId()).getStatus()).isEqualTo("canceled");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().cancel(other.getId(),
                SubscriptionScheduleCancelParams.builder().setInvoiceNow(false).setProrate(false).build()));
        assertThat(story.eventTypes()).contains("subscription_schedule.canceled");
    }

    @Test
    void changesTheCurrentPhaseAtOnce() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        SubscriptionSchedule schedule = schedule(subscription);
        story.travelTo("2026-04-16T00:00:00Z");
        story.stripe.subscriptionSchedules().update(schedule.getId(), SubscriptionScheduleUpdateParams.builder()
                .setProrationBehavior(SubscriptionScheduleUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .addPhase(phase(price, 3).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)).putMetadata("tier", "gold").build()).build());
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-500L, 1500L);
        assertThat(retrieved(subscription).getMetadata()).containsEntry("tier", "gold");
        assertThat(item(subscription).getQuantity()).isEqualTo(3);
    }

    @Test
    void overwritesAnUpdateThatDidNotGoThroughIt() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(price, 2));
        Subscription updated = story.update(subscription, SandboxStory.to(subscription, price, 9).setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE));
        assertThat(updated.getItems().getData().getFirst().getQuantity()).isEqualTo(9);
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(2000L);
    }

    @Test
    void discardsAPendingUpdateWhenThePhaseChanges() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds("2026-04-16T12:00:00Z")), phase(price, 2));
        PaymentTest.prefer(story, subscription.getCustomer(), "pm_card_chargeCustomerFail");
        story.travelTo("2026-04-16T00:00:00Z");
        Subscription pending = story.update(subscription, SandboxStory.to(subscription, story.monthly(2000), 1)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE));
        assertThat(pending.getPendingUpdate()).isNotNull();
        story.travelTo("2026-04-16T12:00:00Z");
        assertThat(retrieved(subscription).getPendingUpdate()).isNull();
        assertThat(story.stripe.invoices().retrieve(pending.getLatestInvoice()).getStatus()).isEqualTo("void");
        assertThat(item(subscription).getQuantity()).isEqualTo(2);
    }

    @Test
    void carriesDiscountsAlongOnlyWhereAPhaseRepeatsThem() throws StripeException {
        Coupon forever = percent(CouponCreateParams.Duration.FOREVER);
        Coupon once = percent(CouponCreateParams.Duration.ONCE);
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1, params -> params
                .addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(forever.getId()).build()));
        String discount = subscription.getDiscounts().getFirst();
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)).addDiscount(kept(discount)),
                phase(price, 1).setDuration(months(2)).addDiscount(kept(discount)).addDiscount(Phase.Discount.builder().setCoupon(once.getId()).build()),
                phase(price, 1).setDuration(months(1)));
        story.travelTo("2026-07-10T00:00:00Z");
        assertThat(invoices(subscription)).extracting(Invoice::getTotal).containsExactly(1000L, 750L, 562L, 750L);
        assertThat(story.stripe.coupons().retrieve(forever.getId()).getTimesRedeemed()).isEqualTo(1);
        assertThat(story.stripe.coupons().retrieve(once.getId()).getTimesRedeemed()).isEqualTo(1);
    }

    @Test
    void givesATrialWithAPhase() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)),
                phase(price, 2).setEndDate(seconds(JUNE)).setTrialEnd(seconds("2026-05-11T00:00:00Z")));
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("trialing");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(0L);
        story.travelTo("2026-05-11T00:00:00Z");
        assertThat(retrieved(subscription).getStatus()).isEqualTo("active");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(2000L);
    }

    @Test
    void bringsWhatWasScheduledEvenWhenThePriceIsArchivedByThen() throws StripeException {
        Price price = story.monthly(1000);
        Price next = story.monthly(2000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        SubscriptionSchedule schedule = phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(next, 1));
        story.stripe.prices().update(next.getId(), PriceUpdateParams.builder().setActive(false).build());
        story.stripe.prices().update(price.getId(), PriceUpdateParams.builder().setActive(false).build());
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> phases(schedule, phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(next, 2)))
                .withMessageContaining("This field only accepts active prices").returns("phases[1][items][0][price]", InvalidRequestException::getParam);
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(2000L);
    }

    @Test
    void takesAnArchivedPriceThatTheSubscriptionHas() throws StripeException {
        Price price = story.monthly(1000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        story.stripe.prices().update(price.getId(), PriceUpdateParams.builder().setActive(false).build());
        phases(schedule(subscription), phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)), phase(price, 2));
        story.travelTo("2026-05-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(2000L);
    }

    @Test
    void mixesIntervalsAndBillsEachAtItsOwnTime() throws StripeException {
        Price month = story.monthly(1000);
        Price year = story.yearly(9000);
        Price later = story.monthly(1500);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), month, 1,
                params -> params.addItem(SubscriptionCreateParams.Item.builder().setPrice(year.getId()).build()));
        phases(schedule(subscription), phase(month, 1).addItem(part(year, 1)).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)),
                phase(later, 1).addItem(part(year, 2)).setProrationBehavior(Phase.ProrationBehavior.CREATE_PRORATIONS).setDuration(months(1)));
        story.travelTo("2026-05-10T00:00:00Z");
        // 335 of 365 days are left of the year.
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-8260L, 16521L, 1500L);
        story.travelTo("2026-06-10T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(1500L);
    }

    @Test
    void endsThePresentPhaseNow() throws StripeException {
        Price price = story.monthly(1000);
        Price next = story.monthly(2000);
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), price, 1);
        SubscriptionSchedule schedule = schedule(subscription);
        story.travelTo("2026-04-16T00:00:00Z");
        SubscriptionSchedule updated = story.stripe.subscriptionSchedules().update(schedule.getId(), SubscriptionScheduleUpdateParams.builder()
                .setProrationBehavior(SubscriptionScheduleUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .addPhase(phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(Phase.EndDate.NOW).build())
                .addPhase(phase(next, 1).setStartDate(Phase.StartDate.NOW).setBillingCycleAnchor(Phase.BillingCycleAnchor.PHASE_START).build()).build());
        assertThat(at(updated.getCurrentPhase().getStartDate())).isEqualTo("2026-04-16T00:00:00Z");
        assertThat(at(updated.getCurrentPhase().getEndDate())).isEqualTo("2026-05-16T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(-500L, 2000L);
    }

    @Test
    void refusesWhatIsNotThere() throws StripeException {
        story.sendsWrongRequests();
        Subscription subscription = story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1);
        Price price = subscription.getItems().getData().getFirst().getPrice();
        SubscriptionSchedule schedule = schedule(subscription);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().retrieve("sub_sched_none"))
                .satisfies(missing -> assertThat(List.of(missing.getStatusCode(), missing.getCode(), missing.getParam())).isEqualTo(List.of(404, "resource_missing", "schedule")));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().create(
                        SubscriptionScheduleCreateParams.builder().setFromSubscription("sub_none").build()))
                .satisfies(missing -> assertThat(List.of(missing.getStatusCode(), missing.getCode())).isEqualTo(List.of(404, "resource_missing")));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> schedule(subscription)).withMessageContaining("already attached to a schedule");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().create(
                SubscriptionScheduleCreateParams.builder().setCustomer(subscription.getCustomer()).build()));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.subscriptionSchedules().create(SubscriptionScheduleCreateParams.builder()
                .setFromSubscription(subscription.getId()).setEndBehavior(SubscriptionScheduleCreateParams.EndBehavior.CANCEL).build()));
        Subscription ended = story.subscribe(story.customer("pm_card_visa"), price, 1);
        story.stripe.subscriptions().cancel(ended.getId());
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> schedule(ended));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> phases(schedule, phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)),
                phase(story.yearly(1), 1), phase(unknown(), 1))).satisfies(missing -> assertThat(missing.getCode()).isEqualTo("resource_missing"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-02T00:00:00Z, 2026-05-01T00:00:00Z, '',                   2026-06-01T00:00:00Z, You can not modify the start date",
        "2026-05-01T00:00:00Z, 2026-06-01T00:00:00Z, '',                   2026-07-01T00:00:00Z, You can not modify the start date",
        "2026-04-01T00:00:00Z, 2026-05-01T00:00:00Z, 2026-05-02T00:00:00Z, 2026-06-01T00:00:00Z, must equal the end_date",
        "2026-04-01T00:00:00Z, 2026-05-01T00:00:00Z, 2026-04-20T00:00:00Z, 2026-06-01T00:00:00Z, must equal the end_date",
        "2026-04-01T00:00:00Z, 2026-05-01T00:00:00Z, '',                   2026-05-01T00:00:00Z, must be after its start_date",
        "2026-04-01T00:00:00Z, 2026-03-01T00:00:00Z, '',                   2026-05-01T00:00:00Z, must be after its start_date",
    })
    void refusesPhasesThatDoNotFollowEachOther(String start, String end, String nextStart, String nextEnd, String message) throws StripeException {
        Price price = story.monthly(1000);
        SubscriptionSchedule schedule = schedule(story.subscribe(story.customer("pm_card_visa"), price, 1));
        story.travelTo("2026-04-10T00:00:00Z");
        Phase.Builder next = phase(price, 2).setEndDate(seconds(nextEnd));
        if (!nextStart.isEmpty()) {
            next.setStartDate(seconds(nextStart));
        }
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> phases(schedule, phase(price, 1).setStartDate(seconds(start)).setEndDate(seconds(end)), next)).withMessageContaining(message);
    }

    @Test
    void refusesPhasesThatAreOverOrTooManyOrEmpty() throws StripeException {
        story.sendsWrongRequests();
        Price price = story.monthly(1000);
        SubscriptionSchedule schedule = schedule(story.subscribe(story.customer("pm_card_visa"), price, 1));
        story.travelTo("2026-04-10T00:00:00Z");
        Phase.Builder first = phase(price, 1).setStartDate(seconds(APRIL));
        for (Phase.Builder[] wrong : List.of(
                new Phase.Builder[] {first.setEndDate(seconds("2026-04-05T00:00:00Z"))},
                new Phase.Builder[] {phase(price, 1)},
                new Phase.Builder[] {phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)).setDuration(months(1))},
                new Phase.Builder[] {phase(price, 1).setStartDate(seconds(APRIL)).setDuration(months(1001))},
                new Phase.Builder[] {phase(price, 1).addItem(part(price, 2)).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY))},
                new Phase.Builder[] {Phase.builder().setStartDate(seconds(APRIL)).setEndDate(seconds(MAY))},
                new Phase.Builder[] {phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)).setTrialEnd(seconds(JUNE))},
                IntStream.range(0, 11).mapToObj(i -> i == 0 ? phase(price, 1).setStartDate(seconds(APRIL)).setEndDate(seconds(MAY)) : phase(price, i)).toArray(Phase.Builder[]::new))) {
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> phases(schedule, wrong));
        }
    }

    private Price unknown() {
        Price price = new Price();
        price.setId("price_none");
        return price;
    }

    private Coupon percent(CouponCreateParams.Duration duration) throws StripeException {
        return story.stripe.coupons().create(CouponCreateParams.builder().setPercentOff(new BigDecimal("25")).setDuration(duration).build());
    }

    private SubscriptionSchedule schedule(Subscription subscription) throws StripeException {
        return story.stripe.subscriptionSchedules().create(SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription.getId()).build());
    }

    private SubscriptionSchedule phases(SubscriptionSchedule schedule, Phase.Builder... phases) throws StripeException {
        SubscriptionScheduleUpdateParams.Builder params = SubscriptionScheduleUpdateParams.builder().setEndBehavior(EndBehavior.RELEASE)
                .setProrationBehavior(SubscriptionScheduleUpdateParams.ProrationBehavior.NONE);
        Arrays.stream(phases).forEach(phase -> params.addPhase(phase.build()));
        return story.stripe.subscriptionSchedules().update(schedule.getId(), params.build());
    }

    private static Phase.Builder phase(Price price, long quantity) {
        return Phase.builder().addItem(part(price, quantity)).setProrationBehavior(Phase.ProrationBehavior.NONE);
    }

    private static Phase.Item part(Price price, long quantity) {
        return Phase.Item.builder().setPrice(price.getId()).setQuantity(quantity).build();
    }

    private static Phase.Discount kept(String discount) {
        return Phase.Discount.builder().setDiscount(discount).build();
    }

    private static Phase.Duration months(long count) {
        return Phase.Duration.builder().setInterval(Phase.Duration.Interval.MONTH).setIntervalCount(count).build();
    }

    private List<Invoice> invoices(Subscription subscription) throws StripeException {
        return story.stripe.invoices().list(InvoiceListParams.builder().setSubscription(subscription.getId()).build()).getData();
    }

    private Subscription retrieved(Subscription subscription) throws StripeException {
        return story.stripe.subscriptions().retrieve(subscription.getId());
    }

    private SubscriptionItem item(Subscription subscription) throws StripeException {
        return retrieved(subscription).getItems().getData().getFirst();
    }

    private static List<Long> longs(String text) {
        return Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static String at(Long seconds) {
        return Instant.ofEpochSecond(seconds).toString();
    }
}
