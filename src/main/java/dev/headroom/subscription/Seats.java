package dev.headroom.subscription;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.error.HeadroomException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    /** A seat of a subscription was taken or freed; published in the transaction that did it, which holds the subscription until it ends. */
    public record SeatsChanged(AccountSubscription subscription) {}

    /**
     * Who holds a seat, and since when.
     *
     * @param assignedBy the actor's name; absent for seats from before it was kept
     */
    public record Holder(UUID member, Instant assignedAt, @Nullable String assignedBy) {}

    /** Whether a member got a seat. */
    public enum Assignment {
        ASSIGNED,
        HELD_ALREADY,
        NONE_FREE
    }

    /**
     * Gives a member a seat, also one who is only invited, unless all that were bought are held, or more; of two who race for the last
     * one, one gets it, and none gets one that is being given back at Stripe.
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
        seats.insert(account, subscription, new Holder(member, clock.instant().truncatedTo(ChronoUnit.MICROS), actor.name()));
        audit.created(actor, "assignSeat", account.value(), "seat", member, Map.of("subscription", subscription));
        events.publishEvent(new SeatsChanged(locked));
        return Assignment.ASSIGNED;
    }

    /** Takes a member's seat; false when it held none. */
    @Transactional
    public boolean release(Actor actor, AccountId account, SubscriptionId subscription, UUID member) {
        actor.require(Permission.ACCOUNTS, account.value());
        Optional<AccountSubscription> locked = subscriptions.locked(account, subscription);
        if (locked.isEmpty() || !seats.delete(account, subscription, member)) {
            return false;
        }
        audit.changed(actor, "releaseSeat", account.value(), "seat", member, Map.of("subscription", subscription), null);
        events.publishEvent(new SeatsChanged(locked.get()));
        return true;
    }

    /** How many seats are held, by subscription; one statement. */
    public Map<SubscriptionId, Long> held(Actor actor, Collection<AccountId> accounts) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return seats.held(accounts);
    }

    /** How many seats some members hold, by subscription; one statement. */
    Map<SubscriptionId, Long> held(Actor actor, Collection<AccountId> accounts, Collection<UUID> members) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return seats.held(accounts, members);
    }

    /**
     * A page of those who hold a seat, in the order in which they got it.
     *
     * @param after the last one of the page before, who need not hold it any more
     */
    List<Holder> page(Actor actor, AccountSubscription subscription, @Nullable Holder after, int size) {
        actor.require(Permission.READ, subscription.account().value());
        return seats.page(subscription.account(), subscription.id(), after, size);
    }

    /** Those of the members who hold a seat. */
    public List<Holder> among(Actor actor, AccountSubscription subscription, Collection<UUID> members) {
        actor.require(Permission.READ, subscription.account().value());
        return seats.of(subscription.account(), subscription.id(), members);
    }

    /** The members that hold a seat, in the order they got it. */
    public List<UUID> holders(Actor actor, AccountId account, SubscriptionId subscription) {
        actor.require(Permission.READ, account.value());
        return seats.holders(account, subscription);
    }
}
