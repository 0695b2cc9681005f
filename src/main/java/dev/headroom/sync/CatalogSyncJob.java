package dev.headroom.sync;

import dev.headroom.stripe.StripeUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings what could not be pushed when it went on sale, and goes on with plans that were agreed to. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class CatalogSyncJob {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogSyncJob.class);

    private final CatalogSyncs syncs;
    private final CatalogPlans plans;

    CatalogSyncJob(CatalogSyncs syncs, CatalogPlans plans) {
        this.syncs = syncs;
        this.plans = plans;
    }

    /** What somebody died over is taken up as soon as nobody can be working on it. */
    @Scheduled(fixedDelayString = "PT10S")
    void sweep() {
        plans.sweep();
    }

    @Scheduled(fixedDelayString = "PT1M")
    void push() {
        try {
            syncs.push();
        } catch (StripeUnavailableException unavailable) {
            LOG.warn("The catalogue could not be brought to Stripe: {}", unavailable.getMessage());
        }
    }
}
