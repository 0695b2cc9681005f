package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.console.approval.RequestTable;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.entitlement.Grants;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Seats.Holder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The parts of an account's page that give and take back. */
@Component
class AccountPanels {

    private static final int MOST_REQUESTS = 100;

    private final Grants grants;
    private final Seats seats;
    private final Members members;
    private final BoughtSections bought;
    private final ApprovalRequests requests;
    private final InstantSource clock;

    AccountPanels(
            Grants grants, Seats seats, Members members, BoughtSections bought, ApprovalRequests requests, InstantSource clock) {
        this.grants = grants;
        this.seats = seats;
        this.members = members;
        this.bought = bought;
        this.requests = requests;
        this.clock = clock;
    }

    /** @param ended is told what became of taking back what waits, or of moving it */
    List<Section> subscriptions(
            AccountReading reading, SignedIn signedIn, Function<AccountSubscription, List<Button>> acts, Consumer<Notice> ended) {
        return bought.of(reading, signedIn, acts, ended);
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

    /** Of the subscriptions that have any. */
    List<SeatPanel> seats(AccountReading reading, SignedIn signedIn, Runnable changed) {
        return reading.subscriptions().stream()
                .flatMap(subscription -> seats(reading, subscription, signedIn.actor()).stream())
                .map(shown -> new SeatPanel(reading, shown, signedIn, seats, changed))
                .toList();
    }

    private Optional<SeatReading> seats(AccountReading reading, AccountSubscription subscription, Actor actor) {
        return reading.catalog().featuresOf(subscription.product()).stream().filter(Feature::seats).findFirst().map(feature -> {
            List<UUID> ids = seats.holders(actor, subscription.account(), subscription.id());
            List<Holder> holders = seats.among(actor, subscription, ids);
            long excess = reading.entitlements().stream().filter(each -> each.feature().id().equals(feature.id())).mapToLong(Entitlement::excess).sum();
            List<Member> first = excess == 0
                    ? List.of()
                    : members.longestInactive(actor, subscription.account(), ids, (int) Math.min(excess, SeatReading.MOST_SUGGESTED));
            return new SeatReading(subscription, holders, members.byIds(actor, subscription.account(), ids), excess, first);
        });
    }
}
