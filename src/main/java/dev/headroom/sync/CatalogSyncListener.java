package dev.headroom.sync;

import dev.headroom.bundle.Bundles.BundleMade;
import dev.headroom.catalog.Catalog.OfferMade;
import dev.headroom.catalog.Catalog.PlanPublished;
import dev.headroom.postgres.Transactions;
import dev.headroom.stripe.StripeUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Pushes a plan as soon as it is on sale, and an offer or a bundle as soon as it is made, before whoever did so is answered; what Stripe could not
 * take then, the job brings later.
 */
@Component
class CatalogSyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogSyncListener.class);

    private final CatalogSyncs syncs;

    private final Transactions transactions;

    CatalogSyncListener(CatalogSyncs syncs, Transactions transactions) {
        this.syncs = syncs;
        this.transactions = transactions;
    }

    @EventListener
    void on(PlanPublished published) {
        pushAfter(published.version().plan().name());
    }

    @EventListener
    void on(OfferMade made) {
        pushAfter(made.offer().name());
    }

    @EventListener
    void on(BundleMade made) {
        pushAfter(made.bundle().name());
    }

    /** Stripe may take its time, for which nobody keeps a connection. */
    private void pushAfter(String name) {
        transactions.afterRelease(() -> push(name));
    }

    private void push(String name) {
        try {
            syncs.push();
        } catch (StripeUnavailableException later) {
            LOG.warn("{} is on sale, but Stripe does not know it yet: {}", name, later.getMessage());
        }
    }
}
