package dev.headroom.entitlement;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes what was noted while answering, off the callers' way. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class EntitlementJob {

    private final Notices notices;

    EntitlementJob(Notices notices) {
        this.notices = notices;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void write() {
        notices.write();
    }
}
