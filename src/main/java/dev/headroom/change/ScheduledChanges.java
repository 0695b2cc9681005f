package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.Subscriptions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue of what waits for the end of a period: its order, which decides what each of it finds and makes. Nothing is charged by it. */
@Service
public class ScheduledChanges {

    private static final String OPERATION = "reorderPlanChanges";
    private static final int MOST = 100;

    private final PlanChangeRepository changes;
    private final Subscriptions subscriptions;
    private final Arrangements arrangements;
    private final ArrangementExecutions executions;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;

    ScheduledChanges(
            PlanChangeRepository changes, Subscriptions subscriptions, Arrangements arrangements, ArrangementExecutions executions, IdempotencyKeys keys,
            AuditEntries audit, TransactionTemplate transaction) {
        this.changes = changes;
        this.subscriptions = subscriptions;
        this.arrangements = arrangements;
        this.executions = executions;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Puts what waits on one subscription into another order.
     *
     * @param account the vendor's key; an account token may leave it out
     * @param order   all that waits, the first to be made first
     * @param seen    the order that was seen; absent does without that comparison
     */
    public record ReorderPlanChanges(String idempotencyKey, @Nullable String account, List<String> order, @Nullable List<String> seen) {}

    /** What came of it. */
    public sealed interface ReorderPlanChangesResult
            permits PlanChangesReordered, QueueHasChanged, ReorderRefused, ChangePlanResult.ChangeInProgress {}

    /** What waits, in the order that was asked for; Stripe has it. */
    public record PlanChangesReordered(AccountId account, List<PlanChange> changes) implements ReorderPlanChangesResult {}

    /** Nothing was done: something else waits, or in another order than was seen. */
    public record QueueHasChanged(List<PlanChange> changes) implements ReorderPlanChangesResult {}

    /** Stripe refuses what this order would come to; the order is as it was. */
    public record ReorderRefused(String code, String message) implements ReorderPlanChangesResult {}

    /**
     * The same key again answers what waits by then.
     *
     * @throws HeadroomException NOT_FOUND where none of it is a change of the account's; STRIPE_UNAVAILABLE when Stripe has not answered: it is being
     *                           followed up, ask again with the same key
     */
    public ReorderPlanChangesResult reorder(Actor actor, AccountId account, ReorderPlanChanges command) {
        actor.require(Permission.CHANGE, account.value());
        List<UUID> order = order(command.order());
        AccountSubscription subscription = subscriptions.byId(actor, account, order.stream().flatMap(id -> changes.byId(account, id).stream())
                .findFirst().orElseThrow(() -> HeadroomException.notFound("input.order", "No such plan change")).subscription());
        List<UUID> before = queue(subscription);
        Optional<UUID> earlier = keys.resultOf(actor, OPERATION, command.idempotencyKey(), command);
        if (earlier.isPresent()) {
            return repeated(actor, subscription, earlier.get());
        }
        boolean seen = command.seen() == null || order(command.seen()).equals(before);
        if (!seen || order.size() != before.size() || !new HashSet<>(order).equals(new HashSet<>(before))) {
            return new QueueHasChanged(waiting(subscription));
        }
        if (!queue(subscription.waiting(ordered(subscription.scheduled(), order))).equals(order)) {
            throw HeadroomException.invalid("input.order", "What waits for a date is made then, before or after what waits for the end of the period");
        }
        return order.equals(before) ? new PlanChangesReordered(account, waiting(subscription)) : begin(actor, command, subscription, order);
    }

    /** Where the process died that Stripe was to be told by, this one tells it. */
    private ReorderPlanChangesResult repeated(Actor actor, AccountSubscription subscription, UUID reopened) {
        PlanChange change = changes.byId(subscription.account(), reopened).orElseThrow();
        boolean carriedOut = change.state() != PlanChange.State.REQUESTED || executions.takes(change);
        if (!carriedOut) {
            return new ChangePlanResult.ChangeInProgress(change);
        }
        if (change.state() == PlanChange.State.REQUESTED) {
            executions.resume(change);
        }
        return new PlanChangesReordered(subscription.account(), waitingNow(actor, subscription));
    }

    private static List<UUID> order(List<String> ids) {
        Check.between("input.order", ids.size(), 1, MOST);
        List<UUID> order = ids.stream().map(id -> Ids.parse(id).orElseThrow(() -> HeadroomException.notFound("input.order", "No such plan change"))).toList();
        if (new HashSet<>(order).size() < order.size()) {
            throw HeadroomException.invalid("input.order", "Each change is named once");
        }
        return order;
    }

    private static List<ScheduledChange> ordered(List<ScheduledChange> waiting, List<UUID> order) {
        return waiting.stream().sorted(Comparator.comparingInt(each -> order.indexOf(each.change()))).toList();
    }

    private static List<UUID> queue(AccountSubscription subscription) {
        return subscription.scheduled().stream().map(ScheduledChange::change).toList();
    }

    private List<PlanChange> waiting(AccountSubscription subscription) {
        return queue(subscription).stream().flatMap(id -> changes.byId(subscription.account(), id).stream()).toList();
    }

    private List<PlanChange> waitingNow(Actor actor, AccountSubscription subscription) {
        return waiting(subscriptions.byId(actor, subscription.account(), subscription.id()));
    }

    /** What came of storing the order. */
    private sealed interface Stored {

        record Reopened(PlanChange change) implements Stored {}

        record Repeated(UUID reopened) implements Stored {}

        record Outdated() implements Stored {}

        record Busy(PlanChange other) implements Stored {}
    }

    private ReorderPlanChangesResult begin(Actor actor, ReorderPlanChanges command, AccountSubscription subscription, List<UUID> order) {
        return switch (Optional.ofNullable(transaction.execute(_ -> store(actor, command, subscription, order))).orElseThrow()) {
            case Stored.Reopened(PlanChange change) -> carriedOut(actor, change, subscription);
            case Stored.Repeated(UUID reopened) -> repeated(actor, subscription, reopened);
            case Stored.Outdated() -> new QueueHasChanged(waitingNow(actor, subscription));
            case Stored.Busy(PlanChange other) -> new ChangePlanResult.ChangeInProgress(other);
        };
    }

    /** Transaction 1: the last of them is being carried out again from here on, so that the sweeper tells Stripe if this process does not. */
    private Stored store(Actor actor, ReorderPlanChanges command, AccountSubscription subscription, List<UUID> order) {
        List<ScheduledChange> movable = subscription.undated().scheduled();
        UUID moved = order.reversed().stream().filter(id -> movable.stream().anyMatch(each -> each.change().equals(id))).findFirst().orElseThrow();
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, moved) instanceof Claim.Repeat(UUID reopened)) {
            return new Stored.Repeated(reopened);
        }
        PlanChange last = changes.byId(subscription.account(), moved).orElseThrow();
        if (!subscriptions.lockedAt(subscription.account(), subscription.id(), subscription.version())) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return new Stored.Outdated();
        }
        Optional<PlanChange> other = changes.open(subscription.account(), subscription.id());
        if (other.isPresent() || !changes.reopen(last, executions.leaseEnd(), executions.leaseEnd())) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return other.<Stored>map(Stored.Busy::new).orElseGet(Stored.Outdated::new);
        }
        arrangements.reorder(actor, last, order);
        audit.changed(actor, OPERATION, subscription.account().value(), "subscription", subscription.id(), queue(subscription), order);
        return new Stored.Reopened(changes.byId(subscription.account(), last.id()).orElseThrow());
    }

    private ReorderPlanChangesResult carriedOut(Actor actor, PlanChange change, AccountSubscription before) {
        try {
            Optional<StripeRefusedException> refused = executions.rearrange(change, queue(before));
            return refused.<ReorderPlanChangesResult>map(why -> new ReorderRefused(why.code(), String.valueOf(why.getMessage())))
                    .orElseGet(() -> new PlanChangesReordered(before.account(), waitingNow(actor, before)));
        } catch (StripeUnavailableException unknown) {
            throw HeadroomException.of(ErrorCode.STRIPE_UNAVAILABLE, null,
                    "Stripe did not answer; the order is being followed up. Repeat with the same idempotency key to learn the outcome");
        }
    }
}
