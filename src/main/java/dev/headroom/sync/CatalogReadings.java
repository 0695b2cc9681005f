package dev.headroom.sync;

import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.PriceId;
import dev.headroom.stripe.StripeAccountGateway;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import org.springframework.stereotype.Service;

/** Compares our catalogue with what Stripe has now. */
@Service
class CatalogReadings {

    private static final Actor.System SELF = new Actor.System("sync");

    private final Catalog catalog;
    private final Bundles bundles;
    private final StripeAccountGateway stripe;
    private final StripeLinksRepository links;
    private final Subscriptions subscriptions;

    CatalogReadings(Catalog catalog, Bundles bundles, StripeAccountGateway stripe, StripeLinksRepository links, Subscriptions subscriptions) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.stripe = stripe;
        this.links = links;
        this.subscriptions = subscriptions;
    }

    List<CatalogDifference> differences() {
        CatalogSnapshot known = catalog.snapshot();
        return new CatalogComparison(known, SoldCoupon.of(known, bundles.all()), stripe.catalogue(), links::remote, this::had).differences();
    }

    /** What waits for the end of a period is told Stripe again whenever something else is changed, and Stripe takes no price that is archived. */
    private boolean had(PriceId price) {
        return !subscriptions.sample(SELF, List.of(price), 0, Long.MAX_VALUE, 1).isEmpty() || subscriptions.awaited(SELF, price);
    }
}
