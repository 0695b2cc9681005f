package dev.headroom.sync;

import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.pricing.Price;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeAccountGateway.ProductAtStripe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the prices of a product at Stripe become versions of a plan, the oldest first. A version has one price for each interval and currency:
 * the newest active ones are on sale together, and what was asked before or besides is retired, so that who has it keeps it.
 */
final class PlanShape {

    /** @param prices each with terms */
    record Version(State state, List<PriceAtStripe> prices) {}

    private PlanShape() {}

    static List<Version> of(ProductAtStripe product, List<PriceAtStripe> prices) {
        List<PriceAtStripe> newestFirst = prices.stream()
                .sorted(Comparator.comparing(PriceAtStripe::createdAt).thenComparing(PriceAtStripe::id).reversed())
                .toList();
        List<PriceAtStripe> left = new ArrayList<>(newestFirst);
        List<Version> versions = new ArrayList<>();
        if (product.active()) {
            List<PriceAtStripe> onSale = layer(left.stream().filter(PriceAtStripe::active).toList());
            if (!onSale.isEmpty()) {
                versions.add(new Version(State.PUBLISHED, onSale));
                left.removeAll(onSale);
            }
        }
        while (!left.isEmpty()) {
            List<PriceAtStripe> retired = layer(left);
            versions.addFirst(new Version(State.RETIRED, retired));
            left.removeAll(retired);
        }
        // What is on sale is the newest version, whatever else was made at Stripe later.
        versions.sort(Comparator.comparing(version -> version.state() == State.PUBLISHED));
        return List.copyOf(versions);
    }

    /** The first of each interval and currency. */
    private static List<PriceAtStripe> layer(List<PriceAtStripe> from) {
        Map<String, PriceAtStripe> first = new LinkedHashMap<>();
        from.forEach(price -> first.putIfAbsent(slot(Objects.requireNonNull(price.terms())), price));
        return List.copyOf(first.values());
    }

    private static String slot(Price price) {
        return price.interval() + " " + price.currency();
    }
}
