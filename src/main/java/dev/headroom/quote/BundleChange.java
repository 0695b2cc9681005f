package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.money.Money;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Target.Sold;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A bundle that a change has to do with.
 *
 * @param amount what it takes off an interval's invoices, those of the account's other subscriptions too: afterwards, or, of one that is broken,
 *               before
 */
public record BundleChange(Bundle bundle, Effect effect, Money amount) {

    /** What becomes of it. */
    public enum Effect {
        FORMED,
        BROKEN,
        KEPT
    }

    /** One subscription of the account, before and after. */
    private record Side(Target before, Target after) {}

    /**
     * What a change does to bundles, here and on the account's other subscriptions.
     *
     * @param after without items where the subscription ends
     */
    static List<BundleChange> of(Circumstances now, Target before, Target after) {
        List<Side> sides = new ArrayList<>(List.of(new Side(before, after)));
        now.others().forEach(other -> sides.add(new Side(Target.of(other, now.catalog(), now.bundles()), Bundling.elsewhere(other, now, after))));
        return sides.stream().flatMap(side -> Stream.concat(bundles(side.before), bundles(side.after))).distinct()
                .map(bundle -> of(bundle, sides, now))
                .filter(change -> change.effect != Effect.KEPT || bundles(after).anyMatch(change.bundle::equals))
                .toList();
    }

    private static BundleChange of(Bundle bundle, List<Side> sides, Circumstances now) {
        boolean had = sides.stream().anyMatch(side -> bundles(side.before).anyMatch(bundle::equals));
        boolean has = sides.stream().anyMatch(side -> bundles(side.after).anyMatch(bundle::equals));
        Effect effect = !has ? Effect.BROKEN : had ? Effect.KEPT : Effect.FORMED;
        Money amount = sides.stream().map(side -> off(bundle, has ? side.after : side.before, now))
                .reduce(Money.zero(now.subscription().balance().currency()), Money::plus);
        return new BundleChange(bundle, effect, amount);
    }

    private static Stream<Bundle> bundles(Target target) {
        return target.items().stream().map(Sold::bundle).filter(Objects::nonNull).distinct();
    }

    /** It comes before whatever reduces a whole subscription. */
    private static Money off(Bundle bundle, Target target, Circumstances now) {
        List<Item> reduced = target.with(target.items().stream().filter(item -> bundle.equals(item.bundle())).toList()).bundledAlone(now.at());
        List<Item> full = reduced.stream().map(item -> new Item(item.ref(), item.offering(), item.name(), item.kind(), item.price(), item.quantity(), List.of())).toList();
        return total(full, now).minus(total(reduced, now));
    }

    private static Money total(List<Item> items, Circumstances now) {
        return Quotation.recurring(items, now.at(), now.subscription().balance().currency()).total();
    }
}
