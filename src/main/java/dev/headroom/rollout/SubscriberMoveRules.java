package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.draft.DraftId;
import dev.headroom.draft.Drafts;
import dev.headroom.error.HeadroomException;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.PublishDraftResult.ImpactFlaw;
import dev.headroom.rollout.PublishDraftResult.ImpactNotUsable;
import dev.headroom.rollout.PublishDraftResult.PublisherIsEditor;
import dev.headroom.rollout.PublishDraftResult.Refusal;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribers;
import dev.headroom.rollout.SubscriberMoves.MoveSubscribersResult;
import dev.headroom.rollout.SubscriberMoves.VersionNotOnSale;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Says whether subscribers may be moved to a version: whether it is on sale, was looked at for them, and is within what the vendor holds publishing to. */
@Service
class SubscriberMoveRules {

    private static final Actor.System SELF = new Actor.System("rollout");

    private final Catalog catalog;
    private final Drafts drafts;
    private final SeenImpacts seen;
    private final PublishingPolicies policies;
    private final RolloutRepository rollouts;
    private final MoveRules moving;
    private final InstantSource clock;

    SubscriberMoveRules(
            Catalog catalog, Drafts drafts, SeenImpacts seen, PublishingPolicies policies, RolloutRepository rollouts, MoveRules moving, InstantSource clock) {
        this.catalog = catalog;
        this.drafts = drafts;
        this.seen = seen;
        this.policies = policies;
        this.rollouts = rollouts;
        this.moving = moving;
        this.clock = clock;
    }

    /** Whether a version is on sale. */
    sealed interface Sold {

        record Version(PlanVersion sold) implements Sold {}

        record Not(VersionNotOnSale why) implements Sold {}
    }

    /** Either fit to be moved to or refused. */
    sealed interface Verdict {

        /** @param at when it is decided */
        record Fit(PlanVersion sold, PublishingPolicy policy, Instant at) implements Verdict {}

        record Refused(MoveSubscribersResult why) implements Verdict {}
    }

    /** @throws HeadroomException NOT_FOUND, naming the field */
    Sold sold(String key, int number) {
        CatalogSnapshot known = catalog.snapshot();
        Plan plan = named(key);
        Optional<PlanVersion> sold = known.onSale(plan);
        return sold.filter(version -> version.number() == number).<Sold>map(Sold.Version::new)
                .orElseGet(() -> new Sold.Not(new VersionNotOnSale(key, number, sold.map(PlanVersion::number).orElse(null))));
    }

    private Plan named(String key) {
        CatalogSnapshot known = catalog.snapshot();
        return known.plan(key).or(() -> known.addOn(key))
                .orElseThrow(() -> HeadroomException.notFound("input.plan", "No plan or add-on has the key \"" + key + "\""));
    }

    ImpactRun look(Actor actor, String idempotencyKey, PlanVersion sold, Segment among) {
        return seen.look(actor, idempotencyKey, sold, among);
    }

    /** Of everything but who is moved; nobody else decides about the plan until the transaction ends. */
    Verdict of(Actor actor, MoveSubscribers command) {
        rollouts.serialize(named(command.plan()).id());
        return switch (sold(command.plan(), command.version())) {
            case Sold.Not(VersionNotOnSale why) -> new Verdict.Refused(why);
            case Sold.Version(PlanVersion version) -> of(actor, command, version, policies.held());
        };
    }

    private Verdict of(Actor actor, MoveSubscribers command, PlanVersion sold, PublishingPolicy policy) {
        Instant now = clock.instant();
        return editor(actor, sold, policy)
                .or(() -> unseen(command, sold))
                .or(() -> moving.refusal(sold.plan().id(), command.rollout(), policy, now))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> new Verdict.Fit(sold, policy, now));
    }

    /** A version has the id of the draft that became it, where there was one. */
    private Optional<Refusal> editor(Actor actor, PlanVersion sold, PublishingPolicy policy) {
        DraftId draft = new DraftId(sold.id().value());
        return !policy.editorMayPublish() && drafts.editors(SELF, draft).contains(actor.name())
                ? Optional.of(new PublisherIsEditor(drafts.byId(SELF, draft)))
                : Optional.empty();
    }

    private Optional<Refusal> unseen(MoveSubscribers command, PlanVersion sold) {
        UUID impact = command.impact();
        Optional<ImpactRun> run = seen.find(impact);
        return run.isEmpty()
                ? Optional.of(new ImpactNotUsable(ImpactFlaw.UNKNOWN, null))
                : seen.flaw(run.get(), sold, command.rollout().segment()).map(flaw -> new ImpactNotUsable(flaw, run.get()));
    }
}
