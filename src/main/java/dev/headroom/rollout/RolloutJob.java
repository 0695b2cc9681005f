package dev.headroom.rollout;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Publishes what is due, and moves who is, in batches until nobody is. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class RolloutJob {

    private static final int BATCH = 100;

    private final RolloutRuns runs;

    RolloutJob(RolloutRuns runs) {
        this.runs = runs;
    }

    @Scheduled(fixedDelayString = "PT2S")
    void work() {
        runs.sweep(BATCH);
    }
}
