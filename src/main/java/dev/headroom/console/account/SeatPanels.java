package dev.headroom.console.account;

import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.change.SeatGatherings;
import dev.headroom.change.SeatGatherings.SeatGathering;
import dev.headroom.console.SignedIn;
import dev.headroom.console.change.Notice;
import dev.headroom.entitlement.Entitlement;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Seats;
import dev.headroom.subscription.Seats.Holder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Makes the panels of seats: who holds them, and how more of them are bought. */
@Component
class SeatPanels {

    private final Seats seats;
    private final Members members;
    private final SeatGatherings gatherings;

    SeatPanels(Seats seats, Members members, SeatGatherings gatherings) {
        this.seats = seats;
        this.members = members;
        this.gatherings = gatherings;
    }

    /**
     * Of the subscriptions that have any.
     *
     * @param changed runs when the page is to be shown anew
     * @param told    is told what became of buying some
     */
    List<SeatPanel> of(AccountReading reading, SignedIn signedIn, Runnable changed, Consumer<Notice> told) {
        Map<AccountSubscription, SeatGathering> gathered = gatherings.of(signedIn.actor(), reading.subscriptions());
        return reading.subscriptions().stream()
                .flatMap(subscription -> read(reading, subscription, signedIn.actor()).stream())
                .map(shown -> new SeatPanel(reading, shown, signedIn, seats, changed, new SeatBuying(
                        reading, shown, Optional.ofNullable(gathered.get(shown.subscription())), signedIn, gatherings, seats, told)))
                .toList();
    }

    private Optional<SeatReading> read(AccountReading reading, AccountSubscription subscription, Actor actor) {
        return reading.catalog().featuresOf(subscription.product()).stream().filter(Feature::seats).findFirst().map(feature -> {
            List<UUID> ids = seats.holders(actor, subscription.account(), subscription.id());
            List<Holder> holders = seats.among(actor, subscription, ids);
            long excess = reading.entitlements().stream().filter(each -> each.feature().id().equals(feature.id())).mapToLong(Entitlement::excess).sum();
            List<Member> first = excess == 0
                    ? List.of()
                    : members.longestInactive(actor, subscription.account(), ids, (int) Math.min(excess, SeatReading.MOST_SUGGESTED));
            return new SeatReading(
                    subscription, holders, members.byIds(actor, subscription.account(), ids), excess, first, seats.expansion(actor, subscription).orElse(null));
        });
    }
}
