package dev.headroom.stripe;

import static dev.headroom.stripe.StripeCalls.call;

import com.stripe.StripeClient;
import com.stripe.model.Discount;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.model.TaxRate;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription.DiscountChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What Stripe shall do with a subscription when its period ends. Nothing here charges. Every call says how it shall be and not what to do, so
 * that twice does no more than once and none needs an idempotency key.
 */
@Component
public class StripeScheduleGateway {

    /** The code of a refusal of ours: the period that runs by now, or its end, is another one than was meant. */
    public static final String OTHER_PERIOD = "other_period";
    private static final String OURS = "headroom";

    private final StripeClient stripe;

    StripeScheduleGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    /**
     * A price that is sold, and how much of it.
     *
     * @param discounts all that it has of its own
     */
    public record Sold(String price, long quantity, List<DiscountChange> discounts) {}

    /**
     * Puts other items on the subscription when its period ends, in place of whatever was to come.
     *
     * @param at            when that is
     * @param redeemed      discounts that come with them, beside those that the subscription has
     * @param otherInterval whether a period of another length begins then
     * @throws StripeRefusedException also with {@link #OTHER_PERIOD}
     */
    public void change(String subscription, Instant at, List<Sold> items, List<DiscountChange> redeemed, boolean otherInterval) {
        Subscription now = read(subscription);
        if (now.getItems().getData().stream().noneMatch(item -> item.getCurrentPeriodEnd() == at.getEpochSecond())) {
            throw new StripeRefusedException(OTHER_PERIOD, "No period of " + subscription + " ends at " + at, null);
        }
        List<SubscriptionItem> metered = now.getItems().getData().stream().filter(item -> item.getQuantity() == null).toList();
        Phase.Builder next = resembling(now).setProrationBehavior(Phase.ProrationBehavior.NONE);
        redeemed.forEach(discount -> next.addDiscount(StripeItems.begun(discount)));
        items.forEach(item -> next.addItem(item(item.price(), item.quantity(), item.discounts(), rates(now, item.price()))));
        if (otherInterval) {
            // What is billed by use is billed as often as the plan: the old ones end with the period, and are billed for it.
            next.setBillingCycleAnchor(Phase.BillingCycleAnchor.PHASE_START);
        } else {
            metered.forEach(item -> next.addItem(item(item)));
        }
        write(now, now.getItems().getData().stream().mapToLong(SubscriptionItem::getCurrentPeriodEnd).min().orElseThrow(), next);
    }

    /**
     * Begins a whole new period of what is on the subscription within the running one, of which the rest is given back, in place of whatever was to come. That
     * is billed when it begins.
     *
     * @param at a second to come
     * @throws StripeRefusedException also with {@link #OTHER_PERIOD}
     */
    public void startPeriod(String subscription, Instant at) {
        Subscription now = read(subscription);
        long begins = at.getEpochSecond();
        if (now.getItems().getData().stream().anyMatch(item -> item.getCurrentPeriodStart() >= begins || item.getCurrentPeriodEnd() <= begins)) {
            throw new StripeRefusedException(OTHER_PERIOD, "No period of " + subscription + " runs until " + at + " and beyond", null);
        }
        Phase.Builder next = resembling(now)
                .setProrationBehavior(Phase.ProrationBehavior.ALWAYS_INVOICE)
                .setBillingCycleAnchor(Phase.BillingCycleAnchor.PHASE_START);
        now.getItems().getData().forEach(item -> next.addItem(item(item)));
        write(now, begins, next);
    }

