package dev.headroom.console.account;

import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.change.ScheduledChanges;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.subscription.AccountSubscription;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Makes the panel of what waits, with what moves it and takes it back. */
@Component
class ScheduledPanels {

    private final PlanChanges changes;
    private final PlanChangeCancellations cancellations;
    private final ScheduledChanges scheduled;

    ScheduledPanels(PlanChanges changes, PlanChangeCancellations cancellations, ScheduledChanges scheduled) {
        this.changes = changes;
        this.cancellations = cancellations;
        this.scheduled = scheduled;
    }

    /** What waits on each of an account's subscriptions, in its order. */
    Map<AccountSubscription, List<PlanChange>> waiting(AccountReading reading, SignedIn signedIn) {
        return changes.scheduled(signedIn.actor(), reading.subscriptions());
    }

    ScheduledPanel of(AccountReading reading, List<PlanChange> waiting, SignedIn signedIn, Consumer<Notice> ended) {
        return new ScheduledPanel(reading, waiting, signedIn, cancellations, scheduled, ended);
    }
}
