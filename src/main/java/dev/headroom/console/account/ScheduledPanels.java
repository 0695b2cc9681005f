package dev.headroom.console.account;

import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.ScheduledChanges;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Makes the panel of what waits, with what moves it and takes it back. */
@Component
class ScheduledPanels {

    private final PlanChangeCancellations cancellations;
    private final ScheduledChanges scheduled;

    ScheduledPanels(PlanChangeCancellations cancellations, ScheduledChanges scheduled) {
        this.cancellations = cancellations;
        this.scheduled = scheduled;
    }

    ScheduledPanel of(AccountReading reading, List<PlanChange> waiting, SignedIn signedIn, Consumer<Notice> ended) {
        return new ScheduledPanel(reading, waiting, signedIn, cancellations, scheduled, ended);
    }
}
