package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.change.Start.State;
import dev.headroom.change.StartSubscriptionResult.AlreadySubscribed;
import dev.headroom.change.StartSubscriptionResult.FirstPaymentDeclined;
import dev.headroom.change.StartSubscriptionResult.PaymentMethodRequired;
import dev.headroom.change.StartSubscriptionResult.PlanIsNotOnSale;
import dev.headroom.change.StartSubscriptionResult.StartInProgress;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Beginning subscriptions: an intent, Stripe, an outcome, as with changes. */
@Service
public class SubscriptionStarts {

    private static final String OPERATION = "startSubscription";

    private final StartRepository starts;
    private final StartExecutions executions;
    private final Customers customers;
    private final Subscriptions subscriptions;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;

    SubscriptionStarts(
            StartRepository starts, StartExecutions executions, Customers customers, Subscriptions subscriptions, IdempotencyKeys keys,
            AuditEntries audit, TransactionTemplate transaction) {
        this.starts = starts;
        this.executions = executions;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Starts a subscription and takes its first payment, or does neither. The same key again answers how the first time went. */
    public StartSubscriptionResult start(Actor actor, StartSubscription command) {
        Account account = customers.account(actor, command.account());
        actor.require(Permission.CHANGE, account.id().value());
        Optional<UUID> earlier = keys.resultOf(actor, OPERATION, command.idempotencyKey(), command);
        if (earlier.isPresent()) {
            return answer(actor, starts.byId(account.id(), new SubscriptionId(earlier.get())).orElseThrow());
        }
        return switch (executions.terms(command, account)) {
            case StartTerms.NotOnSale(var plan) -> new PlanIsNotOnSale(plan);
            case StartTerms.Sold sold -> begin(actor, command, account, sold);
        };
    }

    private StartSubscriptionResult begin(Actor actor, StartSubscription command, Account account, StartTerms.Sold sold) {
        Optional<AccountSubscription> running = subscriptions.live(actor, account.id()).stream()
                .filter(subscription -> subscription.product().equals(sold.version().plan().product()))
                .findFirst();
        if (running.isPresent()) {
            return new AlreadySubscribed(running.get());
        }
        if (sold.dueAtOnce() && !customers.hasCard(account)) {
            return new PaymentMethodRequired(sold.version().plan());
        }
        Start wanted = executions.intent(actor, customers.ensure(account), sold);
        return Optional.ofNullable(transaction.execute(_ -> store(actor, command, wanted)))
                .orElseThrow()
                .map(stored -> answer(actor, stored.state() == State.REQUESTED ? executions.carryOut(stored) : stored))
                .orElseGet(() -> new StartInProgress(sold.version().plan()));
    }

    /** Empty when another start of the same product is open. */
    private Optional<Start> store(Actor actor, StartSubscription command, Start wanted) {
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, wanted.id().value()) instanceof Claim.Repeat(UUID made)) {
            return starts.byId(wanted.account(), new SubscriptionId(made));
        }
        if (!starts.insert(wanted, executions.leaseEnd())) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return Optional.empty();
        }
        audit.created(actor, OPERATION, wanted.account().value(), "subscription", wanted.id(), command);
        return Optional.of(wanted);
    }

    private StartSubscriptionResult answer(Actor actor, Start start) {
        return switch (start.state()) {
            case STARTED -> new SubscriptionStarted(subscriptions.byId(actor, start.account(), start.id()));
            case DECLINED, REFUSED, ABANDONED -> new FirstPaymentDeclined(
                    Optional.ofNullable(start.failureCode()).orElse(""), Optional.ofNullable(start.failureMessage()).orElse(""));
            case REQUESTED -> new StartInProgress(executions.plan(start));
        };
    }

    /** Takes up starts whose worker died; returns how many. */
    public int sweep() {
        int swept = 0;
        for (Optional<Start> next = executions.takeUnfinished(); next.isPresent(); next = executions.takeUnfinished()) {
            executions.resume(next.get());
            swept++;
        }
        return swept;
    }
}
