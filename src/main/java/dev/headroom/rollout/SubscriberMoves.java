package dev.headroom.rollout;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.impact.ImpactRun;
import dev.headroom.impact.Segment;
import dev.headroom.rollout.PublishDraftResult.Refusal;
import dev.headroom.rollout.Rollout.Counts;
import dev.headroom.rollout.Rollout.Dates;
import dev.headroom.rollout.Rollout.Decision;
import dev.headroom.rollout.Rollout.State;
import dev.headroom.rollout.Rollout.Terms;
import dev.headroom.rollout.SubscriberMoveRules.Sold;
import dev.headroom.rollout.Withdrawals.RetirePlanResult;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves those who have another version to one that is on sale already, by the rules and receipts of publishing. */
@Service
public class SubscriberMoves {

    private static final String OPERATION = "moveSubscribers";

    private final SubscriberMoveRules rules;
    private final MoveLists lists;
    private final MoveRules moving;
    private final RolloutRepository rollouts;
    private final Launches launches;
    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;

    SubscriberMoves(
            SubscriberMoveRules rules, MoveLists lists, MoveRules moving, RolloutRepository rollouts, Launches launches, IdempotencyKeys keys,
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
     * Asks to move subscribers to a version that is on sale.
     *
     * @param plan         key of the plan or add-on
     * @param version      its number
     * @param impact       that was looked at, of exactly those whom the choice names
     * @param confirmation the key of the plan, typed, where that is wanted
     */
    public record MoveSubscribers(
            String idempotencyKey, String plan, int version, UUID impact, RolloutChoice rollout, @Nullable String confirmation, String reason) {}

    /** What came of looking. */
    public sealed interface PreviewMoveResult permits MoveImpactStarted, VersionNotOnSale {}

    /** It is being looked at. */
    public record MoveImpactStarted(ImpactRun impact) implements PreviewMoveResult {}

    /** What came of {@link MoveSubscribers}; nothing has changed by all but the first. */
    public sealed interface MoveSubscribersResult permits SubscribersMoving, VersionNotOnSale, Refusal {}

    /** They are listed, and are moved, or will be from the date on. */
    public record SubscribersMoving(Rollout rollout) implements MoveSubscribersResult {}

    /** @param onSale number of the version that is; absent where none is */
    public record VersionNotOnSale(String plan, int version, @Nullable Integer onSale) implements MoveSubscribersResult, PreviewMoveResult, RetirePlanResult {}

    /**
     * Begins to look at what moving some of those who have another version would do; the same key again answers the same run.
     *
     * @param plan    key of the plan or add-on
     * @param version its number
     * @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field
     */
    public PreviewMoveResult preview(Actor actor, String idempotencyKey, String plan, int version, Segment among) {
        actor.requireEveryAccount(Permission.CATALOG);
        return switch (rules.sold(plan, version)) {
            case Sold.Version(PlanVersion sold) -> new MoveImpactStarted(rules.look(actor, idempotencyKey, sold, among));
            case Sold.Not(VersionNotOnSale why) -> why;
        };
    }

    /**
     * Lists who is moved, and begins at once or at a date; the same key again answers the same roll-out.
     *
     * @throws HeadroomException INVALID_INPUT or NOT_FOUND, naming the field
     */
    public MoveSubscribersResult move(Actor actor, MoveSubscribers command) {
        actor.requireEveryAccount(Permission.PUBLISH);
        command.rollout().checked();
        if (!command.rollout().moves()) {
            throw HeadroomException.invalid("input.rollout.timing", "Say when they are moved: AT_RENEWAL or NOW");
        }
        Check.text("input.reason", command.reason());
        return Objects.requireNonNull(transaction.execute(open -> {
            UUID id = Ids.next();
            MoveSubscribersResult result = switch (keys.claim(actor, OPERATION, command.idempotencyKey(), command, id)) {
                case Claim.Repeat(UUID made) -> new SubscribersMoving(rollouts.byId(made).orElseThrow());
                case Claim.First() -> switch (rules.of(actor, command)) {
                    case SubscriberMoveRules.Verdict.Refused(MoveSubscribersResult why) -> why;
                    case SubscriberMoveRules.Verdict.Fit fit -> listed(actor, command, fit, id);
                };
            };
            // With it the key is given back, and the list of those who would have been moved.
            if (!(result instanceof SubscribersMoving)) {
                open.setRollbackOnly();
            }
            return result;
        }));
    }

    private MoveSubscribersResult listed(Actor actor, MoveSubscribers command, SubscriberMoveRules.Verdict.Fit fit, UUID id) {
        Rollout rollout = rollout(actor, command, fit, id);
        rollouts.insert(rollout);
        Counts listed = lists.write(rollout);
        Optional<Refusal> refused = moving.refusal(rollout, command.confirmation(), fit.policy(), listed);
        if (refused.isPresent()) {
            return refused.get();
        }
        launches.decided(actor, rollout, listed);
        if (command.rollout().publishAt() == null) {
            launches.move(rollout);
        }
        return new SubscribersMoving(rollouts.byId(id).orElseThrow());
    }

    private static Rollout rollout(Actor actor, MoveSubscribers command, SubscriberMoveRules.Verdict.Fit fit, UUID id) {
        PlanVersion sold = fit.sold();
        Instant from = Objects.requireNonNullElse(command.rollout().publishAt(), fit.at());
        return new Rollout(
                id, null, null, sold.plan().id(), sold.plan().key(), sold.id(), sold.number(), null, command.impact(), Terms.of(command.rollout(), fit.policy()),
                command.reason(), State.SCHEDULED, new Decision(actor.name(), fit.at()), new Dates(from, null, null, null), null);
    }
}
