package dev.headroom.pricing;

import dev.headroom.money.Ratio;
import dev.headroom.pricing.Discounting.Net;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the {@link GrowthKind} of a change from what each item brings a month before and after it. */
final class Growth {

    private Growth() {}

    static GrowthKind kind(List<Net> before, List<Net> after) {
        if (before.isEmpty()) {
            return GrowthKind.NEW;
        }
        if (after.isEmpty()) {
            return GrowthKind.CHURN;
        }
        int change = monthly(after).compareTo(monthly(before));
        if (change == 0) {
            return GrowthKind.NONE;
        }
        return change < 0 ? GrowthKind.CONTRACTION : strongestCause(before, after);
    }

    static Ratio monthly(List<Net> nets) {
        return nets.stream().map(Net::monthly).reduce(Ratio.ZERO, Ratio::plus);
    }

    /** Before discounts. */
    static Ratio gross(List<Net> nets) {
        return nets.stream().map(net -> net.item().price().monthly(net.gross())).reduce(Ratio.ZERO, Ratio::plus);
    }

    private static GrowthKind strongestCause(List<Net> before, List<Net> after) {
        Map<String, Net> old = before.stream().collect(Collectors.toMap(net -> net.item().ref(), Function.identity()));
        Map<GrowthKind, Ratio> gains = new EnumMap<>(GrowthKind.class);
        for (Net net : after) {
            Net was = old.get(net.item().ref());
            Ratio gain = was == null ? net.monthly() : net.monthly().minus(was.monthly());
            gains.merge(cause(was == null ? null : was.item(), net.item()), gain, Ratio::plus);
        }
        Ratio most = gains.values().stream().max(Ratio::compareTo).orElseThrow();
        return gains.keySet().stream().filter(kind -> gains.get(kind).equals(most)).findFirst().orElseThrow();
    }

    private static GrowthKind cause(@Nullable Item before, Item after) {
        if (before == null) {
            return byKind(after, GrowthKind.CROSS_SELL);
        }
        if (!before.offering().equals(after.offering())) {
            return byKind(after, GrowthKind.UPSELL);
        }
        return after.quantity() > before.quantity() ? byKind(after, GrowthKind.SEAT_EXPANSION) : GrowthKind.PRICE_INCREASE;
    }

    private static GrowthKind byKind(Item item, GrowthKind ofProduct) {
        return switch (item.kind()) {
            case PRODUCT -> ofProduct;
            case SEATS -> GrowthKind.SEAT_EXPANSION;
            case USAGE -> GrowthKind.USAGE_EXPANSION;
        };
    }
}
