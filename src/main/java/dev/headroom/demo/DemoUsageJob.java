package dev.headroom.demo;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets the demo vendor's customers go on; a day of theirs may end at any hour. */
@Component
@ConditionalOnProperty(name = {"headroom.jobs", "headroom.demo"}, havingValue = "true", matchIfMissing = true)
class DemoUsageJob {

    private final DemoUsages usages;

    DemoUsageJob(DemoUsages usages) {
        this.usages = usages;
    }

    @Scheduled(fixedDelayString = "PT1H")
    void run() {
        usages.catchUp();
    }
}
