package dev.headroom.console.connection;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.preview.Drifts;
import org.springframework.stereotype.Component;

/** Makes the tab of quotes that Stripe would bill otherwise, with what became of these. */
@Component
class DriftTabs {

    private final Drifts drifts;
    private final Accounts accounts;
    private final PlanChangeRecords records;

    DriftTabs(Drifts drifts, Accounts accounts, PlanChangeRecords records) {
        this.drifts = drifts;
        this.accounts = accounts;
        this.records = records;
    }

    DriftTab of(Actor actor) {
        return new DriftTab(drifts, accounts, records, actor);
    }
}
