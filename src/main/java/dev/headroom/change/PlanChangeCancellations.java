package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.PlanChangeCanceled;
import dev.headroom.change.PlanChange.State;
import dev.headroom.error.HeadroomException;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The way out of a change that waits, for the bank or for the end of the period: nothing was charged by it, and nothing will be. */
@Service
public class PlanChangeCancellations {

    static final String OPERATION = "cancelPlanChange";

    private final PlanChangeRepository changes;
    private final ChangeExecutions executions;
    private final Arrangements arrangements;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;

    PlanChangeCancellations(
            PlanChangeRepository changes, ChangeExecutions executions, Arrangements arrangements, IdempotencyKeys keys, AuditEntries audit,
            TransactionTemplate transaction) {
        this.changes = changes;
        this.executions = executions;
        this.arrangements = arrangements;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** What came of giving a change up. */
    public sealed interface CancelPlanChangeResult permits PlanChangeCanceled, PlanChangeNotOpen, ChangeInProgress {}

    /** There is nothing to give up: it has ended, perhaps in this very moment and charged. */
    public record PlanChangeNotOpen(PlanChange change) implements CancelPlanChangeResult {}

    /**
     * Gives a change up. The same key again answers how that went; a payment that is confirmed in the same moment wins or loses at
     * Stripe, and the answer says which.
     *
     * @throws HeadroomException NOT_FOUND, also for another account's; FORBIDDEN for a member where the vendor asked for it; STRIPE_UNAVAILABLE when the outcome is not known yet: it is being
     *                           followed up, ask again with the same key
     */
    public CancelPlanChangeResult cancel(Actor actor, AccountId account, UUID id, String idempotencyKey) {
        actor.require(Permission.CHANGE, account.value());
        PlanChange change = attended(byId(account, id));
        if (actor instanceof Actor.Member && change.vendors()) {
            throw HeadroomException.forbidden("The vendor moves this subscription to another version of its plan; only the vendor takes that back");
        }
        if (change.state() == State.ACTION_REQUIRED || change.state() == State.SCHEDULED) {
            Optional<PlanChange> other = changes.open(account, change.subscription()).filter(open -> !open.id().equals(id));
            if (other.isPresent()) {
                return new ChangeInProgress(other.get());
            }
            if (begun(actor, change, idempotencyKey)) {
                PlanChange canceled = byId(account, id);
                return answer(canceled.state().open() ? executions.cancel(canceled).change() : canceled, true);
            }
        }
        return answer(byId(account, id), keys.resultOf(actor, OPERATION, idempotencyKey, id).isPresent());
    }

    /** One whose worker is gone is finished first, for it may long have ended at Stripe. */
    private PlanChange attended(PlanChange change) {
        boolean left = change.state() != State.ACTION_REQUIRED && change.state().open() && changes.take(change, executions.now(), executions.leaseEnd());
        return left ? executions.resume(change).change() : change;
    }

    private boolean begun(Actor actor, PlanChange change, String idempotencyKey) {
        return Optional.ofNullable(transaction.execute(open -> store(actor, change, idempotencyKey, open))).orElseThrow();
    }

    /** Transaction 1: from here on the sweeper takes the change back if this process does not; of one that waits for a date Stripe knows nothing. */
    private boolean store(Actor actor, PlanChange change, String idempotencyKey, TransactionStatus open) {
        if (keys.claim(actor, OPERATION, idempotencyKey, change.id(), change.id()) instanceof Claim.Repeat) {
            return false;
        }
        if (change.state() == State.SCHEDULED) {
            arrangements.drop(actor, change);
        }
        boolean vacant = changes.open(change.account(), change.subscription()).filter(other -> !other.id().equals(change.id())).isEmpty();
        boolean left = vacant && (change.state() == State.SCHEDULED && change.dated()
                ? changes.settled(change, State.CANCELED, null, executions.now())
                : changes.cancel(change, executions.leaseEnd()));
        if (!left) {
            open.setRollbackOnly();
            return false;
        }
        audit.changed(actor, OPERATION, change.account().value(), "planChange", change.id(), change, byId(change.account(), change.id()));
        return true;
    }

    /** @param asked whether it was given up under the caller's key */
    private static CancelPlanChangeResult answer(PlanChange change, boolean asked) {
        return switch (change.state()) {
            case REQUESTED, ACTION_REQUIRED, CANCELING, SCHEDULED -> new ChangeInProgress(change);
            case CANCELED -> asked ? new PlanChangeCanceled(change) : new PlanChangeNotOpen(change);
            case APPLIED, MISMATCHED, DECLINED, REFUSED, ABANDONED -> new PlanChangeNotOpen(change);
        };
    }

    private PlanChange byId(AccountId account, UUID id) {
        return changes.byId(account, id).orElseThrow(() -> HeadroomException.notFound("input.change", "No such plan change"));
    }
}
