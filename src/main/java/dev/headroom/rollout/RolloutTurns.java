package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts;
import dev.headroom.error.HeadroomException;
import dev.headroom.rollout.Rollout.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Holds a roll-out up, lets it go on, ends it, tries again what failed. For whoever may PUBLISH. */
@Service
public class RolloutTurns {

    private final RolloutRepository rollouts;
    private final MoveRepository moves;
    private final Drafts drafts;
    private final Catalog catalog;
    private final RolloutEntries audit;
    private final InstantSource clock;

    RolloutTurns(RolloutRepository rollouts, MoveRepository moves, Drafts drafts, Catalog catalog, RolloutEntries audit, InstantSource clock) {
        this.rollouts = rollouts;
        this.moves = moves;
        this.drafts = drafts;
        this.catalog = catalog;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param rollout  as it is now; where something else keeps it from being turned, that
     * @param possible whether it is as was asked for; else it stands where that cannot be, and nothing was done
     * @param accounts how many are tried again
     */
    public record Turned(Rollout rollout, boolean possible, int accounts) {}

    /** Takes back what was to go on sale at a date that has not come. */
    @Transactional
    public Turned cancel(Actor actor, UUID id) {
        Turned turned = turn(actor, "cancelPublication", id, EnumSet.of(State.SCHEDULED), State.CANCELED);
        DraftId draft = turned.rollout().draft();
        if (turned.possible() && draft != null) {
            drafts.released(actor, draft);
        }
        return turned;
    }

    /** Moves nobody more until it is resumed. */
    @Transactional
    public Turned pause(Actor actor, UUID id) {
        return turn(actor, "pauseRollout", id, EnumSet.of(State.RUNNING), State.PAUSED);
    }

    @Transactional
    public Turned resume(Actor actor, UUID id) {
        Turned turned = turn(actor, "resumeRollout", id, EnumSet.of(State.PAUSED), State.RUNNING);
        moves.finish(id, clock.instant());
        return new Turned(rollouts.byId(id).orElseThrow(), turned.possible(), 0);
    }

    /** Moves nobody more for good; what waits at Stripe is taken back by whoever works on it next. */
    @Transactional
    public Turned stop(Actor actor, UUID id) {
        Turned turned = turn(actor, "stopRollout", id, EnumSet.of(State.RUNNING, State.PAUSED), State.STOPPED);
        if (turned.possible()) {
            moves.stop(id, clock.instant());
        }
        return turned;
    }

    /**
     * Tries again what came to nothing, as long as the version is what is sold and nothing else of the plan is decided.
     *
     * @param accounts absent for everybody that FAILED; else those of them that failed or were skipped
     */
    @Transactional
    public Turned retry(Actor actor, UUID id, @Nullable Collection<UUID> accounts) {
        actor.requireEveryAccount(Permission.PUBLISH);
        rollouts.byId(id).ifPresent(found -> rollouts.serialize(found.planId()));
        Rollout before = locked(actor, id);
        Optional<Rollout> instead = instead(before);
        if (instead.isPresent()) {
            return new Turned(instead.get(), false, 0);
        }
        int again = moves.retry(id, accounts, clock.instant());
        if (again > 0) {
            rollouts.turn(id, before.state() == State.PAUSED ? State.PAUSED : State.RUNNING, null, null);
        }
        Rollout after = rollouts.byId(id).orElseThrow();
        audit.changed(actor, "retryRollout", before, before.state(), new Retried(after.state(), again));
        return new Turned(after, true, again);
    }

    private record Retried(State state, int accounts) {}

    /** What keeps a roll-out from being tried again: itself, one that is not over, or the one that has put another version on sale since. */
    private Optional<Rollout> instead(Rollout rollout) {
        if (!EnumSet.of(State.RUNNING, State.PAUSED, State.DONE).contains(rollout.state()) || rollout.dates().withdrawn() != null) {
            return Optional.of(rollout);
        }
        Optional<Rollout> other = rollouts.notOver(rollout.planId()).filter(open -> !open.id().equals(rollout.id()));
        return other.isPresent() || catalog.current().version(rollout.version()).onSale()
                ? other
                : Optional.of(rollouts.lastPublished(rollout.planId()).orElse(rollout));
    }

    private Turned turn(Actor actor, String operation, UUID id, Set<State> from, State to) {
        Rollout before = locked(actor, id);
        if (before.state() == to) {
            return new Turned(before, true, 0);
        }
        if (!from.contains(before.state())) {
            return new Turned(before, false, 0);
        }
        Instant now = clock.instant();
        rollouts.turn(id, to, to == State.CANCELED || to == State.STOPPED ? now : null, null);
        audit.changed(actor, operation, before, before.state(), to);
        return new Turned(rollouts.byId(id).orElseThrow(), true, 0);
    }

    private Rollout locked(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.PUBLISH);
        return rollouts.locked(id).orElseThrow(() -> HeadroomException.notFound("input.rollout", "No such roll-out"));
    }
}
