package dev.headroom.subscription;

import dev.headroom.account.AccountId;
import dev.headroom.account.Members.MemberErased;
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
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which members hold a seat of which subscription. */
@Service
public class Seats {

    private final SeatRepository seats;
    private final SubscriptionRepository subscriptions;
    private final ExpansionRepository expansions;
    private final Catalog catalog;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Seats(
            SeatRepository seats, SubscriptionRepository subscriptions, ExpansionRepository expansions, Catalog catalog, AuditEntries audit,
            ApplicationEventPublisher events, InstantSource clock) {
        this.seats = seats;
        this.subscriptions = subscriptions;
        this.expansions = expansions;
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

    /**
     * That seats are bought as they are assigned.
     *
     * @param most      in all, those of add-ons among them
     * @param optedInBy the actor's name
     */
    public record SeatExpansion(long most, String optedInBy, Instant optedInAt) {}

    /**
     * Seats are held beyond those that were bought, by an account that has opted in to that; published in the transaction that assigned the last one.
     *
     * @param beyond how many more than were bought
     * @param actor  the name of who assigned it
     */
    public record SeatsOutgrown(AccountSubscription subscription, long beyond, String actor) {}

    /** Whether a member got a seat. */
    public enum Assignment {
        ASSIGNED,
        HELD_ALREADY,
        NONE_FREE
    }

    /**
     * Gives a member a seat, also one who is only invited, unless all that were bought are held, or more, and no more may be bought by
     * assigning them; of two who race for the last one, one gets it, and none gets one that is being given back at Stripe.
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
        long after = seats.taken(account, subscription) + 1;
        boolean outgrown = bought != null && after > bought;
        if (outgrown && !expandsTo(after, locked)) {
            return Assignment.NONE_FREE;
        }
        seats.insert(account, subscription, new Holder(member, clock.instant().truncatedTo(ChronoUnit.MICROS), actor.name()));
        audit.created(actor, "assignSeat", account.value(), "seat", member, Map.of("subscription", subscription));
        events.publishEvent(new SeatsChanged(locked));
        if (outgrown) {
            events.publishEvent(new SeatsOutgrown(locked, after - bought, actor.name()));
        }
        return Assignment.ASSIGNED;
    }

    private boolean expandsTo(long count, AccountSubscription locked) {
        boolean bySeat = !catalog.snapshot().version(locked.planItem().planVersion()).soldFlat(locked.planItem().price());
        return bySeat && locked.live() && expansions.of(locked).filter(expansion -> count <= expansion.most()).isPresent();
    }

    /** Empty for an account that has not opted in. */
    public Optional<SeatExpansion> expansion(Actor actor, AccountSubscription subscription) {
        actor.require(Permission.READ, subscription.account().value());
        return expansions.of(subscription);
    }

    /**
     * Opts in to seats being bought as they are assigned, or out of it.
     *
     * @param most in all; absent opts out, which takes nobody's seat
     */
    @Transactional
    public Optional<SeatExpansion> expand(Actor actor, AccountSubscription subscription, @Nullable Long most) {
        actor.require(Permission.CHANGE, subscription.account().value());
        subscriptions.locked(subscription.account(), subscription.id()).orElseThrow();
        Optional<SeatExpansion> before = expansions.of(subscription);
        Optional<SeatExpansion> after = Optional.ofNullable(most)
                .map(cap -> new SeatExpansion(cap, actor.name(), clock.instant().truncatedTo(ChronoUnit.MICROS)));
        if (before.map(SeatExpansion::most).equals(after.map(SeatExpansion::most))) {
            return before;
        }
        expansions.set(subscription, after.orElse(null));
        audit.changed(actor, "setSeatExpansion", subscription.account().value(), "subscription", subscription.id(), before.orElse(null), after.orElse(null));
        return after;
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

    /** Takes all seats of somebody who is erased. */
    @EventListener
    void on(MemberErased erased) {
        AccountId account = erased.member().account();
        seats.heldBy(account, erased.member().id()).forEach(subscription -> release(erased.by(), account, subscription, erased.member().id()));
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
