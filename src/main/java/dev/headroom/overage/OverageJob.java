package dev.headroom.overage;

import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings overage to Stripe every minute, and what came late once an hour. At fixed rates: what runs at fixed delays waits for one another. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class OverageJob {

    private final Overages overages;
    /** Many accounts, or a slow Stripe, may take longer than a minute. */
    private final ReentrantLock sweeping = new ReentrantLock();

    OverageJob(Overages overages) {
        this.overages = overages;
    }

    @Scheduled(fixedRateString = "PT1M", initialDelayString = "PT10S")
    void sweep() {
        if (sweeping.tryLock()) {
            alone(overages::sweep);
        }
    }

    @Scheduled(fixedRateString = "PT1H", initialDelayString = "PT5M")
    void sweepAll() {
        sweeping.lock();
        alone(overages::sweepAll);
    }

    private void alone(Runnable sweep) {
        try {
            sweep.run();
        } finally {
            sweeping.unlock();
        }
    }
}
