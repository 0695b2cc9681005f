package dev.headroom.pricing;

import dev.headroom.money.Allocation;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Takes the discounts that items carry off their full-period prices, one discount after the other in the order of their
 * first appearance, each from what the earlier ones left.
 */
final class Discounting {

    /** The full-period price of an item in minor units before and after its discounts. */
    record Net(Item item, Ratio gross, Ratio net) {

        Money grossAmount() {
            return Rounding.toMoney(gross, item.price().currency());
        }

        Money discountAmount() {
            return Rounding.toMoney(gross.minus(net), item.price().currency());
        }

        Ratio monthly() {
            return item.price().monthly(net);
        }

        List<String> discounts() {
            return item.discounts().stream().map(Discount::ref).toList();
        }
    }

    private final List<Item> items;
    private final BillingMode mode;
    private final UnaryOperator<Ratio> precision;
    private final List<Ratio> nets = new ArrayList<>();

    private Discounting(List<Item> items, BillingMode mode, UnaryOperator<Ratio> precision) {
        this.items = items;
        this.mode = mode;
        this.precision = precision;
        items.forEach(item -> nets.add(precision.apply(Ratio.of(item.rating().exact()))));
    }

    /** What prorations multiply: nothing is rounded, so that each line is rounded only once. */
    static List<Net> exact(List<Item> items, BillingMode mode) {
        return new Discounting(items, mode, UnaryOperator.identity()).applyAll();
    }

    /** What a full period is invoiced at: price and discount are amounts of their own, each rounded once. */
    static List<Net> billed(List<Item> items) {
        return new Discounting(items, BillingMode.FLEXIBLE, minor -> Ratio.of(minor.decimal(0))).applyAll();
    }

    private List<Net> applyAll() {
        List<Ratio> gross = List.copyOf(nets);
        distinct().forEach(this::apply);
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Net(items.get(i), gross.get(i), nets.get(i)))
                .toList();
    }

    private Collection<Discount> distinct() {
        Map<String, Discount> byRef = new LinkedHashMap<>();
        items.forEach(item -> item.discounts().forEach(discount -> byRef.putIfAbsent(discount.ref(), discount)));
        return byRef.values();
    }

    private void apply(Discount discount) {
        int[] carriers = IntStream.range(0, items.size()).filter(i -> carries(i, discount)).toArray();
        switch (discount.reduction()) {
            case PercentOff off -> takePercent(carriers, Ratio.of(off.percent()).times(Ratio.of(1, 100)));
            case AmountOff off -> takeAmount(carriers, off.amount());
        }
    }

    private boolean carries(int i, Discount discount) {
        return items.get(i).discounts().stream().anyMatch(own -> own.ref().equals(discount.ref()));
    }

    private void takePercent(int[] carriers, Ratio share) {
        for (int i : carriers) {
            take(i, precision.apply(nets.get(i).times(share)));
        }
    }

    private void takeAmount(int[] carriers, Money off) {
        switch (mode) {
            case CLASSIC -> IntStream.of(carriers).forEach(i -> take(i, Ratio.of(off)));
            case FLEXIBLE -> takeAllocated(carriers, off);
        }
    }

    private void takeAllocated(int[] carriers, Money off) {
        List<Money> weights = IntStream.of(carriers).mapToObj(i -> Rounding.toMoney(nets.get(i), off.currency())).toList();
        Money most = weights.stream().reduce(Money.zero(off.currency()), Money::plus);
        List<Money> parts = Allocation.inProportion(off.compareTo(most) < 0 ? off : most, weights);
        for (int k = 0; k < carriers.length; k++) {
            take(carriers[k], Ratio.of(parts.get(k)));
        }
    }

    private void take(int i, Ratio off) {
        Ratio left = nets.get(i).minus(off);
        nets.set(i, left.signum() < 0 ? Ratio.ZERO : left);
    }
}
