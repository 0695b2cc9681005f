package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Candidate;
import dev.headroom.draft.Drafts.CandidateHasFindings;
import dev.headroom.impact.ImpactRun;
import dev.headroom.rollout.Publications.PublishDraft;
import dev.headroom.rollout.PublishDraftResult.DraftEditedSince;
import dev.headroom.rollout.PublishDraftResult.DraftHasFindings;
import dev.headroom.rollout.PublishDraftResult.DraftNotOpen;
import dev.headroom.rollout.PublishDraftResult.ImpactFlaw;
import dev.headroom.rollout.PublishDraftResult.ImpactNotUsable;
import dev.headroom.rollout.PublishDraftResult.PublisherIsEditor;
import dev.headroom.rollout.PublishDraftResult.Refusal;
import dev.headroom.sheet.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Says whether something may be published: whether it is whole, was looked at, and is within what the vendor holds publishing to. */
@Service
class PublicationRules {

    private static final Actor.System SELF = new Actor.System("rollout");

    private final Drafts drafts;
    private final SeenImpacts seen;
    private final PublishingPolicies policies;
    private final RolloutRepository rollouts;
    private final MoveRules moving;
    private final InstantSource clock;

    PublicationRules(
            Drafts drafts, SeenImpacts seen, PublishingPolicies policies, RolloutRepository rollouts, MoveRules moving, InstantSource clock) {
        this.drafts = drafts;
        this.seen = seen;
        this.policies = policies;
        this.rollouts = rollouts;
        this.moving = moving;
        this.clock = clock;
    }

    /** Either fit to be published or refused. */
    sealed interface Verdict {

        /** @param at when it is decided */
        record Fit(Candidate candidate, PublishingPolicy policy, Instant at) implements Verdict {}

        record Refused(PublishDraftResult why) implements Verdict {}
    }

    /** Of everything but who is moved; nobody else decides about the plan until the transaction ends. */
    Verdict of(Actor actor, PublishDraft command) {
        rollouts.serialize(drafts.byId(SELF, command.draft()).subject().plan());
        return switch (drafts.candidate(SELF, command.draft())) {
            case Drafts.DraftNotOpen(Draft draft) -> new Verdict.Refused(new DraftNotOpen(draft));
            case CandidateHasFindings(Draft draft, List<Finding> findings) -> new Verdict.Refused(new DraftHasFindings(draft, findings));
            case Candidate candidate -> of(actor, command, candidate, policies.held());
        };
    }

    private Verdict of(Actor actor, PublishDraft command, Candidate candidate, PublishingPolicy policy) {
        Draft draft = candidate.draft();
        Instant now = clock.instant();
        if (candidate.revision() != command.revision()) {
            return new Verdict.Refused(new DraftEditedSince(draft));
        }
        if (!policy.editorMayPublish() && drafts.editors(SELF, draft.id()).contains(actor.name())) {
            return new Verdict.Refused(new PublisherIsEditor(draft));
        }
        return unseen(command, candidate)
                .or(() -> moving.refusal(draft.subject().plan(), command.rollout(), policy, now))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> new Verdict.Fit(candidate, policy, now));
    }

    private Optional<Refusal> unseen(PublishDraft command, Candidate candidate) {
        Optional<ImpactRun> run = seen.find(command.impact());
        return run.isEmpty()
                ? Optional.of(new ImpactNotUsable(ImpactFlaw.UNKNOWN, null))
                : seen.flaw(run.get(), candidate.version()).map(flaw -> new ImpactNotUsable(flaw, run.get()));
    }
}
