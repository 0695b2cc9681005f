package dev.headroom.change;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Finishes what a dead process began, and buys seats that have been gathered for long enough. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class ChangeJob {

    private final PlanChanges changes;
    private final SeatGatherings gatherings;
    private final SubscriptionStarts starts;

    ChangeJob(PlanChanges changes, SeatGatherings gatherings, SubscriptionStarts starts) {
        this.changes = changes;
        this.gatherings = gatherings;
        this.starts = starts;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void sweep() {
        changes.sweep();
        gatherings.sweep();
        starts.sweep();
    }
}
