package dev.headroom.impact;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Goes on with what is under way until nothing is. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class ImpactJob {

    private final ImpactRuns runs;

    ImpactJob(ImpactRuns runs) {
        this.runs = runs;
    }

    @Scheduled(fixedDelayString = "PT0.5S")
    void work() {
        boolean worked = true;
        while (worked) {
            worked = runs.step(ImpactRuns.PAGE);
        }
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        runs.forget();
    }
}
