package dev.headroom.quote;

import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.Feature;
import dev.headroom.limits.Limit;
import dev.headroom.money.Money;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.FittingPlanResult.FittingPlan;
import dev.headroom.quote.FittingPlanResult.PlanNeed;
import dev.headroom.reading.Readings.Expected;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.time.Period;
import dev.headroom.time.Reset;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * What is expected to be used, held against one plan.
 *
 * @param expected of each counted feature, when its window ends as things are
 * @param missing  what is open as things are, and would be closed
 * @param misfits  what it does not hold, for people; empty when everything fits
 */
public record Fit(Target target, AccountSubscription subscription, List<Expected> expected, Money recurring, Money overage, List<Feature> missing, List<String> misfits) {

    /** More than anybody is billed, and few enough for every sum. */
    private static final BigDecimal MOST = BigDecimal.TEN.pow(17);

    /** One expectation in the windows of the target, and what the target makes of it. */
    private record Met(Expected need, Limit limit, boolean held, Money overage) {

        PlanNeed told() {
            return new PlanNeed(need.feature(), need.units(), need.projected(), limit.included(), overage, need.until(), need.reachesLimitAt());
        }
    }

    static Fit of(Target target, AccountSubscription subscription, Demand demand, Instant at) {
        Currency currency = subscription.balance().currency();
        boolean current = current(target, subscription);
        Grants granted = Grants.of(target, currency);
        List<String> misfits = new ArrayList<>();
        List<Feature> missing = demand.gates().stream().filter(gate -> !granted.limit(gate).isGranted()).toList();
        missing.forEach(gate -> misfits.add("without " + gate.name()));
        BigDecimal overage = BigDecimal.ZERO;
        for (Expected expected : demand.expected()) {
            Met met = met(expected, target, subscription, granted);
            if (!met.held()) {
                misfits.add(met.need().units() + " " + met.need().feature().name() + " are expected, " + met.limit().included() + " included" + dates(met.need(), current));
            }
            overage = overage.add(BigDecimal.valueOf(met.overage().minor()));
        }
        Money recurring = Quotation.recurring(target.priced(subscription, at), at, currency).total();
        return new Fit(target, subscription, demand.expected(), recurring, Rounding.toMoney(overage, currency), missing, List.copyOf(misfits));
    }

    private static Met met(Expected expected, Target target, AccountSubscription subscription, Grants granted) {
        Expected need = expected.of(units(expected, target, subscription));
        Limit limit = granted.limit(need.feature()).limit();
        BigDecimal cost = overage(limit, need, target, subscription);
        boolean held = holds(limit, need) && cost.compareTo(MOST) <= 0;
        return new Met(need, limit, held, Rounding.toMoney(held ? cost : BigDecimal.ZERO, subscription.balance().currency()));
    }

    /** Found again when somebody asks: ten thousand alternatives with a hundred features each are held at once. */
    public List<PlanNeed> needs() {
        Grants granted = Grants.of(target, subscription.balance().currency());
        return expected.stream().map(each -> met(each, target, subscription, granted).told()).toList();
    }

    /** Of those, what would be blocked. */
    public List<PlanNeed> exceeded() {
        Grants granted = Grants.of(target, subscription.balance().currency());
        return expected.stream().map(each -> met(each, target, subscription, granted)).filter(each -> !each.held()).map(Met::told).toList();
    }

    /** Whether it is the plan that the subscription has. */
    public boolean current() {
        return current(target, subscription);
    }

    private static boolean current(Target target, AccountSubscription subscription) {
        return subscription.planItem().planVersion().equals(target.version().id());
    }

    /** When it is expected; and when the limit is reached that holds as things are. */
    private static String dates(Expected need, boolean current) {
        if (need.until() == null) {
            return "";
        }
        boolean reached = current && need.reachesLimitAt() != null;
        return " (projected to " + day(need.until()) + (reached ? "; the limit is reached on " + day(need.reachesLimitAt()) : "") + ")";
    }

    /** For people. */
    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    public boolean fits() {
        return misfits.isEmpty();
    }

    public Money total() {
        return recurring.plus(overage);
    }

    String name() {
        return target.version().plan().name();
    }

    FittingPlan because(String reason) {
        return new FittingPlan(subscription.account(), target.version().plan(), current(), target.interval(), recurring, overage, needs(), reason);
    }

    /** What it comes to in twelve months, tax aside; exact. */
    public Money year() {
        return total().times(12 / target.interval().months());
    }

    /** A billing period of another length holds more of what adds up in it, or less; rounded up, and never more than can be counted. */
    private static long units(Expected need, Target target, AccountSubscription subscription) {
        MeterRule rule = need.feature().meter();
        long months = target.interval().months();
        long before = subscription.interval().months();
        boolean stretches = rule != null && rule.aggregation().addsUp() && need.feature().reset() == Reset.BILLING_PERIOD && months != before;
        if (!stretches) {
            return need.units();
        }
        return need.units() > Long.MAX_VALUE / months ? Long.MAX_VALUE : Math.ceilDiv(need.units() * months, before);
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
            case DAY -> Math.max(1, days(target, subscription));
        };
        return limit.overagePrice().times(need.units() - limit.included()).multiply(BigDecimal.valueOf(windows));
    }

    private static long days(Target target, AccountSubscription subscription) {
        Period period = target.interval() == subscription.interval()
                ? subscription.period()
                : subscription.anchor().periodContaining(target.interval(), subscription.period().from());
        return ChronoUnit.DAYS.between(period.from(), period.until());
    }
}
