package dev.headroom.overage;

import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings overage to Stripe every minute, and what came late once an hour; hears what Stripe says of it later. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class OverageJob {

    private static final Logger LOG = LoggerFactory.getLogger(OverageJob.class);

    private final Overages overages;
    private final UsageRejections rejections;
    /** Both look at the same accounts. */
    private final ReentrantLock sweeping = new ReentrantLock();

    OverageJob(Overages overages, UsageRejections rejections) {
        this.overages = overages;
        this.rejections = rejections;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT10S")
    void sweep() {
        alone(overages::sweep);
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void sweepAll() {
        alone(overages::sweepAll);
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void listen() {
        try {
            rejections.listen();
        } catch (StripeUnavailableException | StripeRefusedException later) {
            LOG.warn("Stripe does not tell which reports of usage it does not count: {}", later.getMessage());
        }
    }

    private void alone(Runnable sweep) {
        sweeping.lock();
        try {
            sweep.run();
        } finally {
            sweeping.unlock();
        }
    }
}