    /** @param turn when the phase that runs ends and the next one begins */
    private void write(Subscription now, long turn, Phase.Builder next) {
        SubscriptionSchedule schedule = now.getSchedule() == null ? create(now.getId()) : retrieve(now.getSchedule());
        Phase.Builder running = resembling(now)
                .setStartDate(schedule.getCurrentPhase().getStartDate())
                .setEndDate(turn)
                .setProrationBehavior(Phase.ProrationBehavior.NONE);
        now.getItems().getData().forEach(item -> running.addItem(item(item)));
        if (now.getStatus().equals("trialing")) {
            running.setTrialEnd(now.getTrialEnd());
        }
        SubscriptionScheduleUpdateParams parameters = SubscriptionScheduleUpdateParams.builder()
                .addPhase(running.build())
                .addPhase(next.build())
                .putMetadata(OURS, now.getId())
                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE)
                .setProrationBehavior(SubscriptionScheduleUpdateParams.ProrationBehavior.NONE)
                .build();
        update(schedule.getId(), parameters, isBlank(schedule, now));
    }

    /** @param blank whether it was made for this, now or by somebody who died over it: where Stripe refuses what is to come into it, nobody needs it */
    private void update(String schedule, SubscriptionScheduleUpdateParams parameters, boolean blank) {
        try {
            call(() -> stripe.v1().subscriptionSchedules().update(schedule, parameters));
        } catch (StripeRefusedException refused) {
            if (blank) {
                call(() -> stripe.v1().subscriptionSchedules().release(schedule));
            }
            throw refused;
        }
    }

    /** Whether others have arranged something with it, which is theirs to take back. */
    static boolean isForeign(SubscriptionSchedule schedule, Subscription of) {
        return !isOurs(schedule) && !isBlank(schedule, of);
    }

    private static boolean isOurs(SubscriptionSchedule schedule) {
        return schedule.getMetadata() != null && schedule.getMetadata().containsKey(OURS);
    }

    /**
     * As Stripe makes one of a subscription, which takes no name of ours and nothing to arrange in the same request: it ends with the running period, and
     * nothing comes of it. Whoever made it, the next that is told Stripe comes into it.
     */
    private static boolean isBlank(SubscriptionSchedule schedule, Subscription of) {
        long ends = of.getItems().getData().stream().mapToLong(SubscriptionItem::getCurrentPeriodEnd).max().orElseThrow();
        boolean named = schedule.getMetadata() != null && !schedule.getMetadata().isEmpty();
        return !named && "release".equals(schedule.getEndBehavior()) && schedule.getPhases().size() == 1 && schedule.getPhases().getFirst().getEndDate() <= ends;
    }

    /** The coupons that a schedule of ours has redeemed with the phase that runs. */
    static List<String> redeemed(@Nullable SubscriptionSchedule schedule) {
        return schedule == null || !isOurs(schedule) || schedule.getCurrentPhase() == null ? List.of() : schedule.getPhases().stream()
                .filter(phase -> phase.getStartDate().equals(schedule.getCurrentPhase().getStartDate()))
                .flatMap(phase -> Optional.ofNullable(phase.getDiscounts()).orElse(List.of()).stream())
                .flatMap(discount -> Optional.ofNullable(discount.getCoupon()).stream())
                .toList();
    }

    /** Lets the subscription go on as it is. */
    public void changeNothing(String subscription) {
        release(read(subscription));
    }

    /**
     * Ends the subscription; nothing else is to come then.
     *
     * @param at absent is with its period; a date bills nothing, and a period that it cuts short is billed up to there when it begins
     */
    public void end(String subscription, @Nullable Instant at) {
        Subscription now = read(subscription);
        release(now);
        if (at != null && !Long.valueOf(at.getEpochSecond()).equals(now.getCancelAt())) {
            update(subscription, unprorated().setCancelAt(at.getEpochSecond()).build());
        } else if (now.getCancelAt() == null) {
            update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
        }
    }

    private static SubscriptionUpdateParams.Builder unprorated() {
        return SubscriptionUpdateParams.builder().setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE);
    }

    /** Takes an end back that was asked for, here or at Stripe. */
    public void goOn(String subscription) {
        Subscription now = read(subscription);
        if (Boolean.TRUE.equals(now.getCancelAtPeriodEnd())) {
            update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false).build());
        } else if (now.getCancelAt() != null) {
            update(subscription, unprorated().setCancelAt(EmptyParam.EMPTY).build());
        }
    }

    private void update(String subscription, SubscriptionUpdateParams parameters) {
        call(() -> stripe.v1().subscriptions().update(subscription, parameters));
    }

    private void release(Subscription now) {
        if (now.getSchedule() != null) {
            call(() -> stripe.v1().subscriptionSchedules().release(now.getSchedule()));
        }
    }

    private SubscriptionSchedule create(String subscription) {
        return call(() -> stripe.v1().subscriptionSchedules().create(
                SubscriptionScheduleCreateParams.builder().setFromSubscription(subscription).build()));
    }

    private SubscriptionSchedule retrieve(String schedule) {
        return call(() -> stripe.v1().subscriptionSchedules().retrieve(schedule));
    }

    private Subscription read(String subscription) {
        SubscriptionRetrieveParams parameters = SubscriptionRetrieveParams.builder().addExpand("discounts").build();
        return StripePages.whole(stripe, call(() -> stripe.v1().subscriptions().retrieve(subscription, parameters)));
    }

    /** A phase that does not name how the subscription is discounted, taxed and paid for takes that away. */
    private static Phase.Builder resembling(Subscription now) {
        Phase.Builder phase = Phase.builder();
        Optional.ofNullable(now.getDiscountObjects()).orElse(List.of()).stream()
                .map(Discount::getId)
                .forEach(id -> phase.addDiscount(Phase.Discount.builder().setDiscount(id).build()));
        if (now.getAutomaticTax() != null && Boolean.TRUE.equals(now.getAutomaticTax().getEnabled())) {
            phase.setAutomaticTax(Phase.AutomaticTax.builder().setEnabled(true).build());
        }
        ids(now.getDefaultTaxRates()).forEach(phase::addDefaultTaxRate);
        Optional.ofNullable(now.getDefaultPaymentMethod()).ifPresent(phase::setDefaultPaymentMethod);
        if ("send_invoice".equals(now.getCollectionMethod())) {
            phase.setCollectionMethod(Phase.CollectionMethod.SEND_INVOICE)
                    .setInvoiceSettings(Phase.InvoiceSettings.builder().setDaysUntilDue(now.getDaysUntilDue()).build());
        }
        return phase;
    }

    /** What is put in the place of something else is taxed as the plan is. */
    private static List<String> rates(Subscription now, String price) {
        List<SubscriptionItem> items = now.getItems().getData();
        return ids(items.stream().filter(item -> item.getPrice().getId().equals(price)).findFirst().orElse(items.getFirst()).getTaxRates());
    }

    private static List<String> ids(@Nullable List<TaxRate> rates) {
        return Optional.ofNullable(rates).orElse(List.of()).stream().map(TaxRate::getId).toList();
    }

    private static Phase.Item item(SubscriptionItem there) {
        List<DiscountChange> kept = Optional.ofNullable(there.getDiscounts()).orElse(List.of()).stream().<DiscountChange>map(DiscountChange.Keep::new).toList();
        return item(there.getPrice().getId(), there.getQuantity(), kept, ids(there.getTaxRates()));
    }

    /**
     * @param quantity  absent for what is billed by use
     * @param discounts an item of a phase that names none has none
     */
    private static Phase.Item item(String price, @Nullable Long quantity, List<DiscountChange> discounts, List<String> taxRates) {
        Phase.Item.Builder item = Phase.Item.builder().setPrice(price);
        discounts.forEach(discount -> item.addDiscount(StripeItems.phased(discount)));
        taxRates.forEach(item::addTaxRate);
        return quantity == null ? item.build() : item.setQuantity(quantity).build();
    }
}
