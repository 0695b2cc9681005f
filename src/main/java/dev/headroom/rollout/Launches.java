package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.sheet.VersionDiff;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Puts on sale what was decided on, with everything that has to be so in the same moment. */
@Service
class Launches {

    private static final Actor.System SELF = new Actor.System("rollout");

    private final Drafts drafts;
    private final Catalog catalog;
    private final RolloutRepository rollouts;
    private final MoveRepository moves;
    private final SeenImpacts seen;
    private final RolloutEntries audit;
    private final InstantSource clock;

    Launches(
            Drafts drafts, Catalog catalog, RolloutRepository rollouts, MoveRepository moves, SeenImpacts seen, RolloutEntries audit, InstantSource clock) {
        this.drafts = drafts;
        this.catalog = catalog;
        this.rollouts = rollouts;
        this.moves = moves;
        this.seen = seen;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * All that was decided by, in one place.
     *
     * @param diff    of the draft against the version that it was begun on
     * @param receipt of the impact that was looked at
     * @param seen    what that said
     * @param listed  who is moved, and who is not
     */
    private record Decided(
            String plan, int number, VersionDiff diff, ImpactReceipt receipt, ImpactSummary seen, Rollout.Terms terms, String reason, Instant publishAt,
            Rollout.Counts listed) {}

    /** Records a decision; what it is about may go on sale later. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void decided(Actor actor, Rollout rollout, Candidate candidate, Rollout.Counts listed) {
        audit.decided(actor, "publishDraft", candidate.draft().subject().account(), rollout, new Decided(
                rollout.plan(), rollout.number(), drafts.diff(SELF, candidate.draft()), seen.receipt(rollout.impact()), seen.named(rollout.impact()), rollout.terms(),
                rollout.reason(), rollout.dates().publishAt(), listed));
    }

    /** Begins to move those who are listed to a version that is on sale. @return why that cannot be; then nothing was done */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> move(Rollout rollout) {
        if (!catalog.snapshot().version(rollout.version()).onSale()) {
            return Optional.of("The version is not on sale any more");
        }
        Instant now = clock.instant();
        rollouts.turn(rollout.id(), State.RUNNING, null, null);
        moves.start(rollout.id(), now);
        moves.finish(rollout.id(), now);
        return Optional.empty();
    }

    /** Records a decision to move people to what is on sale. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void decided(Actor actor, Rollout rollout, Rollout.Counts listed) {
        audit.decided(actor, "moveSubscribers", null, rollout, new DecidedMove(
                rollout.plan(), rollout.number(), seen.receipt(rollout.impact()), seen.named(rollout.impact()), rollout.terms(), rollout.reason(),
                rollout.dates().publishAt(), listed));
    }

    /** The same where nothing is published. */
    private record DecidedMove(
            String plan, int number, ImpactReceipt receipt, ImpactSummary seen, Rollout.Terms terms, String reason, Instant beginAt, Rollout.Counts listed) {}

    /** Has the draft stay what was looked at until its date. @return false where it is not that any more */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean plan(Actor actor, Rollout rollout, Candidate candidate) {
        return drafts.planned(actor, candidate.draft().id(), Objects.requireNonNull(rollout.revision()), rollout.publishAt());
    }

    /** @return false where the draft is not what was looked at any more; then nothing may be kept of what was done */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean launch(Actor actor, Rollout rollout, Candidate candidate) {
        if (!drafts.published(actor, candidate.draft().id(), Objects.requireNonNull(rollout.revision()), rollout.version())) {
            return false;
        }
        Instant now = clock.instant();
        Optional<PlanVersionId> before = catalog.publish(actor, candidate.version()).map(PlanVersion::id);
        rollouts.published(rollout, before.orElse(null), State.RUNNING, now, null);
        moves.start(rollout.id(), now);
        moves.finish(rollout.id(), now);
        return true;
    }
}
