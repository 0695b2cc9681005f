package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.QuoteIsStale;
import dev.headroom.change.PlanChange.Promise;
import dev.headroom.change.PlanChange.State;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.Claim;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.QuoteClaims;
import dev.headroom.quote.Quotes;
import dev.headroom.quote.Quotes.Standing;
import dev.headroom.quote.Quotes.Staleness;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.AccountSubscription.ScheduledChange;
import dev.headroom.subscription.RequestedChange.When;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Accepting quotes: each once, exactly as promised, or not at all. */
@Service
public class PlanChanges {

    private static final Logger LOG = LoggerFactory.getLogger(PlanChanges.class);
    private static final String OPERATION = "changePlan";

    private final PlanChangeRepository changes;
    private final ChangeExecutions executions;
    private final Arrangements arrangements;
    private final Quotes quotes;
    private final IdempotencyKeys keys;
    private final AuditEntries audit;
    private final TransactionTemplate transaction;

    PlanChanges(
            PlanChangeRepository changes, ChangeExecutions executions, Arrangements arrangements, Quotes quotes, IdempotencyKeys keys,
            AuditEntries audit, TransactionTemplate transaction) {
        this.changes = changes;
        this.executions = executions;
        this.quotes = quotes;
        this.arrangements = arrangements;
        this.keys = keys;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Accepts a quote. The same key again answers how the first acceptance went.
     *
     * @throws HeadroomException STRIPE_UNAVAILABLE when the outcome is not known yet; ask again with the same key
     */
    public ChangePlanResult change(Actor actor, ChangePlan command) {
        QuoteClaims claims = quotes.verify(actor, command.quoteToken());
        Optional<PlanChange> earlier = keys.resultOf(actor, OPERATION, command.idempotencyKey(), command)
                .flatMap(id -> changes.byId(claims.account(), id));
        if (earlier.isPresent()) {
            return repeated(actor, claims, earlier.get());
        }
        return switch (quotes.standing(actor, claims)) {
            case Standing.Stale(Staleness why) -> stale(actor, claims, why);
            case Standing.Holds holds -> begin(actor, command, claims, holds);
        };
    }

    private ChangePlanResult repeated(Actor actor, QuoteClaims claims, PlanChange change) {
        boolean abandonedByItsWorker = change.state().open() && changes.take(change, executions.now(), executions.leaseEnd());
        return answer(actor, claims, abandonedByItsWorker ? executions.resume(change) : Progress.of(change));
    }

    private ChangePlanResult begin(Actor actor, ChangePlan command, QuoteClaims claims, Standing.Holds holds) {
        PlanChange wanted = intent(actor, claims, holds);
        return switch (Optional.ofNullable(transaction.execute(_ -> store(actor, command, claims, wanted, !holds.quotation().now().lines().isEmpty()))).orElseThrow()) {
            case Intent.Stored(PlanChange stored) -> answer(actor, claims, executions.carryOut(stored));
            case Intent.Outdated() -> stale(actor, claims, Staleness.SUBSCRIPTION_CHANGED);
            case Intent.TooSoon(Instant from) -> new ChangePlanResult.TooManyInvoices(from);
            case Intent.OfferGone() -> stale(actor, claims, Staleness.OFFER_TAKEN);
            case Intent.Earlier(PlanChange earlier) -> repeated(actor, claims, earlier);
            case Intent.Busy(PlanChange other) -> new ChangeInProgress(other);
            case Intent.Vacated() -> begin(actor, command, claims, holds);
        };
    }

    private PlanChange intent(Actor actor, QuoteClaims claims, Standing.Holds holds) {
        AccountSubscription subscription = holds.subscription();
        boolean waits = claims.when() == When.PERIOD_END;
        return new PlanChange(
                claims.account(), Ids.next(), claims.subscription(),
                new Promise(claims.quote(), claims.version(), claims.quotedAt(), claims.expiresAt()), State.REQUESTED, holds.quotation().growth(),
                subscription.terms(), claims.terms(), waits ? subscription.period().until() : null, claims.due(), null, actor.name(), executions.now(), 0, null, null, null, null, null, null);
    }

    /**
     * Transaction 1: from here on the change survives this process.
     *
     * @param invoiced whether Stripe makes an invoice of it
     */
    private Intent store(Actor actor, ChangePlan command, QuoteClaims claims, PlanChange wanted, boolean invoiced) {
        if (keys.claim(actor, OPERATION, command.idempotencyKey(), command, wanted.id()) instanceof Claim.Repeat(UUID made)) {
            return new Intent.Earlier(changes.byId(wanted.account(), made).orElseThrow());
        }
        if (!arrangements.lockedAt(wanted)) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return new Intent.Outdated();
        }
        Instant now = executions.now();
        Optional<Instant> possible = invoiced
                ? InvoiceRate.possibleFrom(changes.invoiced(wanted.account(), wanted.subscription(), InvoiceRate.since(now)), now)
                : Optional.empty();
        if (possible.isPresent()) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return new Intent.TooSoon(possible.get());
        }
        if (!changes.takeOffer(wanted)) {
            keys.release(actor, OPERATION, command.idempotencyKey());
            return new Intent.OfferGone();
        }
        if (!changes.insert(wanted, executions.leaseEnd())) {
            changes.giveOfferBack(wanted);
            keys.release(actor, OPERATION, command.idempotencyKey());
            return changes.before(wanted.account(), wanted.subscription()).<Intent>map(Intent.Busy::new).orElseGet(Intent.Vacated::new);
        }
        if (!wanted.charges()) {
            arrangements.begin(actor, wanted, new ScheduledChange(
                    wanted.id(), claims.change(), claims.terms().items().stream().map(SubscriptionTerms.ItemTerms::price).toList()));
        }
        audit.created(actor, OPERATION, wanted.account().value(), "planChange", wanted.id(), wanted);
        return new Intent.Stored(wanted);
    }

    private ChangePlanResult answer(Actor actor, QuoteClaims claims, Progress progress) {
        PlanChange change = progress.change();
        return switch (change.state()) {
            case APPLIED, MISMATCHED -> new ChangePlanResult.PlanChanged(change);
            case DECLINED -> new ChangePlanResult.PaymentDeclined(
                    Optional.ofNullable(change.failureCode()).orElse(""), Optional.ofNullable(change.failureMessage()).orElse(""));
            case REFUSED -> PlanChange.AMOUNT_DIFFERS.equals(change.failureCode())
                    ? stale(actor, claims, Staleness.AMOUNT_CHANGED)
                    : new ChangePlanResult.ChangeRefused(
                            Optional.ofNullable(change.failureCode()).orElse(""), Optional.ofNullable(change.failureMessage()).orElse(""), change);
            case ABANDONED -> stale(actor, claims, Staleness.EXPIRED);
            case SCHEDULED -> new ChangePlanResult.PlanChangeScheduled(change);
            case CANCELED -> new ChangePlanResult.PlanChangeCanceled(change);
            case REQUESTED, CANCELING -> new ChangeInProgress(change);
            case ACTION_REQUIRED -> executions.clientSecret(progress)
                    .<ChangePlanResult>map(secret -> new ChangePlanResult.PaymentActionRequired(change, secret))
                    .orElseGet(() -> new ChangeInProgress(change));
        };
    }

    private QuoteIsStale stale(Actor actor, QuoteClaims claims, Staleness why) {
        return new QuoteIsStale(why, quotes.again(actor, claims, why));
    }

    /** Newest first. */
    public List<PlanChange> history(Actor actor, AccountId account, int most) {
        actor.require(Permission.READ, account.value());
        return changes.history(account, most);
    }

    /** What waits for the end of the periods of some subscriptions, in the order in which it is made; one statement. */
    public Map<AccountSubscription, List<PlanChange>> scheduled(Actor actor, List<AccountSubscription> of) {
        of.forEach(subscription -> actor.require(Permission.READ, subscription.account().value()));
        Map<UUID, PlanChange> known = changes.scheduled(of.stream().map(AccountSubscription::account).distinct().toList()).stream()
                .collect(Collectors.toMap(PlanChange::id, Function.identity()));
        return of.stream().collect(Collectors.toMap(Function.identity(), subscription -> subscription.scheduled().stream()
                .map(waiting -> known.get(waiting.change()))
                .filter(Objects::nonNull)
                .toList()));
    }

    /** @throws HeadroomException NOT_FOUND, also for another account's */
    public PlanChange byId(Actor actor, AccountId account, UUID id) {
        actor.require(Permission.READ, account.value());
        return changes.byId(account, id).orElseThrow(() -> HeadroomException.notFound("id", "No such plan change"));
    }

    /** Takes up changes whose worker died, until there is none left; one that cannot be finished keeps none of the others from it. Returns how many. */
    public int sweep() {
        int swept = 0;
        Instant now = executions.now();
        for (Optional<PlanChange> next = changes.takeUnfinished(now, executions.leaseEnd());
                next.isPresent();
                next = changes.takeUnfinished(now, executions.leaseEnd())) {
            resume(next.get());
            swept++;
        }
        for (Optional<PlanChange> next = changes.takeOverdue(now, executions.leaseEnd());
                next.isPresent();
                next = changes.takeOverdue(now, executions.leaseEnd())) {
            look(next.get());
            swept++;
        }
        return swept;
    }

    private void look(PlanChange change) {
        try {
            executions.look(change);
        } catch (RuntimeException later) {
            LOG.warn("What became of the scheduled plan change {} is not known yet: {}", change.id(), later.toString());
        }
    }

    private void resume(PlanChange change) {
        try {
            executions.resume(change);
        } catch (RuntimeException unforeseen) {
            LOG.error("Plan change {} cannot be finished; its lease brings it back", change.id(), unforeseen);
        }
    }
}
