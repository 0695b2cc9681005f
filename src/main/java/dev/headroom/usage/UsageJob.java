package dev.headroom.usage;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes room for what comes, and gives back that of what is long gone. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class UsageJob {

    private final Partitions partitions;
    private final Identities identities;
    private final Leftovers leftovers;
    private final Holds holds;

    UsageJob(Partitions partitions, Identities identities, Leftovers leftovers, Holds holds) {
        this.partitions = partitions;
        this.identities = identities;
        this.leftovers = leftovers;
        this.holds = holds;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void expire() {
        holds.expire();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void roll() {
        partitions.roll();
        identities.forget();
        leftovers.delete();
    }
}
