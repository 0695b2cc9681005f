package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.draft.DraftId;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.rollout.Publications.PublishDraft;
import dev.headroom.rollout.RolloutTurns.Turned;
import dev.headroom.rollout.Withdrawals.RetirePlanResult;
import dev.headroom.rollout.Withdrawals.WithdrawVersionResult;
import dev.headroom.rollout.Withdrawals.WithdrawVersionResult.RolloutStateForbids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Putting on sale, taking back, and what that is held to. */
@Controller
class PublicationController {

    private final Publications publications;
    private final Withdrawals withdrawals;
    private final RolloutTurns turns;
    private final PublishingPolicies policies;

    PublicationController(Publications publications, Withdrawals withdrawals, RolloutTurns turns, PublishingPolicies policies) {
        this.publications = publications;
        this.withdrawals = withdrawals;
        this.turns = turns;
        this.policies = policies;
    }

    record Publishing(
            String idempotencyKey, String draft, int revision, String impact, RolloutChoice rollout, @Nullable String confirmation, String reason) {

        PublishDraft command() {
            return new PublishDraft(
                    idempotencyKey, new DraftId(id(draft, "draft")), revision, Ids.parse(impact).orElse(NOWHERE), rollout, confirmation, reason);
        }
    }

    /** An id that nothing has. */
    private static final UUID NOWHERE = new UUID(0, 0);

    record Turning(String rollout) {

        UUID id() {
            return PublicationController.id(rollout, "rollout");
        }
    }

    private static UUID id(String text, String field) {
        return Ids.parse(text).orElseThrow(() -> HeadroomException.notFound("input." + field, "No such " + field));
    }

    record Named(String plan, @Nullable Integer version) {}

    record PlanUnretired(String plan, int version) {}

    record PublicationCanceled(Rollout rollout) {}

    record PublishingPolicySet(PublishingPolicy policy) {}

    @QueryMapping
    PublishingPolicy publishingPolicy(@ContextValue Actor actor) {
        return policies.current(actor);
    }

    @MutationMapping
    PublishingPolicySet setPublishingPolicy(@Argument PublishingPolicy input, @ContextValue Actor actor) {
        return new PublishingPolicySet(policies.set(actor, input));
    }

    @MutationMapping
    PublishDraftResult publishDraft(@Argument Publishing input, @ContextValue Actor actor) {
        return publications.publish(actor, input.command());
    }

    @MutationMapping
    Object cancelPublication(@Argument Turning input, @ContextValue Actor actor) {
        Turned turned = turns.cancel(actor, input.id());
        return turned.possible() ? new PublicationCanceled(turned.rollout()) : new RolloutStateForbids(turned.rollout());
    }

    @MutationMapping
    WithdrawVersionResult withdrawVersion(@Argument Turning input, @ContextValue Actor actor) {
        return withdrawals.withdraw(actor, input.id());
    }

    @MutationMapping
    RetirePlanResult retirePlan(@Argument Named input, @ContextValue Actor actor) {
        return withdrawals.retire(actor, input.plan(), input.version());
    }

    @MutationMapping
    PlanUnretired unretirePlan(@Argument Named input, @ContextValue Actor actor) {
        return new PlanUnretired(input.plan(), withdrawals.unretire(actor, input.plan()).number());
    }
}
