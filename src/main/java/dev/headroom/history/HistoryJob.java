package dev.headroom.history;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Goes on with what is under way until nothing is. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class HistoryJob {

    private final HistoryWorks works;
    private final StripeFetches fetches;

    HistoryJob(HistoryWorks works, StripeFetches fetches) {
        this.works = works;
        this.fetches = fetches;
    }

    /** A page a second, so that Stripe's limits are left to those who buy. */
    @Scheduled(fixedDelayString = "PT1S")
    void fetch() {
        fetches.step();
    }

    @Scheduled(fixedDelayString = "PT1S")
    void work() {
        boolean more = true;
        while (more) {
            more = works.step();
        }
    }
}
