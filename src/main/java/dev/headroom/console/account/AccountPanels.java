package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.console.approval.RequestTable;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.console.change.StartDialogs;
import dev.headroom.entitlement.Grants;
import dev.headroom.subscription.AccountSubscription;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The parts of an account's page that give and take back. */
@org.springframework.stereotype.Component
class AccountPanels {

    private static final int MOST_REQUESTS = 100;

    private final Grants grants;
    private final SeatPanels seats;
    private final BoughtSections bought;
    private final ApprovalRequests requests;
    private final StartDialogs starts;
    private final AccountHistories histories;
    private final InstantSource clock;

    AccountPanels(
            Grants grants, SeatPanels seats, BoughtSections bought, ApprovalRequests requests, StartDialogs starts, AccountHistories histories, InstantSource clock) {
        this.grants = grants;
        this.seats = seats;
        this.bought = bought;
        this.requests = requests;
        this.starts = starts;
        this.histories = histories;
        this.clock = clock;
    }

    /** @param ended is told what became of taking back what waits, or of moving it */
    List<Section> subscriptions(
            AccountReading reading, SignedIn signedIn, Function<AccountSubscription, List<Component>> acts, Consumer<Notice> ended) {
        return bought.of(reading, signedIn, acts, ended);
    }

    StartAct start(SignedIn signedIn) {
        return new StartAct(signedIn, starts);
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

    AccountHistories histories() {
        return histories;
    }

    /** @param told is told what became of buying some */
    List<SeatPanel> seats(AccountReading reading, SignedIn signedIn, Runnable changed, Consumer<Notice> told) {
        return seats.of(reading, signedIn, changed, told);
    }
}
