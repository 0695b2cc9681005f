package dev.headroom.approval;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.money.Money;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Target;
import dev.headroom.subscription.AccountSubscription;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of a change.
 *
 * @param monthly    recurring revenue after it, net of discounts that last
 * @param listed     what its items cost an interval before any discount
 * @param reduction  of the offer that is taken with it, if any
 * @param negotiated whether that is an offer to this account alone
 * @param newly      plans and add-ons that were not on the subscription before
 */
record DealFacts(
        long seatsBefore, long seats, Money monthlyBefore, Money monthly, Money listed, @Nullable Reduction reduction, boolean negotiated, List<Plan> newly) {

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    static DealFacts of(AccountSubscription subscription, Target target, Quotation quotation, CatalogSnapshot catalog) {
        Set<Plan> held = subscription.items().stream().map(item -> catalog.version(item.planVersion()).plan()).collect(Collectors.toSet());
        Money listed = target.items().stream()
                .map(item -> item.price().price().rate(item.quantity()).amount())
                .reduce(Money.zero(subscription.balance().currency()), Money::plus);
        Optional<Offer> offer = Optional.ofNullable(target.offer());
        return new DealFacts(
                subscription.planItem().quantity(), target.plan().quantity(), quotation.before().mrr(), quotation.after().mrr(), listed,
                offer.map(Offer::reduction).orElse(null), offer.filter(Offer::negotiated).isPresent(),
                target.items().stream().map(item -> item.version().plan()).filter(plan -> !held.contains(plan)).toList());
    }

    /** Of a subscription that begins: all of it is new. */
    static DealFacts ofStart(PlanVersion version, PlanPrice price, long quantity, @Nullable Offer taken, Instant at) {
        Currency currency = price.price().currency();
        Optional<Offer> offer = Optional.ofNullable(taken);
        Item item = new Item(
                "start", version.plan().id().toString(), version.plan().name(), version.sells(), price.price(), quantity,
                offer.map(each -> each.from(at)).stream().toList());
        return new DealFacts(
                0, quantity, Money.zero(currency), Quotation.recurring(List.of(item), at, currency).mrr(), price.price().rate(quantity).amount(),
                offer.map(Offer::reduction).orElse(null), offer.filter(Offer::negotiated).isPresent(), List.of(version.plan()));
    }

    /** Exactly, whatever the rounded percentage says. */
    boolean reducesBeyond(BigDecimal percent) {
        return switch (reduction) {
            case PercentOff(BigDecimal off) -> off.compareTo(percent) > 0;
            case AmountOff(Money off) -> BigDecimal.valueOf(off.minor()).multiply(WHOLE).compareTo(percent.multiply(BigDecimal.valueOf(listed.minor()))) > 0;
            case null -> false;
        };
    }

    /** Of the list price, to two decimals; all of it where there is less to take it off. */
    BigDecimal percent() {
        return switch (reduction) {
            case PercentOff(BigDecimal off) -> off;
            case AmountOff(Money off) -> listed.compareTo(off) <= 0
                    ? WHOLE
                    : BigDecimal.valueOf(off.minor()).multiply(WHOLE).divide(BigDecimal.valueOf(listed.minor()), 2, RoundingMode.HALF_UP);
            case null -> BigDecimal.ZERO;
        };
    }
}
