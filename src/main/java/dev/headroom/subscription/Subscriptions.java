package dev.headroom.subscription;

import static java.util.Collections.disjoint;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.PriceId;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.pricing.Item;
import dev.headroom.pricing.Movement;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.AccountSubscription.Unreckoned;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What accounts bought: read by many, written in one way, by recording what was read at Stripe. */
@Service
public class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final SubscriptionRepository subscriptions;
    private final SubscriptionWriteRepository writer;
    private final MovementRepository movements;
    private final Catalog catalog;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Subscriptions(
            SubscriptionRepository subscriptions, SubscriptionWriteRepository writer, MovementRepository movements, Catalog catalog, AuditEntries audit,
            ApplicationEventPublisher events, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.writer = writer;
        this.movements = movements;
        this.catalog = catalog;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The running subscriptions of an account, oldest first; one statement. */
    public List<AccountSubscription> live(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        return subscriptions.live(List.of(account)).getOrDefault(account, List.of());
    }

    /** The running subscriptions of several accounts; one statement. */
    public Map<AccountId, List<AccountSubscription>> live(Actor actor, Collection<AccountId> accounts) {
        accounts.forEach(account -> actor.require(Permission.READ, account.value()));
        return subscriptions.live(accounts);
    }

    /** The same with those that ended after an instant; only Headroom itself may ask, for events that come late. One statement. */
    public Map<AccountId, List<AccountSubscription>> recent(Actor.System actor, Collection<AccountId> accounts, Instant endedAfter) {
        return subscriptions.recent(accounts, endedAfter);
    }

    /** @throws HeadroomException NOT_FOUND, also for another account's */
    public AccountSubscription byId(Actor actor, AccountId account, SubscriptionId id) {
        return find(actor, account, id).orElseThrow(() -> HeadroomException.notFound("subscription", "No such subscription"));
    }

    /** Empty also for another account's. */
    public Optional<AccountSubscription> find(Actor actor, AccountId account, SubscriptionId id) {
        actor.require(Permission.READ, account.value());
        return subscriptions.byId(account, id);
    }

    /** The one that an object at Stripe stands for; only Headroom itself may ask, for it crosses accounts. */
    public Optional<AccountSubscription> byStripeId(Actor.System actor, String stripeId) {
        return subscriptions.byStripeId(stripeId);
    }

    /** The id of the account's that an object at Stripe stands for. */
    public Optional<SubscriptionId> idOf(Actor.System actor, AccountId account, String stripeId) {
        return subscriptions.idOf(account, stripeId);
    }

    /** Those that objects at Stripe stand for, by their ids there; only Headroom itself may ask. One statement. */
    public Map<String, AccountSubscription> byStripeIds(Actor.System actor, Collection<String> stripeIds) {
        return subscriptions.byStripeIds(stripeIds);
    }

    /**
     * A page of everybody's running subscriptions, in the order of their ids at Stripe; only Headroom itself may ask.
     *
     * @param after id at Stripe of the last one of the page before
     */
    public List<AccountSubscription> page(Actor.System actor, @Nullable String after, int size) {
        return subscriptions.page(after, size);
    }

    /** A place in the order of everybody's subscriptions. */
    public record Holder(AccountId account, SubscriptionId subscription) {}

    /** How many subscriptions run with an item of one of the versions; only Headroom itself may ask. One statement. */
    public int holding(Actor.System actor, Collection<PlanVersionId> versions) {
        return subscriptions.holders().count(versions);
    }

    /** The same of each version that anybody has. One statement. */
    public Map<PlanVersionId, Integer> holdingEach(Actor.System actor, Collection<PlanVersionId> versions) {
        return subscriptions.holders().countEach(versions);
    }

    /**
     * How many accounts have each feature by what they subscribe to: a grant, a roll-out or an unlock gives it to others too. One statement, which
     * counts what accounts have together.
     */
    public Map<FeatureId, Integer> having(Actor actor, Collection<Feature> features) {
        actor.requireEveryAccount(Permission.READ);
        CatalogSnapshot known = catalog.snapshot();
        List<HolderRepository.Together> together = subscriptions.holders().together();
        return features.stream().distinct().collect(toMap(Feature::id, feature -> {
            Set<PlanVersionId> granting = known.granting(feature).stream().map(PlanVersion::id).collect(toSet());
            return together.stream().filter(each -> !disjoint(each.versions(), granting)).mapToInt(HolderRepository.Together::accounts).sum();
        }));
    }

    /**
     * A page of them, in the order of accounts, read for thousands at once: items without their debits, from which no quote could be made, and all
     * else whole. Four statements at most, however many there are.
     *
     * @param after the last one of the page before
     */
    public List<AccountSubscription> holding(Actor.System actor, Collection<PlanVersionId> versions, @Nullable Holder after, int size) {
        return subscriptions.holders().page(versions, after, size);
    }

    /** What {@link #record} would store over what we have; equal to that where nothing differs. */
    public AccountSubscription merged(Actor.System actor, AccountSubscription before, ObservedSubscription observed) {
        return Observation.merge(before, observed, catalog.snapshot());
    }

    /**
     * Some of the accounts that run on one of the prices, always the same ones as long as they stay, and with which subscription; only
     * Headroom itself may ask, for it crosses accounts.
     *
     * @param from  least quantity, inclusive
     * @param until exclusive
     */
    public Map<AccountId, SubscriptionId> sample(Actor.System actor, Collection<PriceId> prices, long from, long until, int most) {
        return subscriptions.sample(prices, from, until, most);
    }

    /** Whether a change to a price waits for the end of some account's period; only Headroom itself may ask, for it crosses accounts. */
    public boolean awaited(Actor.System actor, PriceId price) {
        return subscriptions.awaited(price);
    }

    /** Whose subscription has an id, ours or the one at Stripe. */
    public Optional<AccountId> accountOf(Actor actor, String id) {
        actor.requireEveryAccount(Permission.READ);
        return subscriptions.holders().account(id);
    }

    /** The newest movements of an account, newest first. */
    public List<RecordedMovement> movements(Actor actor, AccountId account, int most) {
        actor.require(Permission.READ, account.value());
        return movements.ofAccount(account, most);
    }

    /** Everything that was recorded of an account's recurring revenue, in the order in which it was; only Headroom itself may ask. One statement. */
    public List<SubscriptionChanged.Fact> history(Actor.System actor, AccountId account) {
        return movements.history(account, catalog.snapshot());
    }

    /**
     * A page of the accounts of which anything was ever recorded, in the order of their ids; only Headroom itself may ask.
     *
     * @param after the last one of the page before
     */
    public List<AccountId> withHistory(Actor.System actor, @Nullable AccountId after, int size) {
        return movements.accounts(after, size);
    }

    /** How many accounts have anything that runs in a currency, and how many of them an add-on. */
    public record Attached(long accounts, long attached) {}

    /** Of everybody, at present. One statement. */
    public Attached attached(Actor actor, Currency currency, Collection<PlanVersionId> addOns) {
        actor.requireEveryAccount(Permission.READ);
        return subscriptions.holders().attached(currency, addOns);
    }

    /** How many run, of everybody's. */
    public int running(Actor actor) {
        actor.requireEveryAccount(Permission.READ);
        return subscriptions.holders().running();
    }

    /** When it last brought more than before, by whatever a customer asked for; only Headroom itself may ask. */
    public Optional<Instant> expandedAt(Actor.System actor, AccountSubscription subscription) {
        return movements.expandedAt(subscription.account(), subscription.id());
    }

    /** The same of many, by their ids; those that never did are left out. One statement. */
    public Map<SubscriptionId, Instant> expandedAt(Actor.System actor, Collection<AccountSubscription> of) {
        return of.isEmpty() ? Map.of() : movements.expandedAt(of);
    }

    /** What whoever reads it at Stripe has to know before. */
    public Known known(AccountId account, SubscriptionId id) {
        return subscriptions.known(account, id).orElse(new Known(0, true, false, false, null));
    }

    /**
     * How far we know a subscription.
     *
     * @param revision how often it was written; 0 for one that we do not have
     * @param waiting  whether something waits for its next invoice, as far as we know
     * @param arranged whether something waits for the end of its period
     * @param dated    whether something waits for a date
     * @param whole    all of it, where it was read
     */
    public record Known(long revision, boolean waiting, boolean arranged, boolean dated, @Nullable AccountSubscription whole) {

        /** As far as it was read. */
        public static Known of(AccountSubscription read) {
            return new Known(
                    read.revision(), read.unreckoned().contains(Unreckoned.WAITING), read.scheduled().stream().anyMatch(each -> each.date() == null),
                    read.scheduled().stream().anyMatch(each -> each.date() != null), read);
        }
    }

    /** The account's other running subscriptions where they say something else of the balance, which all of them share. */
    public List<AccountSubscription> balancedOtherwise(Actor actor, AccountSubscription than) {
        actor.require(Permission.READ, than.account().value());
        return subscriptions.balancedOtherwise(than).stream().flatMap(id -> subscriptions.byId(than.account(), id).stream()).toList();
    }

    /** Whether the subscription is still what was quoted; if so, nobody changes it before the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lockedAt(AccountId account, SubscriptionId id, long version) {
        return subscriptions.lock(account, id).filter(found -> found.version() == version).isPresent();
    }

    /** Nobody changes it before the transaction ends; for what is recorded beside it and follows from how it stands. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void held(Actor.System actor, AccountId account, SubscriptionId id) {
        subscriptions.lock(account, id);
    }

    /**
     * Records what was read at Stripe, and publishes {@link SubscriptionChanged} when it differs from what we had.
     *
     * @param known  what we had, as far as that was read already
     * @return what is stored now; empty when somebody else wrote since {@code readAfter}: read Stripe again
     */
    @Transactional
    public Optional<AccountSubscription> record(Actor actor, ObservedSubscription observed, Known known, String cause) {
        @Nullable AccountSubscription before = subscriptions.locked(observed.account(), observed.id(), known.whole()).orElse(null);
        if (observed.readAfter() != (before == null ? 0 : before.revision())) {
            return Optional.empty();
        }
        AccountSubscription after = Observation.merge(before, observed, catalog.snapshot());
        if (after.equals(before)) {
            return Optional.of(after);
        }
        writer.write(before, after, observed);
        announce(actor, before, after, cause);
        return Optional.of(after);
    }

    /**
     * Says what waits for the end of the period.
     *
     * @param waiting made of what waits now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public AccountSubscription schedule(
            Actor actor, AccountId account, SubscriptionId id, UnaryOperator<List<ScheduledChange>> waiting, String cause) {
        AccountSubscription before = subscriptions.locked(account, id).orElseThrow();
        AccountSubscription after = before.scheduling(List.copyOf(waiting.apply(before.scheduled())));
        return after.scheduled().equals(before.scheduled()) ? before : amended(actor, before, after, cause);
    }

    /** Notes whether a payment for it is disputed; only Headroom itself tells. */
    @Transactional
    public AccountSubscription dispute(Actor.System actor, AccountId account, SubscriptionId id, boolean open, String cause) {
        AccountSubscription before = subscriptions.locked(account, id).orElseThrow();
        return before.collection().disputed() == open ? before : amended(actor, before, before.collecting(before.collection().disputed(open)), cause);
    }

    /** Notes whether the newest renewal that was paid or given up was given up; only Headroom itself tells. */
    @Transactional
    public AccountSubscription uncollectible(Actor.System actor, AccountId account, SubscriptionId id, boolean givenUp, String cause) {
        AccountSubscription before = subscriptions.locked(account, id).orElseThrow();
        return before.collection().uncollectible() == givenUp ? before : amended(actor, before, before.collecting(before.collection().uncollectible(givenUp)), cause);
    }

    /**
     * Notes until when nothing of it may become less; the vendor alone may.
     *
     * @param until absent takes the commitment back
     * @throws HeadroomException NOT_FOUND, also for another account's
     */
    @Transactional
    public AccountSubscription commit(Actor actor, AccountId account, SubscriptionId id, @Nullable Instant until) {
        actor.requireEveryAccount(Permission.ACCOUNTS);
        AccountSubscription before = subscriptions.locked(account, id).orElseThrow(() -> HeadroomException.notFound("subscription", "No such subscription"));
        return Objects.equals(before.collection().committedUntil(), until)
                ? before
                : amended(actor, before, before.collecting(before.collection().committed(until)), "commitment:" + id);
    }

    private AccountSubscription amended(Actor actor, AccountSubscription before, AccountSubscription after, String cause) {
        writer.writeOurs(after);
        announce(actor, before, after, cause);
        return after;
    }

    /** Notes the end of one of which Stripe knows nothing any more; twice is once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void end(Actor.System actor, AccountId account, SubscriptionId id, Instant at, String cause) {
        AccountSubscription before = subscriptions.locked(account, id).orElseThrow();
        if (before.live()) {
            AccountSubscription after = before.ending(at);
            writer.writeEnd(after);
            announce(actor, before, after, cause);
        }
    }

    private void announce(Actor actor, @Nullable AccountSubscription before, AccountSubscription after, String cause) {
        CatalogSnapshot known = catalog.snapshot();
        List<Item> was = before == null ? List.of() : before.recurring(known);
        Instant at = clock.instant();
        Movement alone = Movement.between(was, after.recurring(known), after.balance().currency(), at);
        Movement movement = !alone.besideOthers().equals(alone) && pays(after, known) ? alone.besideOthers() : alone;
        SubscriptionChanged changed = new SubscriptionChanged(Ids.next(), before, after, movement, cause, Effect.of(before, after, at), at);
        movements.insert(actor, changed);
        audit.changed(actor, "recordSubscription", after.account().value(), "subscription", after.id(), before, after);
        events.publishEvent(changed);
        if (!after.foreignPrices().isEmpty() && (before == null || !after.foreignPrices().equals(before.foreignPrices()))) {
            LOG.warn("Stripe bills on subscription {} what the catalogue does not know: {}; until that is gone no change of it is quoted",
                    after.stripeId(), after.foreignPrices());
        }
    }

    /** Whether the account pays for any other. */
    private boolean pays(AccountSubscription beside, CatalogSnapshot known) {
        return subscriptions.live(List.of(beside.account())).getOrDefault(beside.account(), List.of()).stream()
                .anyMatch(other -> !other.id().equals(beside.id()) && other.recurringTotal(known).isPositive());
    }
}
