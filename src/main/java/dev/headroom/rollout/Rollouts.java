package dev.headroom.rollout;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntry;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.DraftId;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.money.Money;
import dev.headroom.rollout.MoveRepository.Place;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.Revenue;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.rollout.Rollout.Terms;
import dev.headroom.rollout.RolloutChoice.Timing;
import dev.headroom.sheet.VersionDiff;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** What was published, and how far those are who are moved to it. For whoever may CATALOG or PUBLISH; what comes to an account, for that. */
@Service
public class Rollouts {

    private static final int MOST_COMING = 100;
    private static final Set<String> DECISIONS = Set.of("publishDraft", "moveSubscribers");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Actor.System SELF = new Actor.System("rollout");

    private final RolloutRepository rollouts;
    private final MoveRepository moves;
    private final Subscriptions subscriptions;
    private final Catalog catalog;
    private final SeenImpacts seen;

    Rollouts(RolloutRepository rollouts, MoveRepository moves, Subscriptions subscriptions, Catalog catalog, SeenImpacts seen) {
        this.rollouts = rollouts;
        this.moves = moves;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
        this.seen = seen;
    }

    /**
     * A version that an account's subscription is going to be moved to.
     *
     * @param plan       key of the plan or add-on
     * @param name       of it, for people
     * @param version    its number
     * @param notifiedAt absent where there is no notice, and the move waits for the end of the period
     * @param at         when it is moved, at the earliest
     * @param prorated   whether it is moved within a period
     * @param recurringBefore of one interval, as it was when the account was told
     */
    public record ComingVersion(
            SubscriptionId subscription, String plan, String name, int version, @Nullable Instant notifiedAt, Instant at, boolean prorated, Money recurringBefore,
            Money recurringAfter, Coming coming) {

        /**
         * What of it is about to happen.
         *
         * @param begun whether the change that makes it is there already, which tells what it will bill
         */
        record Coming(AccountId account, PlanVersionId onto, boolean begun) {}
    }

    /**
     * An account is going to be moved, and is to be told: published in the transaction that writes that down, before anything is charged.
     *
     * @param before    of one interval, net of discounts that outlive one invoice
     * @param notBefore nothing of it is charged earlier
     */
    public record MoveAnnounced(
            UUID rollout, AccountId account, SubscriptionId subscription, PlanVersionId version, Money before, Money after, Instant notBefore) {}

    /**
     * What somebody decided by, as it was shown to them then: told by the audit log, whatever has become of it since.
     *
     * @param diff    of what was put on sale against what it was begun on; absent where nothing was put on sale
     * @param receipt names the impact that was looked at
     * @param seen    what that said; absent of a decision from before entries held it, where the run is gone
     * @param listed  how many were to be moved, and how many not
     */
    public record Decided(
            String plan, int number, @Nullable VersionDiff diff, ImpactReceipt receipt, @Nullable ImpactSummary seen, Terms terms, Counts listed) {

        private Decided with(@Nullable ImpactSummary said) {
            return new Decided(plan, number, diff, receipt, said, terms, listed);
        }
    }

    /** What an entry tells of a decision to publish or to move; empty of any other entry. For whoever may READ every account, as the log itself. */
    public Optional<Decided> decided(Actor actor, AuditEntry entry) {
        actor.requireEveryAccount(Permission.READ);
        return Optional.ofNullable(entry.after())
                .filter(_ -> entry.subject().equals(RolloutEntries.SUBJECT) && DECISIONS.contains(entry.operation()))
                .map(after -> JSON.readValue(after, Decided.class))
                .map(told -> told.seen() == null ? told.with(seen.said(told.receipt().run()).orElse(null)) : told);
    }
    /** What was to go on sale, or to begin, at a date could not: published in the transaction that writes down why. */
    public record PublicationFailed(Rollout rollout, String why) {}

    /** @param version its number */
    public record VersionSubscribers(int version, boolean onSale, int subscriptions) {}

    /**
     * How many subscriptions run with each version of a plan or add-on, the newest version first; one statement.
     *
     * @param key of the plan or add-on
     * @throws HeadroomException NOT_FOUND
     */
    public List<VersionSubscribers> subscribers(Actor actor, String key) {
        mayRead(actor);
        CatalogSnapshot known = catalog.snapshot();
        Plan plan = known.plan(key).or(() -> known.addOn(key)).orElseThrow(() -> HeadroomException.notFound("plan", "No plan or add-on has the key \"" + key + "\""));
        List<PlanVersion> versions = known.versionsOf(plan).reversed();
        Map<PlanVersionId, Integer> held = subscriptions.holdingEach(SELF, versions.stream().map(PlanVersion::id).toList());
        return versions.stream().map(version -> new VersionSubscribers(version.number(), version.onSale(), held.getOrDefault(version.id(), 0))).toList();
    }

