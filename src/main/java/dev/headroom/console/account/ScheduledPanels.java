package dev.headroom.console.account;

import com.vaadin.flow.component.html.Anchor;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChangeRecords;
import dev.headroom.change.PlanChanges;
import dev.headroom.change.ScheduledChanges;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.TermsText;
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
    private final PlanChangeRecords records;

    ScheduledPanels(PlanChanges changes, PlanChangeCancellations cancellations, ScheduledChanges scheduled, PlanChangeRecords records) {
        this.records = records;
        this.changes = changes;
        this.cancellations = cancellations;
        this.scheduled = scheduled;
    }

    /** What waits on each of an account's subscriptions, in its order. */
    Map<AccountSubscription, List<PlanChange>> waiting(AccountReading reading, SignedIn signedIn) {
        return changes.scheduled(signedIn.actor(), reading.subscriptions());
    }

    /** What waited last on each of an account's subscriptions and was not made, as long as nobody has asked for anything since. */
    List<Notice> unmade(AccountReading reading, SignedIn signedIn) {
        return records.unmade(signedIn.actor(), reading.subscriptions()).values().stream().map(change -> unmade(reading, change)).toList();
    }

    private static Notice unmade(AccountReading reading, PlanChange change) {
        Notice notice = new PlanChangeStanding(reading.account().zone()).of(change);
        List<String> lines = TermsText.differences(change.from(), change.to(), reading.catalog());
        notice.say(new Anchor(
                PlanChangeView.address(reading.account().key(), change.id()), lines.isEmpty() ? TermsText.of(change.to(), reading.catalog()) : String.join(" · ", lines)));
        return notice;
    }

    ScheduledPanel of(AccountReading reading, List<PlanChange> waiting, SignedIn signedIn, Consumer<Notice> ended) {
        return new ScheduledPanel(reading, waiting, signedIn, cancellations, scheduled, ended);
    }
}
