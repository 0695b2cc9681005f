package dev.headroom.sync;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Goes on with what is under way, a page a second, so that Stripe's limits are left to those who buy. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class WalkJob {

    private final Reconciliations reconciliations;
    private final DifferenceRepairs repairs;
    private final StripeImports imports;

    WalkJob(Reconciliations reconciliations, DifferenceRepairs repairs, StripeImports imports) {
        this.reconciliations = reconciliations;
        this.repairs = repairs;
        this.imports = imports;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void step() {
        reconciliations.step();
        repairs.step();
        imports.step();
    }

    @Scheduled(fixedDelayString = "PT1M")
    void schedule() {
        reconciliations.schedule();
    }
}
