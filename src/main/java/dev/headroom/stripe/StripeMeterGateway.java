package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Price;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.RequestOptions;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionItemCreateParams;
import com.stripe.param.SubscriptionItemDeleteParams;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.billing.MeterListParams;
import dev.headroom.money.UnitPrice;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is billed by use at Stripe: a meter with one price of its own for each of our metered prices, items with them on subscriptions, and the
 * units that are reported. Every call may be repeated and then acts once.
 */
@Component
public class StripeMeterGateway {

    /** Marks a price that bills what was used past a limit of ours, with our id of it. */
    static final String OVERAGE = "headroom_overage";

    private static final String EVENT_NAME = "headroom_overage_";
    private static final String VALUE = "value";
    private static final String CUSTOMER = "stripe_customer_id";
    /** Stripe gives these refusals no code. */
    private static final String SENT_BEFORE = "already exists with identifier";
    private static final String CANCELED_BEFORE = "already been cancel";
    private static final String THERE_ALREADY = "multiple subscription items with the same";

    private final StripeClient stripe;
    private final JsonMapper json;

    StripeMeterGateway(StripeClient stripe, JsonMapper json) {
        this.stripe = stripe;
        this.json = json;
    }

    /**
     * Reports that Stripe took, looked at later, and does not count.
     *
     * @param event   Stripe's id of the event that tells
     * @param meter   Stripe's id; absent where what was reported named none
     * @param from    since when it was looked at what was reported; absent where Stripe does not say
     * @param until   and until when
     * @param count   of reports
     * @param summary for people
     */
    public record Rejection(
            String event, Instant at, @Nullable String meter, @Nullable Instant from, @Nullable Instant until, long count, String summary,
            List<Reason> reasons) {

        /**
         * What is wrong with some of them.
         *
         * @param code    Stripe's, for example {@code meter_event_customer_not_found}
         * @param samples some of them
         */
        public record Reason(String code, long count, List<Sample> samples) {}

        /** @param identifier under which it was reported; absent where Stripe does not say */
        public record Sample(String message, @Nullable String identifier) {}
    }

