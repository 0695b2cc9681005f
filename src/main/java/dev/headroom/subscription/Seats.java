package dev.headroom.subscription;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.HeadroomException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which members hold a seat of which subscription. */
@Service
public class Seats {

    private final SeatRepository seats;
    private final SubscriptionRepository subscriptions;
    private final Catalog catalog;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Seats(
            SeatRepository seats, SubscriptionRepository subscriptions, Catalog catalog, AuditEntries audit, ApplicationEventPublisher events,
            InstantSource clock) {
        this.seats = seats;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Seats of a subscription were taken or freed; published in the transaction that did it. */
    public record SeatsChanged(AccountId account) {}

    /** Whether a member got a seat. */
    public enum Assignment {
        ASSIGNED,
        HELD_ALREADY,
        NONE_FREE
    }

    /**
     * Gives a member a seat, unless all that were bought are held; of two who race for the last one, one gets it, and none gets one
     * that is being given back at Stripe.
     *
     * @throws HeadroomException NOT_FOUND for an unknown subscription, also another account's
     */
    @Transactional
    public Assignment assign(Actor actor, AccountId account, SubscriptionId subscription, UUID member) {
        actor.require(Permission.ACCOUNTS, account.value());
        AccountSubscription locked = subscriptions.locked(account, subscription)
                .orElseThrow(() -> HeadroomException.notFound("subscription", "No such subscription"));
        if (seats.holds(account, subscription, member)) {
            return Assignment.HELD_ALREADY;
        }
        Long bought = locked.seatsBought(catalog.snapshot());
        if (bought != null && seats.taken(account, subscription) >= bought) {
            return Assignment.NONE_FREE;
        }
        seats.insert(account, subscription, member, clock.instant());
        audit.created(actor, "assignSeat", account.value(), "seat", member, Map.of("subscription", subscription));
        events.publishEvent(new SeatsChanged(account));
        return Assignment.ASSIGNED;
    }

    /** Takes a member's seat; false when it held none. */
    @Transactional
    public boolean release(Actor actor, AccountId account, SubscriptionId subscription, UUID member) {
        actor.require(Permission.ACCOUNTS, account.value());
        seats.lock(account, subscription);
        if (!seats.delete(account, subscription, member)) {
            return false;
        }
        audit.changed(actor, "releaseSeat", account.value(), "seat", member, Map.of("subscription", subscription), null);
        events.publishEvent(new SeatsChanged(account));
        return true;
    }

    /** How many seats are held, by subscription; one statement. */
    public Map<SubscriptionId, Long> held(Actor actor, Collection<AccountId> accounts) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return seats.held(accounts);
    }

    /** The members that hold a seat, in the order they got it. */
    public List<UUID> holders(Actor actor, AccountId account, SubscriptionId subscription) {
        actor.require(Permission.READ, account.value());
        return seats.holders(account, subscription);
    }
}
