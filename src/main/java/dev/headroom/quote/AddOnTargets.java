package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.ProductId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.QuoteResult.AddOnNotOnSale;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.RequestedChange.AddOnQuantity;
import dev.headroom.quote.Target.Sold;
import dev.headroom.quote.Targets.Answer;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.time.Interval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a requested change makes of the add-ons. Those that are kept stay on the version they were sold; with another interval they take
 * its price there, or of the version on sale where theirs never had one.
 *
 * @param base with its plan as it shall be
 */
record AddOnTargets(Target base, Interval interval, Targets asked) {

    private static final long MOST_OF_ONE = 10_000;
    /** Stripe's own limit, the plan included. */
    private static final int MOST_ITEMS = 20;

    Answer find(List<AddOnQuantity> named) {
        requireOnceEach(named);
        List<AddOnQuantity> added = named.stream().filter(each -> each.quantity() > 0 && base.addOns().stream().noneMatch(item -> isOf(each, item))).toList();
        Optional<Plan> retired = added.stream().map(this::plan).filter(plan -> asked.onSale(plan).isEmpty()).findFirst();
        if (retired.isPresent()) {
            return new Answer.Refused(new AddOnNotOnSale(retired.get()));
        }
        List<Unpriced> wanted = Stream.concat(
                base.addOns().stream().map(item -> new Unpriced(item.item(), item.version(), quantity(item, named), item.bundle())).filter(item -> item.quantity > 0),
                added.stream().map(each -> new Unpriced(null, asked.onSale(plan(each)).orElseThrow(), each.quantity(), null))).toList();
        Optional<Unpriced> priceless = wanted.stream().filter(item -> item.sold(this).isEmpty()).findFirst();
        return priceless.isPresent()
                ? Targets.noPrice(priceless.get().version.plan(), interval, asked.currency())
                : checked(wanted.stream().flatMap(item -> item.sold(this).stream()).toList());
    }

    /** @param item ours; absent for one that comes new */
    private record Unpriced(@Nullable UUID item, PlanVersion version, long quantity, @Nullable Bundle bundle) {

        Optional<Sold> sold(AddOnTargets among) {
            return among.sale(version).map(sale -> new Sold(item, false, sale.version, sale.price, quantity, bundle));
        }
    }

    private record Sale(PlanVersion version, PlanPrice price) {}

    private Optional<Sale> sale(PlanVersion version) {
        return version.price(interval, asked.currency()).map(price -> new Sale(version, price))
                .or(() -> asked.onSale(version.plan()).flatMap(sold -> sold.price(interval, asked.currency()).map(price -> new Sale(sold, price))));
    }

    private Plan plan(AddOnQuantity named) {
        return asked.catalog().requireAddOn("change.addOns", named.addOn(), asked.account());
    }

    private static long quantity(Sold item, List<AddOnQuantity> named) {
        return named.stream().filter(each -> isOf(each, item)).findFirst().map(AddOnQuantity::quantity).orElse(item.quantity());
    }

    private static boolean isOf(AddOnQuantity named, Sold item) {
        return item.version().plan().key().equals(named.addOn());
    }

    /** Checks what is named whether or not it is held, so that a wrong word is never taken for one that changes nothing. */
    private void requireOnceEach(List<AddOnQuantity> named) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            String field = "change.addOns[" + i + "].";
            Plan addOn = asked.catalog().requireAddOn(field + "addOn", named.get(i).addOn(), asked.account());
            ProductId product = base.version().plan().product();
            if (!addOn.product().equals(product)) {
                throw HeadroomException.invalid(field + "addOn", addOn.name() + " belongs to another product");
            }
            Check.between(field + "quantity", named.get(i).quantity(), 0, MOST_OF_ONE);
            if (!seen.add(addOn.key())) {
                throw HeadroomException.invalid(field + "addOn", "\"" + addOn.key() + "\" is named twice");
            }
        }
    }

    /** The plan keeps its place among the items, for the last of them takes what is left of a discount. */
    private Answer checked(List<Sold> addOns) {
        Optional<Sold> oftener = addOns.stream().filter(item -> item.quantity() > 1 && Targets.isFlat(item.price())).findFirst();
        if (oftener.isPresent()) {
            return Targets.refused(Rule.SOLD_ONCE, oftener.get().version().plan().name() + " is bought once or not at all");
        }
        List<Sold> items = new ArrayList<>(addOns);
        items.add(Math.min(base.items().indexOf(base.plan()), addOns.size()), base.plan());
        return items.size() > MOST_ITEMS
                ? Targets.refused(Rule.TOO_MANY_ITEMS, "A subscription holds a plan and at most " + (MOST_ITEMS - 1) + " add-ons")
                : new Answer.Found(base.with(items));
    }
}
