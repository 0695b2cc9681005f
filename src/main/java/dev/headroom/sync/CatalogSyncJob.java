package dev.headroom.sync;

import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings what could not be pushed when it went on sale. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class CatalogSyncJob {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogSyncJob.class);

    private final CatalogSyncs syncs;

    CatalogSyncJob(CatalogSyncs syncs) {
        this.syncs = syncs;
    }

    @Scheduled(fixedDelayString = "PT1M")
    void push() {
        try {
            syncs.push();
        } catch (StripeUnavailableException | StripeRefusedException unavailable) {
            LOG.warn("The catalogue could not be brought to Stripe: {}", unavailable.getMessage());
        }
    }
}
