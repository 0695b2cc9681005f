package dev.headroom.overage;

import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings overage to Stripe every minute, and what came late once an hour. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class OverageJob {

    private final Overages overages;
    /** Both look at the same accounts. */
    private final ReentrantLock sweeping = new ReentrantLock();

    OverageJob(Overages overages) {
        this.overages = overages;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT10S")
    void sweep() {
        alone(overages::sweep);
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void sweepAll() {
        alone(overages::sweepAll);
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
