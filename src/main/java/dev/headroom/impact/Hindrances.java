package dev.headroom.impact;

import static java.util.stream.Collectors.groupingBy;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.impact.ImpactLine.Hindrance;
import dev.headroom.pricing.Discount;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import dev.headroom.subscription.SubscriptionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says of each subscription why it cannot be moved, whatever the version costs. */
final class Hindrances {

    private final CatalogSnapshot catalog;
    private final Instant at;
    private final Map<UUID, List<Offer>> negotiated;

    Hindrances(CatalogSnapshot catalog, Instant at) {
        this.catalog = catalog;
        this.at = at;
        this.negotiated = catalog.offers().stream().filter(Offer::negotiated).collect(groupingBy(Offer::account));
    }

    /** @param until when it ends by itself; absent where it does not */
    record Found(Hindrance hindrance, @Nullable Instant until) {

        private static Optional<Found> of(Hindrance hindrance) {
            return Optional.of(new Found(hindrance, null));
        }
    }

    Optional<Found> of(AccountSubscription subscription) {
        Instant committed = subscription.collection().committedUntil();
        if (subscription.state() == SubscriptionState.UNPAID) {
            return Found.of(Hindrance.UNPAID);
        }
        if (!subscription.renews()) {
            return Optional.of(new Found(Hindrance.ENDS, subscription.cancelAt()));
        }
        if (!subscription.foreignPrices().isEmpty()) {
            return Found.of(Hindrance.FOREIGN_PRICE);
        }
        if (subscription.unreckoned().contains(Unreckoned.SCHEDULED_ELSEWHERE)) {
            return Found.of(Hindrance.FOREIGN_SCHEDULE);
        }
        if (mixed(subscription)) {
            return Found.of(Hindrance.MIXED);
        }
        if (committed != null && at.isBefore(committed)) {
            return Optional.of(new Found(Hindrance.COMMITTED, committed));
        }
        return negotiated(subscription).or(() -> subscription.scheduled().isEmpty() ? Optional.empty() : Found.of(Hindrance.CHANGE_WAITS));
    }

    private boolean mixed(AccountSubscription subscription) {
        return subscription.items().stream().filter(item -> catalog.version(item.planVersion()).plan().tier()).count() > 1
                || subscription.items().stream().map(item -> catalog.price(item.price()).price().interval()).distinct().count() > 1;
    }

    /** Stripe has names of its own for discounts: one that was negotiated is known by what it is. */
    private Optional<Found> negotiated(AccountSubscription subscription) {
        List<Offer> own = negotiated.getOrDefault(subscription.account().value(), List.of());
        return own.isEmpty() ? Optional.empty() : subscription.discounts().stream()
                .filter(discount -> runs(discount) && own.stream().anyMatch(offer -> offer.product().equals(subscription.product()) && isOf(discount, offer)))
                .findFirst()
                .map(discount -> new Found(Hindrance.NEGOTIATED, discount.until().orElse(null)));
    }

    private boolean runs(Discount discount) {
        return discount.until().filter(until -> !at.isBefore(until)).isEmpty();
    }

    private static boolean isOf(Discount discount, Offer offer) {
        return discount.reduction().equals(offer.reduction()) && discount.term().equals(offer.term()) && !discount.from().isBefore(offer.window().from());
    }
}
