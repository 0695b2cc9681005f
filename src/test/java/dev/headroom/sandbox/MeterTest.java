package dev.headroom.sandbox;

import static dev.headroom.sandbox.SandboxStory.amounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.events.V1BillingMeterErrorReportTriggeredEvent;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventAdjustment;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.net.ApiResource;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterListParams;
import com.stripe.param.billing.MeterUpdateParams;
import com.stripe.param.v2.core.EventListParams;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Billing meters, what is reported to them, and what is billed of it. */
class MeterTest {

    private final SandboxStory story = new SandboxStory("2026-04-01T00:00:00Z");

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void billsWhatWasUsedWhenThePeriodEndsAtADecimalPrice() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, also(metered(meter, "0.4")));
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(1000L);
        assertThat(item(subscription, "metered").getQuantity()).isNull();
        story.travelTo("2026-04-10T00:00:00Z");
        report("calls", customer, "one", 1001, "2026-04-09T12:00:00Z");
        report("calls", customer, "two", 1000, "2026-04-10T00:00:00Z");

        assertThat(amounts(upcoming(subscription))).containsExactlyInAnyOrder(1000L, 800L);
        story.travelTo("2026-05-01T00:00:00Z");
        Invoice renewal = story.latestInvoice(subscription);
        InvoiceLineItem used = renewal.getLines().getData().stream().filter(line -> line.getAmount() != 1000).findFirst().orElseThrow();
        assertThat(used.getAmount()).as("2001 at 0.4 cents is 800.4").isEqualTo(800);
        assertThat(used.getQuantity()).isEqualTo(2001);
        assertThat(Instant.ofEpochSecond(used.getPeriod().getStart())).isEqualTo("2026-04-01T00:00:00Z");
        assertThat(Instant.ofEpochSecond(used.getPeriod().getEnd())).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(renewal.getAmountPaid()).isEqualTo(1800);

        story.travelTo("2026-06-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).as("nothing was used, and nothing is said of it").containsExactly(1000L);
    }

    @Test
    void countsAnIdentifierOnceADay() throws StripeException {
        story.sendsWrongRequests();
        Customer customer = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        report("calls", customer, "one", 5, "2026-04-01T00:00:00Z");

        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> report("calls", customer, "one", 7, "2026-04-01T00:00:01Z"))
                .satisfies(again -> assertThat(again.getMessage()).contains("An event already exists with identifier one."));
        assertThat(used(meter, customer)).isEqualTo(5);
        story.travelTo("2026-04-02T00:00:01Z");
        report("calls", customer, "one", 7, "2026-04-02T00:00:00Z");
        assertThat(used(meter, customer)).isEqualTo(12);
    }

    @Test
    void takesAnEventBackForADay() throws StripeException {
        story.sendsWrongRequests();
        Customer customer = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        report("calls", customer, "one", 5, "2026-04-01T00:00:00Z");
        report("calls", customer, "two", 7, "2026-04-01T00:00:00Z");
        MeterEventAdjustment adjustment = cancel("calls", "two");

        assertThat(adjustment.getStatus()).isEqualTo("pending");
        assertThat(used(meter, customer)).isEqualTo(5);
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> cancel("calls", "two"));
        story.travelTo("2026-04-02T00:00:01Z");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> cancel("calls", "one"));
        assertThat(used(meter, customer)).isEqualTo(5);
    }

    @Test
    void subtractsNegativeValuesAndNeverBillsLessThanNothing() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, also(metered(meter, "5")));
        report("calls", customer, "one", 5, "2026-04-01T00:00:00Z");
        report("calls", customer, "less", -7, "2026-04-01T00:00:00Z");

        assertThat(used(meter, customer)).isEqualTo(-2);
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(1000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "calls   | 5    | 2026-02-24T23:59:59Z | timestamp_too_far_in_past",
        "calls   | 5    | 2026-04-01T00:05:01Z | timestamp_in_future",
        "unknown | 5    | 2026-04-01T00:00:00Z | resource_missing",
    })
    void refusesWhatCannotBeCounted(String name, String value, Instant at, String code) throws StripeException {
        story.sendsWrongRequests();
        Customer customer = story.customer("pm_card_visa");
        meter("calls");
        MeterEventCreateParams wrong = MeterEventCreateParams.builder().setEventName(name).setTimestamp(at.getEpochSecond())
                .putPayload("stripe_customer_id", customer.getId()).putPayload("value", value).build();

        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.billing().meterEvents().create(wrong))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cus_nobody |    5 | meter_event_customer_not_found",
        "           | half | meter_event_invalid_value",
    })
    void takesWhatItFindsWrongLaterAndTellsOfItThen(String customer, String value, String code) throws StripeException {
        Customer real = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        report("calls", real, "right", 7, "2026-04-01T00:00:00Z");
        story.stripe.billing().meterEvents().create(MeterEventCreateParams.builder().setEventName("calls").setIdentifier("wrong")
                .putPayload("stripe_customer_id", customer == null ? real.getId() : customer).putPayload("value", value).build());

        assertThat(used(meter, real)).isEqualTo(7);
        EventListParams wanted = EventListParams.builder().setCreated(EventListParams.Created.builder().setGte(story.clock.instant()).build())
                .addType("v1.billing.meter.error_report_triggered").addType("v1.billing.meter.no_meter_found").build();
        assertThat(story.client.v2().core().events().list(wanted).getData()).singleElement()
                .isInstanceOfSatisfying(V1BillingMeterErrorReportTriggeredEvent.class, event -> {
                    assertThat(event.getRelatedObject().getId()).isEqualTo(meter.getId());
                    assertThat(event.getData().getDeveloperMessageSummary()).isEqualTo("There is 1 invalid event");
                });
        assertThat(story.client.rawRequest(ApiResource.RequestMethod.GET, "/v2/core/events?types[0]=v1.billing.meter.error_report_triggered", null).body())
                .contains(code, "\"identifier\":\"wrong\"", "\"error_count\":1");
        story.travelTo("2026-04-01T00:00:01Z");
        assertThat(story.client.v2().core().events().list(EventListParams.builder().addType("v1.billing.meter.error_report_triggered")
                .setCreated(EventListParams.Created.builder().setGte(story.clock.instant()).build()).build()).getData()).isEmpty();
        assertThat(story.eventTypes()).noneMatch(type -> type.startsWith("v1."));
    }

    @Test
    void takesWhatIsWithinTheBounds() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        report("calls", customer, "old", 1, "2026-02-25T00:00:00Z");
        report("calls", customer, "soon", 2, "2026-04-01T00:05:00Z");
        assertThat(used(meter, customer)).isEqualTo(3);
    }

    @Test
    void listsRenamesAndRestsMeters() throws StripeException {
        story.sendsWrongRequests();
        Meter meter = meter("calls");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> meter("calls"));
        assertThat(story.stripe.billing().meters().update(meter.getId(), MeterUpdateParams.builder().setDisplayName("API calls").build()).getDisplayName())
                .isEqualTo("API calls");
        Meter resting = story.stripe.billing().meters().deactivate(meter.getId());
        assertThat(resting.getStatus()).isEqualTo("inactive");
        assertThat(resting.getStatusTransitions().getDeactivatedAt()).isEqualTo(story.clock.instant().getEpochSecond());
        assertThat(meters(MeterListParams.Status.ACTIVE)).isEmpty();
        assertThat(story.stripe.billing().meters().reactivate(meter.getId()).getStatus()).isEqualTo("active");
        assertThat(meters(MeterListParams.Status.ACTIVE)).containsExactly(meter.getId());
        assertThat(story.eventTypes()).contains("billing.meter.created", "billing.meter.updated", "billing.meter.deactivated", "billing.meter.reactivated");
    }

    @Test
    void keepsAMeterThatSomebodyIsBilledBy() throws StripeException {
        story.sendsWrongRequests();
        Meter meter = meter("calls");
        story.subscribe(story.customer("pm_card_visa"), story.monthly(1000), 1, also(metered(meter, "5")));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.billing().meters().deactivate(meter.getId()));
    }

    @Test
    void neverProratesWhatIsBilledByUse() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Price small = story.monthly(1000);
        Subscription subscription = story.subscribe(customer, small, 1, also(metered(meter("calls"), "5")));
        story.travelTo("2026-04-16T00:00:00Z");
        report("calls", customer, "one", 100, "2026-04-10T00:00:00Z");
        story.update(subscription, SubscriptionUpdateParams.builder().setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .addItem(SubscriptionUpdateParams.Item.builder().setId(item(subscription, "licensed").getId()).setPrice(story.monthly(3000).getId()).setQuantity(1L).build()));
        assertThat(amounts(story.latestInvoice(subscription))).containsExactlyInAnyOrder(-500L, 1500L);

        SubscriptionItem added = story.stripe.subscriptionItems().create(SubscriptionItemCreateParams.builder().setSubscription(subscription.getId())
                .setPrice(metered(meter("mails"), "1").getId()).setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.ALWAYS_INVOICE).build());
        assertThat(added.getQuantity()).isNull();
        assertThat(amounts(story.latestInvoice(subscription))).as("adding it bills nothing").containsExactlyInAnyOrder(-500L, 1500L);
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactlyInAnyOrder(3000L, 500L);
    }

    @Test
    void countsForAnItemFromWhenItIsThere() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Meter meter = meter("calls");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1);
        story.travelTo("2026-04-16T00:00:00Z");
        report("calls", customer, "before", 3, "2026-04-15T23:59:59Z");
        story.stripe.subscriptionItems().create(SubscriptionItemCreateParams.builder().setSubscription(subscription.getId()).setPrice(metered(meter, "100").getId()).build());
        report("calls", customer, "since", 4, "2026-04-16T00:00:00Z");
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactlyInAnyOrder(1000L, 400L);
    }

    @Test
    void billsTheUseOfAnItemThatGoes() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, also(metered(meter("calls"), "100")));
        report("calls", customer, "one", 3, "2026-04-01T00:00:00Z");
        story.travelTo("2026-04-16T00:00:00Z");
        story.update(subscription, SubscriptionUpdateParams.builder().setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .addItem(SubscriptionUpdateParams.Item.builder().setId(item(subscription, "metered").getId()).setDeleted(true).build()));
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(300L);
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(1000L);
    }

    @Test
    void billsTheUseSoFarWhenAnotherPeriodBeginsAndWhenTheSubscriptionEnds() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, also(metered(meter("calls"), "100")));
        report("calls", customer, "one", 3, "2026-04-01T00:00:00Z");
        story.travelTo("2026-04-16T00:00:00Z");
        story.update(subscription, SubscriptionUpdateParams.builder().setBillingCycleAnchor(SubscriptionUpdateParams.BillingCycleAnchor.NOW));
        assertThat(amounts(story.latestInvoice(subscription))).containsExactlyInAnyOrder(-500L, 300L, 1000L);

        report("calls", customer, "two", 4, "2026-04-16T00:00:00Z");
        story.stripe.subscriptions().update(subscription.getId(), SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
        assertThat(amounts(upcoming(subscription))).containsExactly(400L);
        story.travelTo("2026-05-16T00:00:00Z");
        assertThat(story.stripe.subscriptions().retrieve(subscription.getId()).getStatus()).isEqualTo("canceled");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(400L);
        assertThat(story.latestInvoice(subscription).getStatus()).isEqualTo("paid");
    }

    @Test
    void billsTheUseOfASubscriptionThatIsCancelledAtOnceWhereAnInvoiceIsAskedFor() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, also(metered(meter("calls"), "100")));
        report("calls", customer, "one", 3, "2026-04-01T00:00:00Z");
        story.travelTo("2026-04-02T00:00:00Z");
        story.stripe.subscriptions().cancel(subscription.getId(), SubscriptionCancelParams.builder().setInvoiceNow(true).build());
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(300L);
    }

    @Test
    void discountsUseLikeEverythingElse() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        String coupon = story.stripe.coupons().create(CouponCreateParams.builder().setAmountOff(600L).setCurrency("usd")
                .setDuration(CouponCreateParams.Duration.FOREVER).build()).getId();
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, params -> also(metered(meterOf("calls"), "100")).apply(params)
                .addDiscount(SubscriptionCreateParams.Discount.builder().setCoupon(coupon).build()));
        report("calls", customer, "one", 20, "2026-04-01T00:00:00Z");
        story.travelTo("2026-05-01T00:00:00Z");
        Invoice renewal = story.latestInvoice(subscription);
        assertThat(renewal.getTotal()).isEqualTo(1000 + 2000 - 600);
        assertThat(renewal.getLines().getData()).extracting(line -> line.getDiscountAmounts().getFirst().getAmount()).containsExactlyInAnyOrder(200L, 400L);
    }

    @Test
    void keepsTrialsFreeOfUseToo() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1,
                params -> also(metered(meterOf("calls"), "100")).apply(params).setTrialPeriodDays(14L));
        report("calls", customer, "one", 20, "2026-04-01T00:00:00Z");
        story.travelTo("2026-04-15T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactly(1000L);
    }

    @Test
    void carriesItemsBilledByUseThroughPhases() throws StripeException {
        Customer customer = story.customer("pm_card_visa");
        Subscription subscription = story.subscribe(customer, story.monthly(1000), 1, also(metered(meter("calls"), "100")));
        report("calls", customer, "one", 3, "2026-04-01T00:00:00Z");
        var schedule = story.stripe.subscriptionSchedules().create(SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription.getId()).build());
        String usage = item(subscription, "metered").getPrice().getId();
        story.stripe.subscriptionSchedules().update(schedule.getId(), SubscriptionScheduleUpdateParams.builder()
                .addPhase(phase(item(subscription, "licensed").getPrice().getId(), usage).setStartDate(schedule.getCurrentPhase().getStartDate())
                        .setEndDate(schedule.getCurrentPhase().getEndDate()).build())
                .addPhase(phase(story.monthly(2000).getId(), usage).build())
                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE).build());
        story.travelTo("2026-05-01T00:00:00Z");
        assertThat(amounts(story.latestInvoice(subscription))).containsExactlyInAnyOrder(2000L, 300L);
        assertThat(item(story.stripe.subscriptions().retrieve(subscription.getId()), "metered").getPrice().getId()).isEqualTo(usage);
    }

    @Test
    void neitherTakesAMeteredPriceWithoutAMeterNorAQuantityOfOne() throws StripeException {
        story.sendsWrongRequests();
        PriceCreateParams unmetered = PriceCreateParams.builder().setCurrency("usd").setProduct(story.product("Calls").getId()).setUnitAmount(5L)
                .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED).build()).build();
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.stripe.prices().create(unmetered));
        Price metered = metered(meter("calls"), "5");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> story.subscribe(story.customer("pm_card_visa"), metered, 3));
    }

    private static SubscriptionScheduleUpdateParams.Phase.Builder phase(String plan, String usage) {
        return SubscriptionScheduleUpdateParams.Phase.builder()
                .setProrationBehavior(SubscriptionScheduleUpdateParams.Phase.ProrationBehavior.NONE)
                .addItem(SubscriptionScheduleUpdateParams.Phase.Item.builder().setPrice(plan).setQuantity(1L).build())
                .addItem(SubscriptionScheduleUpdateParams.Phase.Item.builder().setPrice(usage).build());
    }

    private static java.util.function.UnaryOperator<SubscriptionCreateParams.Builder> also(Price price) {
        return params -> params.addItem(SubscriptionCreateParams.Item.builder().setPrice(price.getId()).build());
    }

    private Meter meterOf(String name) {
        try {
            return meter(name);
        } catch (StripeException failed) {
            throw new AssertionError(failed);
        }
    }

    private Meter meter(String name) throws StripeException {
        return story.stripe.billing().meters().create(MeterCreateParams.builder().setDisplayName("Calls").setEventName(name)
                .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder().setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM).build()).build());
    }

    private Price metered(Meter meter, String cents) {
        try {
            return story.stripe.prices().create(PriceCreateParams.builder().setCurrency("usd").setProduct(story.product("Calls").getId())
                    .setUnitAmountDecimal(new BigDecimal(cents))
                    .setRecurring(PriceCreateParams.Recurring.builder().setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                            .setUsageType(PriceCreateParams.Recurring.UsageType.METERED).setMeter(meter.getId()).build()).build());
        } catch (StripeException failed) {
            throw new AssertionError(failed);
        }
    }

    private void report(String name, Customer customer, String identifier, long value, String at) throws StripeException {
        story.stripe.billing().meterEvents().create(MeterEventCreateParams.builder().setEventName(name).setIdentifier(identifier)
                .setTimestamp(Instant.parse(at).getEpochSecond()).putPayload("stripe_customer_id", customer.getId()).putPayload("value", String.valueOf(value)).build());
    }

    private MeterEventAdjustment cancel(String name, String identifier) throws StripeException {
        return story.stripe.billing().meterEventAdjustments().create(MeterEventAdjustmentCreateParams.builder().setEventName(name)
                .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                .setCancel(MeterEventAdjustmentCreateParams.Cancel.builder().setIdentifier(identifier).build()).build());
    }

    private long used(Meter meter, Customer customer) throws StripeException {
        return story.stripe.billing().meters().eventSummaries().list(meter.getId(), MeterEventSummaryListParams.builder().setCustomer(customer.getId())
                        .setStartTime(Instant.parse("2026-02-01T00:00:00Z").getEpochSecond()).setEndTime(Instant.parse("2026-07-01T00:00:00Z").getEpochSecond()).build())
                .getData().stream().map(MeterEventSummary::getAggregatedValue).mapToLong(value -> value.longValue()).sum();
    }

    private List<String> meters(MeterListParams.Status status) throws StripeException {
        return story.stripe.billing().meters().list(MeterListParams.builder().setStatus(status).build()).getData().stream().map(Meter::getId).toList();
    }

    private Invoice upcoming(Subscription subscription) throws StripeException {
        return story.stripe.invoices().createPreview(InvoiceCreatePreviewParams.builder().setSubscription(subscription.getId()).build());
    }

    private static SubscriptionItem item(Subscription subscription, String usageType) {
        return subscription.getItems().getData().stream().filter(item -> item.getPrice().getRecurring().getUsageType().equals(usageType)).findFirst().orElseThrow();
    }
}
