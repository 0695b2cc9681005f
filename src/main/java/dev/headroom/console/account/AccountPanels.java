package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.console.approval.RequestTable;
import dev.headroom.change.PlanChange;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.entitlement.Grants;
import dev.headroom.overage.OverageCharge;
import dev.headroom.overage.OverageCharges;
import dev.headroom.subscription.AccountSubscription;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The parts of an account's page that give and take back. */
@Component
class AccountPanels {

    private static final int MOST_REQUESTS = 100;

    private final Grants grants;
    private final SeatPanels seats;
    private final ScheduledPanels scheduled;
    private final OverageCharges overage;
    private final ApprovalRequests requests;
    private final InstantSource clock;

    AccountPanels(
            Grants grants, SeatPanels seats, ScheduledPanels scheduled, OverageCharges overage,
            ApprovalRequests requests, InstantSource clock) {
        this.grants = grants;
        this.seats = seats;
        this.scheduled = scheduled;
        this.overage = overage;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * What was bought, and, where something waits for the end of a period, or was used past a limit, what.
     *
     * @param ended is told what became of taking one of these back, or of moving it
     */
    List<Section> subscriptions(
            AccountReading reading, SignedIn signedIn, Function<AccountSubscription, List<Button>> acts, Consumer<Notice> ended) {
        Map<AccountSubscription, List<PlanChange>> waiting = scheduled.waiting(reading, signedIn);
        List<OverageCharge> charges = overage.of(signedIn.actor(), reading.account().id());
        Div cards = new Div();
        cards.addClassName("cards");
        reading.subscriptions().forEach(each -> cards.add(new SubscriptionCard(
                each, waiting.getOrDefault(each, List.of()), charges, reading, clock.instant(), acts.apply(each))));
        List<PlanChange> all = reading.subscriptions().stream().flatMap(each -> waiting.getOrDefault(each, List.of()).stream()).toList();
        Section bought = new Section(translate("account.subscriptions"), reading.subscriptions().isEmpty()
                ? new EmptyState(translate("subscription.none"), translate("subscription.none.why"))
                : cards);
        List<Section> sections = new ArrayList<>(List.of(bought));
        if (!all.isEmpty()) {
            sections.add(new Section(translate("scheduled.title"), scheduled.of(reading, all, signedIn, ended)));
        }
        if (!charges.isEmpty()) {
            sections.add(new Section(translate("overage.title"), new OverageTable(charges, reading.account().zone())));
        }
        return sections;
    }

    /** What was asked for and is not over; nothing where there is nothing. */
    Optional<Section> requests(AccountReading reading, SignedIn signedIn) {
        List<ApprovalRequest> open = requests.ofAccount(signedIn.actor(), reading.account().id(), null, MOST_REQUESTS).stream()
                .filter(request -> request.state().open())
                .toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(new Section(translate("approval.open"), RequestTable.of(open, reading.catalog(), reading.account().zone())));
    }

    GrantPanel grants(AccountReading reading, SignedIn signedIn, Runnable changed) {
        return new GrantPanel(reading, grants, signedIn, clock.instant(), changed);
    }

    /** @param told is told what became of buying some */
    List<SeatPanel> seats(AccountReading reading, SignedIn signedIn, Runnable changed, Consumer<Notice> told) {
        return seats.of(reading, signedIn, changed, told);
    }
}
