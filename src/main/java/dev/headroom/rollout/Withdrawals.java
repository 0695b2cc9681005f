package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.error.HeadroomException;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.rollout.SubscriberMoves.VersionNotOnSale;
import dev.headroom.subscription.Subscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Off sale: a version that nobody has taken up yet, for the one before it; or all of a plan, until it is put on sale again. For whoever may PUBLISH. */
@Service
public class Withdrawals {

    private static final Actor.System SELF = new Actor.System("rollout");

    private final RolloutRepository rollouts;
    private final MoveRepository moves;
    private final Catalog catalog;
    private final Subscriptions subscriptions;
    private final AuditEntries audit;
    private final RolloutEntries rolloutAudit;
    private final InstantSource clock;

    Withdrawals(
            RolloutRepository rollouts, MoveRepository moves, Catalog catalog, Subscriptions subscriptions, AuditEntries audit, RolloutEntries rolloutAudit,
            InstantSource clock) {
        this.rollouts = rollouts;
        this.moves = moves;
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.rolloutAudit = rolloutAudit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface WithdrawVersionResult {

        record VersionWithdrawn(Rollout rollout) implements WithdrawVersionResult {}

        /** @param subscriptions that have it, or are being moved to it */
        record VersionInUse(int subscriptions) implements WithdrawVersionResult {}

        /** It is not on sale. */
        record RolloutStateForbids(Rollout rollout) implements WithdrawVersionResult {}
    }

    /**
     * Takes a version off sale; twice changes nothing. Who is still to be moved to it keeps what they have.
     *
     * @throws HeadroomException NOT_FOUND
     */
    @Transactional
    public WithdrawVersionResult withdraw(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.PUBLISH);
        rollouts.byId(id).ifPresent(found -> rollouts.serialize(found.planId()));
        Rollout rollout = rollouts.locked(id).orElseThrow(() -> HeadroomException.notFound("input.rollout", "No such roll-out"));
        if (rollout.dates().withdrawn() != null) {
            return new WithdrawVersionResult.VersionWithdrawn(rollout);
        }
        Optional<Rollout> other = rollouts.notOver(rollout.planId()).filter(open -> !open.id().equals(id));
        if (rollout.dates().published() == null || other.isPresent()) {
            return new WithdrawVersionResult.RolloutStateForbids(other.orElse(rollout));
        }
        int used = used(rollout);
        return used > 0 ? new WithdrawVersionResult.VersionInUse(used) : withdrawn(actor, rollout);
    }

    private int used(Rollout rollout) {
        return subscriptions.holding(SELF, List.of(rollout.version())) + moves.arriving(rollout.version());
    }

    private WithdrawVersionResult withdrawn(Actor actor, Rollout rollout) {
        CatalogSnapshot known = catalog.snapshot();
        PlanVersion version = known.version(rollout.version());
        @Nullable PlanVersion before = rollout.previous() == null ? null : known.version(rollout.previous());
        if (!catalog.retire(actor, version, before)) {
            return new WithdrawVersionResult.RolloutStateForbids(rollout);
        }
        Instant now = clock.instant();
        rollouts.withdrawn(rollout.id(), now);
        if (rollout.state() == State.RUNNING || rollout.state() == State.PAUSED) {
            rollouts.turn(rollout.id(), State.STOPPED, now, null);
            moves.stop(rollout.id(), now);
        }
        Rollout after = rollouts.byId(rollout.id()).orElseThrow();
        rolloutAudit.changed(actor, "withdrawVersion", rollout, rollout, after);
        return new WithdrawVersionResult.VersionWithdrawn(after);
    }

    /** What came of taking a plan or add-on off sale. */
    public sealed interface RetirePlanResult permits RetirePlanResult.PlanRetired, RetirePlanResult.RolloutNotOver, VersionNotOnSale {

        /** @param version the number of what was on sale last; absent where nothing ever was */
        record PlanRetired(String plan, @Nullable Integer version) implements RetirePlanResult {}

        /** Somebody is still to be moved to it, or another version has a date. */
        record RolloutNotOver(Rollout rollout) implements RetirePlanResult {}
    }

    /**
     * Takes a plan or add-on off sale: who has it keeps it, and nobody comes to it any more. Twice changes nothing.
     *
     * @param seen the number of what was on sale when that was decided; where it is another one by now, that stays. Absent takes off whatever is
     * @throws HeadroomException NOT_FOUND
     */
    @Transactional
    public RetirePlanResult retire(Actor actor, String key, @Nullable Integer seen) {
        actor.requireEveryAccount(Permission.PUBLISH);
        Plan plan = named(key);
        rollouts.serialize(plan.id());
        Optional<Rollout> open = rollouts.notOver(plan.id());
        if (open.isPresent()) {
            return new RetirePlanResult.RolloutNotOver(open.get());
        }
        CatalogSnapshot known = catalog.current();
        Optional<PlanVersion> sold = known.onSale(plan);
        if (seen != null && sold.isPresent() && sold.get().number() != seen) {
            return new VersionNotOnSale(key, seen, sold.get().number());
        }
        sold.filter(version -> catalog.retire(actor, version, null)).ifPresent(
                version -> audit.changed(actor, "retirePlan", null, plan.kind().subject(), plan.id(), version.number(), null));
        return new RetirePlanResult.PlanRetired(key, sold.or(() -> known.versionsOf(plan).reversed().stream().findFirst()).map(PlanVersion::number).orElse(null));
    }

    /**
     * Puts on sale again what was last of a plan or add-on; twice changes nothing.
     *
     * @return what is on sale
     * @throws HeadroomException NOT_FOUND
     */
    @Transactional
    public PlanVersion unretire(Actor actor, String key) {
        actor.requireEveryAccount(Permission.PUBLISH);
        Plan plan = named(key);
        rollouts.serialize(plan.id());
        boolean sold = catalog.current().onSale(plan).isPresent();
        PlanVersion version = catalog.unretire(actor, plan).orElseThrow(() -> HeadroomException.notFound("input.plan", "Nothing of it was ever on sale"));
        if (!sold) {
            audit.changed(actor, "unretirePlan", null, plan.kind().subject(), plan.id(), null, version.number());
        }
        return version;
    }

    private Plan named(String key) {
        CatalogSnapshot known = catalog.snapshot();
        return known.plan(key).or(() -> known.addOn(key))
                .orElseThrow(() -> HeadroomException.notFound("input.plan", "No plan or add-on has the key \"" + key + "\""));
    }
}
