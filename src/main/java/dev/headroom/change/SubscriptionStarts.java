package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.audit.AuditEntries;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.ProductId;
import dev.headroom.change.StartSubscriptionResult.AlreadySubscribed;
import dev.headroom.change.StartSubscriptionResult.FirstPaymentDeclined;
import dev.headroom.change.StartSubscriptionResult.PaymentMethodRequired;
import dev.headroom.change.StartSubscriptionResult.PlanIsNotOnSale;
import dev.headroom.change.StartSubscriptionResult.StartInProgress;
import dev.headroom.change.StartSubscriptionResult.StartNeedsApproval;
import dev.headroom.change.StartSubscriptionResult.StartQuoteIsStale;
import dev.headroom.change.StartSubscriptionResult.SubscriptionStarted;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.payment.Customers;
import dev.headroom.start.StartQuotes.Staleness;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Beginning subscriptions: an intent, Stripe, an outcome, as with changes. */
@Service
public class SubscriptionStarts {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionStarts.class);
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
        Account account = executions.account(actor, command);
        actor.require(Permission.CHANGE, account.id().value());
        Optional<UUID> earlier = keys.resultOf(actor, OPERATION, command.idempotencyKey(), command);
        if (earlier.isPresent()) {
            return answer(actor, command, account, starts.byId(account.id(), new SubscriptionId(earlier.get())).orElseThrow());
        }
        return switch (executions.terms(actor, command, account)) {
            case StartTerms.NotOnSale(var plan) -> new PlanIsNotOnSale(plan);
            case StartTerms.Stale(var why, var fresh) -> new StartQuoteIsStale(why, fresh);
            case StartTerms.Sold sold -> allowed(actor, command, account, sold);
        };
    }

    /** The vendor's own keys and people start whatever they like: they are who would be asked. */
    private StartSubscriptionResult allowed(Actor actor, StartSubscription command, Account account, StartTerms.Sold sold) {
        List<ApprovalReason> reasons = actor instanceof Actor.Member ? executions.reasons(sold) : List.of();
        return reasons.isEmpty() ? begin(actor, command, account, sold) : new StartNeedsApproval(sold.target().version().plan(), reasons);
    }

    private StartSubscriptionResult begin(Actor actor, StartSubscription command, Account account, StartTerms.Sold sold) {
        Plan plan = sold.target().version().plan();
        Optional<AccountSubscription> running = running(actor, account.id(), plan.product());
        if (running.isPresent()) {
            return new AlreadySubscribed(running.get());
        }
        if (sold.dueAtOnce() && !customers.hasCard(account)) {
            return new PaymentMethodRequired(plan);
        }
        Start wanted = executions.intent(actor, customers.ensure(account), sold);
        return switch (Optional.ofNullable(transaction.execute(open -> store(actor, command, wanted, open))).orElseThrow()) {
            case StartIntent.Stored(Start stored) -> answer(actor, command, account, executions.carryOut(stored));
            case StartIntent.Earlier(Start earlier) -> answer(actor, command, account, earlier);
            case StartIntent.Busy() -> new StartInProgress(plan);
            case StartIntent.OfferGone() -> stale(actor, command, account, Staleness.OFFER_TAKEN);
            case StartIntent.Running(AccountSubscription subscription) -> new AlreadySubscribed(subscription);
        };
    }

    /**
     * Transaction 1. What runs is looked at again once the start is in: whoever was first has either not ended, and the index keeps this
     * one out, or has committed its end and its subscription together, and is seen here.
     */
    private StartIntent store(Actor actor, StartSubscription command, Start wanted, TransactionStatus open) {
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, wanted.id().value()) instanceof Claim.Repeat(UUID made)) {
            return new StartIntent.Earlier(starts.byId(wanted.account(), new SubscriptionId(made)).orElseThrow());
        }
        if (!starts.insert(wanted, executions.leaseEnd())) {
            open.setRollbackOnly();
            return new StartIntent.Busy();
        }
        Optional<AccountSubscription> running = running(actor, wanted.account(), wanted.product());
        if (running.isPresent()) {
            open.setRollbackOnly();
            return new StartIntent.Running(running.get());
        }
        // Last, so that whoever clicks twice hears of the start and not that an offer is gone.
        if (!starts.takeOffers(wanted)) {
            open.setRollbackOnly();
            return new StartIntent.OfferGone();
        }
        audit.created(actor, OPERATION, wanted.account().value(), "subscription", wanted.id(), command);
        return new StartIntent.Stored(wanted);
    }

    private Optional<AccountSubscription> running(Actor actor, AccountId account, ProductId product) {
        return subscriptions.live(actor, account).stream().filter(subscription -> subscription.product().equals(product)).findFirst();
    }

    private StartQuoteIsStale stale(Actor actor, StartSubscription command, Account account, Staleness why) {
        StartTerms.Stale stale = executions.again(actor, command, account, why);
        return new StartQuoteIsStale(stale.why(), stale.fresh());
    }

    private StartSubscriptionResult answer(Actor actor, StartSubscription command, Account account, Start start) {
        if (Start.AMOUNT_DIFFERS.equals(start.failureCode())) {
            return stale(actor, command, account, Staleness.AMOUNT_CHANGED);
        }
        if (Start.QUOTE_EXPIRED.equals(start.failureCode())) {
            return stale(actor, command, account, Staleness.EXPIRED);
        }
        return switch (start.state()) {
            case STARTED, MISMATCHED -> new SubscriptionStarted(subscriptions.byId(actor, start.account(), start.id()));
            case DECLINED, REFUSED, ABANDONED -> new FirstPaymentDeclined(
                    Optional.ofNullable(start.failureCode()).orElse(""), Optional.ofNullable(start.failureMessage()).orElse(""));
            case REQUESTED -> new StartInProgress(executions.plan(start));
        };
    }

    /** Takes up starts whose worker died, then the bundles that have to be looked at; one that cannot be finished keeps none of the others from it. Returns how many. */
    public int sweep() {
        int swept = 0;
        for (Optional<Start> next = executions.takeUnfinished(); next.isPresent(); next = executions.takeUnfinished()) {
            resume(next.get());
            swept++;
        }
        return swept + executions.level();
    }

    private void resume(Start start) {
        try {
            executions.resume(start);
        } catch (RuntimeException unforeseen) {
            LOG.error("The start {} cannot be finished; its lease brings it back", start.id(), unforeseen);
        }
    }
}
