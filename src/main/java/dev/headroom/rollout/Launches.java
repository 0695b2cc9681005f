package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.ImpactReceipt;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.sheet.VersionDiff;
import java.time.Instant;
import java.time.InstantSource;
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
    private final AuditEntries audit;
    private final InstantSource clock;

    Launches(
            Drafts drafts, Catalog catalog, RolloutRepository rollouts, MoveRepository moves, SeenImpacts seen, AuditEntries audit, InstantSource clock) {
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
     * @param listed  who is moved, and who is not
     */
    private record Decided(
            String plan, int number, VersionDiff diff, ImpactReceipt receipt, Rollout.Terms terms, String reason, Instant publishAt, Rollout.Counts listed) {}

    /** Records a decision; what it is about may go on sale later. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void decided(Actor actor, Rollout rollout, Candidate candidate, Rollout.Counts listed) {
        audit.changed(actor, "publishDraft", null, "rollout", rollout.id(), null, new Decided(
                rollout.plan(), rollout.number(), drafts.diff(SELF, candidate.draft()), seen.receipt(rollout.impact()), rollout.terms(), rollout.reason(),
                rollout.dates().publishAt(), listed), rollout.reason());
    }

    /** @return false where the draft is not what was looked at any more; then nothing may be kept of what was done */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean launch(Actor actor, Rollout rollout, Candidate candidate) {
        if (!drafts.published(actor, rollout.draft(), rollout.revision(), rollout.version())) {
            return false;
        }
        Instant now = clock.instant();
        Optional<PlanVersionId> before = catalog.publish(actor, candidate.version()).map(PlanVersion::id);
        rollouts.published(rollout, before.orElse(null), State.RUNNING, now, null);
        moves.start(rollout.id(), now);
        rollouts.finish(rollout.id(), now);
        return true;
    }
}
