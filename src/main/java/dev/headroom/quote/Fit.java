package dev.headroom.quote;

import dev.headroom.catalog.Feature;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.FittingPlanResult.FittingPlan;
import dev.headroom.quote.FittingPlanResult.PlanNeed;
import dev.headroom.reading.Readings.Expected;
import dev.headroom.subscription.AccountSubscription;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * What is expected to be used, held against one plan.
 *
 * @param misfits what it does not hold, for people; empty when everything fits
 */
record Fit(Target target, boolean current, Money recurring, Money overage, List<PlanNeed> needs, List<String> misfits) {

    /** More than anybody is billed, and few enough for every sum. */
    private static final BigDecimal MOST = BigDecimal.TEN.pow(17);

    /** @param gates what is granted now and shall not be lost */
    static Fit of(Target target, AccountSubscription subscription, List<Expected> needs, List<Feature> gates, Instant at) {
        Currency currency = subscription.balance().currency();
        List<PlanNeed> met = new ArrayList<>();
        List<String> misfits = new ArrayList<>();
        gates.stream().filter(gate -> !target.limit(gate, currency).isGranted()).forEach(gate -> misfits.add("without " + gate.name()));
        BigDecimal overage = BigDecimal.ZERO;
        for (Expected need : needs) {
            Limit limit = target.limit(need.feature(), currency).limit();
            BigDecimal cost = overage(limit, need, target, subscription);
            if (!holds(limit, need) || cost.compareTo(MOST) > 0) {
                misfits.add(need.units() + " " + need.feature().name() + " are expected, " + limit.included() + " included");
                cost = BigDecimal.ZERO;
            }
            Money rounded = Rounding.toMoney(cost, currency);
            overage = overage.add(BigDecimal.valueOf(rounded.minor()));
            met.add(new PlanNeed(need.feature(), need.units(), need.projected(), limit.included(), rounded));
        }
        Money recurring = Quotation.recurring(target.priced(subscription, at), at, currency).total();
        return new Fit(
                target, subscription.planItem().planVersion().equals(target.version().id()), recurring, Rounding.toMoney(overage, currency), met, misfits);
    }

    boolean fits() {
        return misfits.isEmpty();
    }

    Money total() {
        return recurring.plus(overage);
    }

    String name() {
        return target.version().plan().name();
    }

    FittingPlan because(AccountSubscription subscription, String reason) {
        return new FittingPlan(subscription.account(), target.version().plan(), current, target.interval(), recurring, overage, needs, reason);
    }

    private static boolean holds(Limit limit, Expected need) {
        return limit.policy() != Limit.Policy.HARD || limit.included() == null || need.units() <= limit.included();
    }

    /** Exact, in minor units: beyond what is included, as often as the meter starts again in a billing interval. */
    private static BigDecimal overage(Limit limit, Expected need, Target target, AccountSubscription subscription) {
        if (limit.overagePrice() == null || limit.included() == null || need.units() <= limit.included()) {
            return BigDecimal.ZERO;
        }
        long windows = switch (need.feature().reset()) {
            case NEVER, ROLLING, BILLING_PERIOD -> 1;
            case CALENDAR_MONTH -> target.interval().months();
            case DAY -> Math.max(1, ChronoUnit.DAYS.between(subscription.period().from(), subscription.period().until()));
        };
        return limit.overagePrice().times(need.units() - limit.included()).multiply(BigDecimal.valueOf(windows));
    }
}
