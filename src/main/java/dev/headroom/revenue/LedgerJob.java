package dev.headroom.revenue;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Books what was there before the ledger, keeps the totals short to read, and notes where accounts are. */
@Component
@ConditionalOnProperty(name = "headroom.jobs", havingValue = "true", matchIfMissing = true)
class LedgerJob {

    private final CatchUps catchUps;
    private final TotalRepository totals;
    private final AccountCountries countries;

    LedgerJob(CatchUps catchUps, TotalRepository totals, AccountCountries countries) {
        this.catchUps = catchUps;
        this.totals = totals;
        this.countries = countries;
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
        boolean located = true;
        while (located) {
            located = countries.step();
        }
    }
}
