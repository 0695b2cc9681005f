package dev.headroom.change;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Finishes what a dead process began. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class ChangeJob {

    private final PlanChanges changes;
    private final SubscriptionStarts starts;

    ChangeJob(PlanChanges changes, SubscriptionStarts starts) {
        this.changes = changes;
        this.starts = starts;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void sweep() {
        changes.sweep();
        starts.sweep();
    }
}
