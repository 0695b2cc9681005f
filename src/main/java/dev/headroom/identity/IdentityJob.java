package dev.headroom.identity;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes down when keys were used. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class IdentityJob {

    private final KeyUses uses;

    IdentityJob(KeyUses uses) {
        this.uses = uses;
    }

    @Scheduled(fixedDelayString = "PT1M")
    void write() {
        uses.write();
    }
}
