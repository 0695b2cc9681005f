package dev.headroom.pricing;

import dev.headroom.money.Allocation;
import dev.headroom.money.Money;
import dev.headroom.money.Ratio;
import dev.headroom.money.Rounding;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Takes the discounts that items carry off their full-period prices, one discount after the other in the order in which they
 * stand on every item, each from what the earlier ones left.
 *
 * <p>A discount is a whole number of minor units before anything is multiplied with it, a percentage too: Stripe's example
 * prorates 10 − 1.66 dollars, not 10 − 1.666….
 */
final class Discounting {

    /**
     * The full-period price of an item in minor units before and after its discounts.
     *
     * @param discounts those that took something off it: one that found nothing left
     *                  <a href="https://docs.stripe.com/changelog/2013-10-29/coupons-apply-invoice-total-balance">is not counted as used</a>
     */
    record Net(Item item, Ratio gross, Ratio net, List<String> discounts) {

        Net {
            discounts = List.copyOf(discounts);
        }

        Money grossAmount() {
            return Rounding.toMoney(gross, item.price().currency());
        }

        Money discountAmount() {
            return Rounding.toMoney(gross.minus(net), item.price().currency());
        }

        Ratio monthly() {
            return item.price().monthly(net);
        }
    }

    private final List<Item> items;
    private final BillingMode mode;
    private final List<Ratio> nets = new ArrayList<>();
    private final List<List<String>> used = new ArrayList<>();

    private Discounting(List<Item> items, BillingMode mode, Function<Rating, Ratio> gross) {
        this.items = items;
        this.mode = mode;
        items.forEach(item -> {
            nets.add(gross.apply(item.rating()));
            used.add(new ArrayList<>());
        });
    }

    /** What prorations multiply: the price is not rounded yet, so that each line is rounded only once. */
    static List<Net> exact(List<Item> items, BillingMode mode) {
        return new Discounting(items, mode, rating -> Ratio.of(rating.exact())).applyAll();
    }

    /** What a full period is invoiced at. */
    static List<Net> billed(List<Item> items) {
        return new Discounting(items, BillingMode.FLEXIBLE, rating -> Ratio.of(rating.amount())).applyAll();
    }

    private List<Net> applyAll() {
        List<Ratio> gross = List.copyOf(nets);
        distinct().forEach(this::apply);
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Net(items.get(i), gross.get(i), nets.get(i), used.get(i)))
                .toList();
    }

    /** What only one item carries stands before what it shares with others, and so it is on every item. */
    private Collection<Discount> distinct() {
        Map<String, Discount> byRef = new LinkedHashMap<>();
        items.forEach(item -> item.discounts().forEach(discount -> byRef.putIfAbsent(discount.ref(), discount)));
        return byRef.values().stream().sorted(Comparator.comparingInt(this::place)).toList();
    }

    private int place(Discount discount) {
        return items.stream().flatMapToInt(item -> IntStream.range(0, item.discounts().size()).filter(i -> item.discounts().get(i).ref().equals(discount.ref())))
                .max().orElseThrow();
    }

    private void apply(Discount discount) {
        int[] carriers = IntStream.range(0, items.size()).filter(i -> carries(i, discount)).toArray();
        switch (mode) {
            case CLASSIC -> IntStream.of(carriers).forEach(i -> take(discount, i));
            case FLEXIBLE -> take(discount, carriers);
        }
    }

    private boolean carries(int i, Discount discount) {
        return discount.reduces(items.get(i)) && items.get(i).discounts().stream().anyMatch(own -> own.ref().equals(discount.ref()));
    }

    /** One reduction of what these items cost together, shared in proportion. */
    private void take(Discount discount, int... sharers) {
        List<Money> weights = IntStream.of(sharers).mapToObj(this::left).toList();
        Money sum = weights.stream().reduce(Money.zero(items.getFirst().price().currency()), Money::plus);
        List<Money> parts = Allocation.inProportion(amount(discount.reduction(), sum), weights);
        for (int k = 0; k < sharers.length; k++) {
            takeAmount(discount, sharers[k], parts.get(k));
        }
    }

    private Money left(int i) {
        return Rounding.toMoney(nets.get(i), items.get(i).price().currency());
    }

    private static Money amount(Reduction reduction, Money of) {
        return switch (reduction) {
            case PercentOff off ->
                    Rounding.toMoney(Ratio.of(of).times(Ratio.of(off.percent())).times(Ratio.of(1, 100)), of.currency());
            case AmountOff off -> off.amount().compareTo(of) < 0 ? off.amount() : of;
        };
    }

    private void takeAmount(Discount discount, int i, Money off) {
        if (off.isPositive()) {
            used.get(i).add(discount.ref());
        }
        Ratio left = nets.get(i).minus(Ratio.of(off));
        nets.set(i, left.signum() < 0 ? Ratio.ZERO : left);
    }
}