    /** How many subscriptions run with any version of each plan and add-on that somebody has; one statement. */
    public Map<PlanId, Integer> subscribers(Actor actor) {
        mayRead(actor);
        CatalogSnapshot known = catalog.snapshot();
        List<PlanVersion> versions = Stream.concat(known.plans().stream(), known.addOns().stream()).flatMap(plan -> known.versionsOf(plan).stream()).toList();
        Map<PlanVersionId, Integer> held = subscriptions.holdingEach(SELF, versions.stream().map(PlanVersion::id).toList());
        return held.entrySet().stream().collect(Collectors.toMap(each -> known.version(each.getKey()).plan().id(), Map.Entry::getValue, Integer::sum));
    }

    public Optional<Rollout> find(Actor actor, UUID id) {
        mayRead(actor);
        return rollouts.byId(id);
    }

    /** What has become of a draft since it was published, or is to be at a date; empty where that was never decided, or was taken back. */
    public Optional<Rollout> of(Actor actor, DraftId draft) {
        mayRead(actor);
        return rollouts.of(draft);
    }

    /**
     * Those that somebody should see to, the last first: what could not go on sale at its date, what is held up, what has left somebody behind.
     *
     * @param since of what is over, when that was at the earliest
     */
    public List<Rollout> pressing(Actor actor, Instant since, int most) {
        mayRead(actor);
        return rollouts.pressing(since, most);
    }

    /** @throws HeadroomException NOT_FOUND */
    public Rollout byId(Actor actor, UUID id) {
        return find(actor, id).orElseThrow(() -> HeadroomException.notFound("rollout", "No such roll-out"));
    }

    /**
     * The one that was decided last first.
     *
     * @param state  absent for every one
     * @param plan   key; absent for every one
     * @param before the last one of the page before
     */
    public List<Rollout> page(Actor actor, @Nullable State state, @Nullable String plan, @Nullable UUID before, int most) {
        mayRead(actor);
        return rollouts.page(state, plan, before, most);
    }

    /** How many subscriptions stand where, of several; one statement. */
    public Map<UUID, Counts> counts(Actor actor, Collection<UUID> of) {
        mayRead(actor);
        return moves.counts(of);
    }

    /** What was moved until now, by currency. */
    public List<Revenue> revenue(Actor actor, UUID rollout) {
        mayRead(actor);
        return moves.revenue(rollout);
    }

    /**
     * In the order of accounts.
     *
     * @param after the last one of the page before
     */
    public List<RolloutMove> moves(Actor actor, UUID rollout, RolloutMove.@Nullable State state, @Nullable RolloutMove after, int most) {
        return moves(actor, rollout, state, after == null ? null : Place.of(after), most);
    }

    List<RolloutMove> moves(Actor actor, UUID rollout, RolloutMove.@Nullable State state, @Nullable Place after, int most) {
        mayRead(actor);
        return moves.page(rollout, state, after, most);
    }

    private static void mayRead(Actor actor) {
        actor.requireEveryAccount(actor.permissions().contains(Permission.PUBLISH) ? Permission.PUBLISH : Permission.CATALOG);
    }

    /** What an account has been told of and has not come to yet, the first first. */
    public List<ComingVersion> coming(Actor actor, AccountId account) {
        actor.require(Permission.READ, account.value());
        List<RolloutMove> found = moves.coming(account, MOST_COMING);
        if (found.isEmpty()) {
            return List.of();
        }
        Map<SubscriptionId, AccountSubscription> live = subscriptions.live(actor, account).stream()
                .collect(Collectors.toMap(AccountSubscription::id, Function.identity()));
        return found.stream()
                .flatMap(move -> Stream.ofNullable(live.get(move.subscription())).map(subscription -> coming(move, subscription)))
                .sorted(Comparator.comparing(ComingVersion::at))
                .toList();
    }

    private ComingVersion coming(RolloutMove move, AccountSubscription subscription) {
        Rollout rollout = rollouts.byId(move.rollout()).orElseThrow();
        PlanVersion version = catalog.snapshot().version(rollout.version());
        boolean now = rollout.terms().choice().timing() == Timing.NOW;
        Instant notBefore = move.notice() == null ? subscription.period().from() : move.notice().notBefore();
        return new ComingVersion(
                move.subscription(), rollout.plan(), version.plan().name(), version.number(), move.notice() == null ? null : move.notice().at(),
                now ? notBefore : renewal(subscription, notBefore), now, move.look().recurringBefore(), move.look().recurringAfter(),
                new ComingVersion.Coming(move.account(), rollout.version(), move.state() == RolloutMove.State.MOVING || move.state() == RolloutMove.State.SCHEDULED));
    }

    /** The first at which the notice is over. */
    static Instant renewal(AccountSubscription subscription, Instant notBefore) {
        Instant until = subscription.period().until();
        return until.isBefore(notBefore) ? subscription.anchor().periodContaining(subscription.interval(), notBefore).until() : until;
    }
}