    /** Makes the meter of a metered price, or finds it made, and returns its id. */
    public String meter(UUID price, String name) {
        MeterCreateParams parameters = MeterCreateParams.builder()
                .setDisplayName(name)
                .setEventName(eventName(price))
                .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder().setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM).build())
                .setCustomerMapping(MeterCreateParams.CustomerMapping.builder()
                        .setType(MeterCreateParams.CustomerMapping.Type.BY_ID).setEventPayloadKey(CUSTOMER).build())
                .setValueSettings(MeterCreateParams.ValueSettings.builder().setEventPayloadKey(VALUE).build())
                .build();
        try {
            return call(() -> stripe.v1().billing().meters().create(parameters, key("meter:" + price))).getId();
        } catch (StripeRefusedException refused) {
            return find(eventName(price)).orElseThrow(() -> refused);
        }
    }

    private Optional<String> find(String eventName) {
        MeterListParams parameters = MeterListParams.builder().setStatus(MeterListParams.Status.ACTIVE).setLimit(StripePages.MOST_A_PAGE).build();
        return StripePages.from(() -> stripe.v1().billing().meters().list(parameters))
                .filter(meter -> meter.getEventName().equals(eventName)).findFirst().map(Meter::getId);
    }

    /** Makes the price that bills what its meter counts, or finds it made, and returns its id. */
    public String price(UUID id, String meter, String name, UnitPrice each, Interval every) {
        PriceListParams known = PriceListParams.builder().addLookupKey(id.toString()).setLimit(1L).build();
        PriceCreateParams parameters = PriceCreateParams.builder()
                .setProductData(PriceCreateParams.ProductData.builder().setName(name).build())
                .setCurrency(each.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .putExtraParam(StripeTerms.UNIT_PRICE, StripeTerms.decimal(each))
                .setRecurring(PriceCreateParams.Recurring.builder()
                        .setInterval(switch (every) {
                            case MONTH -> PriceCreateParams.Recurring.Interval.MONTH;
                            case YEAR -> PriceCreateParams.Recurring.Interval.YEAR;
                        })
                        .setUsageType(PriceCreateParams.Recurring.UsageType.METERED)
                        .setMeter(meter)
                        .build())
                .setLookupKey(id.toString())
                .putMetadata(OVERAGE, id.toString())
                .build();
        return call(() -> stripe.v1().prices().list(known)).getData().stream().findFirst().map(Price::getId)
                .orElseGet(() -> call(() -> stripe.v1().prices().create(parameters, key("metered-price:" + id))).getId());
    }

    /** Puts a metered price on a subscription; one that is there stays. Nothing is charged by that. */
    public void addItem(String subscription, String price) {
        SubscriptionItemCreateParams parameters = SubscriptionItemCreateParams.builder()
                .setSubscription(subscription)
                .setPrice(price)
                .setProrationBehavior(SubscriptionItemCreateParams.ProrationBehavior.NONE)
                .build();
        try {
            call(() -> stripe.v1().subscriptionItems().create(parameters));
        } catch (StripeRefusedException refused) {
            accept(refused, THERE_ALREADY);
        }
    }

    /** Takes an item off a subscription of which nothing was used in its period; one that is gone stays so. */
    public void removeItem(String item) {
        SubscriptionItemDeleteParams parameters = SubscriptionItemDeleteParams.builder()
                .setProrationBehavior(SubscriptionItemDeleteParams.ProrationBehavior.NONE)
                .build();
        try {
            call(() -> stripe.v1().subscriptionItems().delete(item, parameters));
        } catch (StripeRefusedException refused) {
            if (!refused.code().equals("resource_missing")) {
                throw refused;
            }
        }
    }

    /**
     * Reports units; under the same identifier a second report within a day counts nothing.
     *
     * @param units negative takes some back
     * @param at    when they were used: at most 35 days ago
     * @return whether they count from now on; false when they did before, as of the time that was said then
     */
    public boolean report(UUID price, String customer, long units, String identifier, Instant at) {
        MeterEventCreateParams parameters = MeterEventCreateParams.builder()
                .setEventName(eventName(price))
                .setIdentifier(identifier)
                .setTimestamp(at.getEpochSecond())
                .putPayload(CUSTOMER, customer)
                .putPayload(VALUE, String.valueOf(units))
                .build();
        try {
            call(() -> stripe.v1().billing().meterEvents().create(parameters));
            return true;
        } catch (StripeRefusedException refused) {
            accept(refused, SENT_BEFORE);
            return false;
        }
    }

    /** Takes back what was reported under an identifier at most a day ago. */
    public void cancel(UUID price, String identifier) {
        MeterEventAdjustmentCreateParams parameters = MeterEventAdjustmentCreateParams.builder()
                .setEventName(eventName(price))
                .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                .setCancel(MeterEventAdjustmentCreateParams.Cancel.builder().setIdentifier(identifier).build())
                .build();
        try {
            call(() -> stripe.v1().billing().meterEventAdjustments().create(parameters));
        } catch (StripeRefusedException refused) {
            accept(refused, CANCELED_BEFORE);
        }
    }

    /** What a customer's reports come to that are dated in the minutes from one instant to another, both included. */
    public long total(String meter, String customer, Instant from, Instant to) {
        MeterEventSummaryListParams parameters = MeterEventSummaryListParams.builder()
                .setCustomer(customer)
                .setStartTime(from.truncatedTo(ChronoUnit.MINUTES).getEpochSecond())
                .setEndTime(to.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES).getEpochSecond())
                .setLimit(StripePages.MOST_A_PAGE)
                .build();
        return StripePages.from(() -> stripe.v1().billing().meters().eventSummaries().list(meter, parameters))
                .map(MeterEventSummary::getAggregatedValue)
                .mapToLong(Number::longValue)
                .sum();
    }

    /** What Stripe has told since of reports that do not count, in no order. */
    public List<Rejection> rejections(Instant since) {
        List<Rejection> all = new ArrayList<>();
        Optional<String> next = Optional.of(StripeRejections.since(since));
        while (next.isPresent()) {
            String url = next.get();
            JsonNode page = json.readTree(call(() -> stripe.rawRequest(RequestMethod.GET, url, null)).body());
            all.addAll(StripeRejections.of(page));
            next = StripeRejections.next(page);
        }
        return all;
    }

    private static void accept(StripeRefusedException refused, String done) {
        if (refused.getMessage() == null || !refused.getMessage().contains(done)) {
            throw refused;
        }
    }

    private static String eventName(UUID price) {
        return EVENT_NAME + price;
    }

    private static RequestOptions key(String idempotencyKey) {
        return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    }
}
