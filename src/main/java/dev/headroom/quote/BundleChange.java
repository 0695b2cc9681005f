package dev.headroom.quote;

import dev.headroom.bundle.Bundle;
import dev.headroom.money.Money;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Quotation;
import dev.headroom.quote.Target.Sold;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A bundle that a change has to do with.
 *
 * @param amount what it takes off an interval's invoice: afterwards, or, of one that is broken, before
 */
public record BundleChange(Bundle bundle, Effect effect, Money amount) {

    /** What becomes of it. */
    public enum Effect {
        FORMED,
        BROKEN,
        KEPT
    }

    /** @param after without items where the subscription ends */
    static List<BundleChange> between(Target before, Target after, AccountSubscription subscription, Instant at) {
        return Stream.concat(bundles(before), bundles(after)).distinct().map(bundle -> {
            boolean had = bundles(before).anyMatch(bundle::equals);
            boolean has = bundles(after).anyMatch(bundle::equals);
            Effect effect = !has ? Effect.BROKEN : had ? Effect.KEPT : Effect.FORMED;
            return new BundleChange(bundle, effect, off(bundle, has ? after : before, subscription, at));
        }).toList();
    }

    private static Stream<Bundle> bundles(Target target) {
        return target.items().stream().map(Sold::bundle).filter(Objects::nonNull).distinct();
    }

    /** What is left for it to take when it comes: before whatever reduces the whole subscription. */
    private static Money off(Bundle bundle, Target target, AccountSubscription subscription, Instant at) {
        List<Item> reduced = target.with(target.items().stream().filter(item -> bundle.equals(item.bundle())).toList()).bundledAlone(at);
        List<Item> full = reduced.stream().map(item -> new Item(item.ref(), item.offering(), item.name(), item.kind(), item.price(), item.quantity(), List.of())).toList();
        return Quotation.recurring(full, at, subscription.balance().currency()).total().minus(Quotation.recurring(reduced, at, subscription.balance().currency()).total());
    }
}
