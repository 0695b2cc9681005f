package dev.headroom.approval;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Target;
import dev.headroom.quote.Target.Taken;
import dev.headroom.subscription.AccountSubscription;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What rules ask of a change.
 *
 * @param monthly    recurring revenue after it, net of discounts that last
 * @param listed     what its items cost an interval before any discount
 * @param reductions of the offers that are taken with it, in their order
 * @param negotiated whether one of them is to this account alone
 * @param newly      plans and add-ons that were not on the subscription before
 */
record DealFacts(
        long seatsBefore, long seats, Money monthlyBefore, Money monthly, Money listed, List<Reduction> reductions, boolean negotiated, List<Plan> newly) {

    static DealFacts of(AccountSubscription subscription, Target target, Quotation quotation, CatalogSnapshot catalog) {
        Set<Plan> held = subscription.items().stream().map(item -> catalog.version(item.planVersion()).plan()).collect(Collectors.toSet());
        Money listed = target.items().stream()
                .map(item -> item.price().price().rate(item.quantity()).amount())
                .reduce(Money.zero(subscription.balance().currency()), Money::plus);
        List<Offer> offers = target.taking().stream().map(Taken::offer).toList();
        return new DealFacts(
                subscription.planItem().quantity(), target.plan().quantity(), quotation.before().mrr(), quotation.after().mrr(), listed,
                offers.stream().map(Offer::reduction).toList(), offers.stream().anyMatch(Offer::negotiated),
                target.items().stream().map(item -> item.version().plan()).filter(plan -> !held.contains(plan)).toList());
    }

    /** Of a subscription that begins: all of it is new. */
    static DealFacts ofStart(PlanVersion version, PlanPrice price, long quantity, List<Offer> taken, Instant at) {
        Currency currency = price.price().currency();
        Item item = new Item(
                "start", version.plan().id().toString(), version.plan().name(), version.sells(), price.price(), quantity,
                taken.stream().map(offer -> offer.from(at)).toList());
        return new DealFacts(
                0, quantity, Money.zero(currency), Quotation.recurring(List.of(item), at, currency).mrr(), price.price().rate(quantity).amount(),
                taken.stream().map(Offer::reduction).toList(), taken.stream().anyMatch(Offer::negotiated), List.of(version.plan()));
    }

    /** Exactly, whatever the rounded percentage says. */
    boolean reducesBeyond(BigDecimal percent) {
        return !reductions.isEmpty() && reduced().compareTo(Ratio.of(percent)) > 0;
    }

    /** Of the list price, to two decimals; all of it where there is less to take it off. */
    BigDecimal percent() {
        return reduced().decimal(2);
    }

    /** In percent of the list price: each takes off what those before it have left. */
    private Ratio reduced() {
        Ratio left = Ratio.ONE;
        for (Reduction reduction : reductions) {
            left = switch (reduction) {
                case PercentOff(BigDecimal off) -> left.times(Ratio.ONE.minus(Ratio.of(off).times(Ratio.of(1, 100))));
                case AmountOff(Money off) -> left(left, off);
            };
        }
        return Ratio.ONE.minus(left).times(Ratio.of(100, 1));
    }

    private Ratio left(Ratio before, Money off) {
        Ratio after = listed.isZero() ? Ratio.ZERO : before.minus(Ratio.of(off.minor(), listed.minor()));
        return after.signum() < 0 ? Ratio.ZERO : after;
    }
}
