package dev.headroom.sync;

import dev.headroom.bundle.Bundles.BundleMade;
import dev.headroom.catalog.Catalog.OfferMade;
import dev.headroom.catalog.Catalog.PlanPublished;
import dev.headroom.stripe.StripeUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Pushes a plan as soon as it is on sale, and an offer or a bundle as soon as it is made; what Stripe could not take then, the job brings later. */
@Component
class CatalogSyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogSyncListener.class);

    private final CatalogSyncs syncs;

    CatalogSyncListener(CatalogSyncs syncs) {
        this.syncs = syncs;
    }

    @TransactionalEventListener
    void on(PlanPublished published) {
        push(published.version().plan().name());
    }

    @TransactionalEventListener
    void on(OfferMade made) {
        push(made.offer().name());
    }

    @TransactionalEventListener
    void on(BundleMade made) {
        push(made.bundle().name());
    }

    private void push(String name) {
        try {
            syncs.push();
        } catch (StripeUnavailableException later) {
            LOG.warn("{} is on sale, but Stripe does not know it yet: {}", name, later.getMessage());
        }
    }
}
