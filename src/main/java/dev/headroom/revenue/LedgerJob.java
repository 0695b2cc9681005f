package dev.headroom.revenue;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Books what was there before the ledger, and keeps the totals short to read. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class LedgerJob {

    private final CatchUps catchUps;
    private final TotalRepository totals;

    LedgerJob(CatchUps catchUps, TotalRepository totals) {
        this.catchUps = catchUps;
        this.totals = totals;
    }

    @Scheduled(fixedDelayString = "PT30S")
    void work() {
        boolean more = true;
        while (more) {
            more = catchUps.step();
        }
        boolean folded = true;
        while (folded) {
            folded = totals.fold();
        }
    }
}
