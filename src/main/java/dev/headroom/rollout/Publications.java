package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftId;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.rollout.PublicationRules.Verdict;
import dev.headroom.rollout.PublishDraftResult.DraftEditedSince;
import dev.headroom.rollout.PublishDraftResult.DraftPublished;
import dev.headroom.rollout.PublishDraftResult.Refusal;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.Dates;
import dev.headroom.rollout.Rollout.Decision;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.rollout.Rollout.Terms;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts drafts on sale: never one whose impact nobody has seen, and none beyond what the vendor holds publishing to. */
@Service
public class Publications {

    private static final String OPERATION = "publishDraft";

    private final PublicationRules rules;
    private final MoveLists lists;
    private final MoveRules moving;
    private final RolloutRepository rollouts;
    private final Launches launches;
    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;

    Publications(
            PublicationRules rules, MoveLists lists, MoveRules moving, RolloutRepository rollouts, Launches launches, IdempotencyKeys keys,
            TransactionTemplate transaction) {
        this.rules = rules;
        this.lists = lists;
        this.moving = moving;
        this.rollouts = rollouts;
        this.launches = launches;
        this.keys = keys;
        this.transaction = transaction;
    }

    /**
     * Asks to put a draft on sale.
     *
     * @param revision     of the draft that was read
     * @param impact       that was looked at
     * @param confirmation the key of the plan, typed, where that is wanted
     */
    public record PublishDraft(
            String idempotencyKey, DraftId draft, int revision, UUID impact, RolloutChoice rollout, @Nullable String confirmation, String reason) {}

    /**
     * Puts a draft on sale, at once or at a date; the same key again answers the same publication.
     *
     * @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field; CONFLICT where somebody put something else on sale in the same moment
     */
    public PublishDraftResult publish(Actor actor, PublishDraft command) {
        actor.requireEveryAccount(Permission.PUBLISH);
        command.rollout().checked();
        Check.text("input.reason", command.reason());
        return Objects.requireNonNull(transaction.execute(open -> {
            UUID id = Ids.next();
            PublishDraftResult result = switch (keys.claim(actor, OPERATION, command.idempotencyKey(), command, id)) {
                case Claim.Repeat(UUID made) -> new DraftPublished(rollouts.byId(made).orElseThrow());
                case Claim.First() -> switch (rules.of(actor, command)) {
                    case Verdict.Refused(PublishDraftResult why) -> why;
                    case Verdict.Fit fit -> decided(actor, command, fit, id);
                };
            };
            // With it the key is given back, and the list of those who would have been moved.
            if (!(result instanceof DraftPublished)) {
                open.setRollbackOnly();
            }
            return result;
        }));
    }

    private PublishDraftResult decided(Actor actor, PublishDraft command, Verdict.Fit fit, UUID id) {
        Rollout rollout = rollout(actor, command, fit, id);
        rollouts.insert(rollout);
        Counts listed = lists.write(rollout);
        Optional<Refusal> refused = moving.refusal(rollout, command.confirmation(), fit.policy(), listed);
        if (refused.isPresent()) {
            return refused.get();
        }
        launches.decided(actor, rollout, fit.candidate(), listed);
        boolean later = command.rollout().publishAt() != null;
        return (later ? launches.plan(actor, rollout, fit.candidate()) : launches.launch(actor, rollout, fit.candidate()))
                ? new DraftPublished(rollouts.byId(id).orElseThrow())
                : new DraftEditedSince(fit.candidate().draft());
    }

    private static Rollout rollout(Actor actor, PublishDraft command, Verdict.Fit fit, UUID id) {
        Draft draft = fit.candidate().draft();
        PlanVersion version = fit.candidate().version();
        Instant publishAt = Objects.requireNonNullElse(command.rollout().publishAt(), fit.at());
        return new Rollout(
                id, draft.id(), draft.revision(), version.plan().id(), version.plan().key(), version.id(), version.number(), null, command.impact(),
                Terms.of(command.rollout(), fit.policy()), command.reason(), State.SCHEDULED, new Decision(actor.name(), fit.at()),
                new Dates(publishAt, null, null, null), null);
    }
}
