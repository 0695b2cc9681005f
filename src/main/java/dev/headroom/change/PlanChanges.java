package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.Approvals;
import dev.headroom.approval.Approvals.Need;
import dev.headroom.change.ChangePlanResult.ApprovalRequired;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.QuoteIsStale;
import dev.headroom.change.PlanChange.Promise;
import dev.headroom.change.PlanChange.State;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.idempotency.IdempotencyKeys;
import dev.headroom.quote.QuoteClaims;
import dev.headroom.quote.Quotes;
import dev.headroom.quote.Quotes.Standing;
import dev.headroom.quote.Quotes.Waiting;
import dev.headroom.quote.Quotes.Staleness;
import dev.headroom.subscription.AccountSubscription;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Accepting quotes: each once, exactly as promised, or not at all. */
@Service
public class PlanChanges {

    private static final Logger LOG = LoggerFactory.getLogger(PlanChanges.class);
    /** How often a change is stored anew where the one that kept it out has ended since. */
    private static final int MOST_TRIES = 5;

    private final PlanChangeRepository changes;
    private final ChangeExecutions executions;
    private final Intents intents;
    private final Quotes quotes;
    private final Approvals approvals;
    private final DatedChanges dated;
    private final IdempotencyKeys keys;

    PlanChanges(
            PlanChangeRepository changes, ChangeExecutions executions, Intents intents, Quotes quotes, Approvals approvals, DatedChanges dated,
            IdempotencyKeys keys) {
        this.changes = changes;
        this.executions = executions;
        this.intents = intents;
        this.quotes = quotes;
        this.approvals = approvals;
        this.dated = dated;
        this.keys = keys;
    }

    /**
     * Accepts a quote. The same key again answers how the first acceptance went.
     *
     * @throws HeadroomException STRIPE_UNAVAILABLE when the outcome is not known yet; ask again with the same key. CONFLICT where others of the account keep being
     *                           quicker; nothing was done
     */
    public ChangePlanResult change(Actor actor, ChangePlan command) {
        QuoteClaims claims = quotes.verify(actor, command.quoteToken());
        return switch (quotes.standing(actor, claims)) {
            case Standing.Stale(Staleness why) -> earlier(actor, command, claims).orElseGet(() -> stale(actor, claims, why));
            case Standing.Holds holds -> allowed(actor, command, claims, holds);
        };
    }

    /** What the key was used for before; a change that can be stored is told that by the key, see {@link Intents#store}. */
    private Optional<ChangePlanResult> earlier(Actor actor, ChangePlan command, QuoteClaims claims) {
        return keys.resultOf(actor, Intents.OPERATION, command.idempotencyKey(), command)
                .flatMap(id -> changes.byId(claims.account(), id))
                .map(change -> repeated(actor, claims, change));
    }

    private ChangePlanResult repeated(Actor actor, QuoteClaims claims, PlanChange change) {
        boolean abandonedByItsWorker = change.state().open() && changes.take(change, executions.now(), executions.leaseEnd());
        return answer(actor, claims, abandonedByItsWorker ? executions.resume(change) : Progress.of(change));
    }

    /** One that has just used up what was agreed is told of, rather than that nothing is agreed. */
    private ChangePlanResult allowed(Actor actor, ChangePlan command, QuoteClaims claims, Standing.Holds holds) {
        Need need = approvals.of(holds.subscription(), claims.when(), holds.target(), holds.quotation());
        return need.required()
                ? earlier(actor, command, claims)
                        .or(() -> changes.before(claims.account(), claims.subscription()).map(ChangeInProgress::new))
                        .orElseGet(() -> unapproved(actor, claims, need))
                : begin(actor, command, claims, holds, need, MOST_TRIES);
    }

    /** Unless what was agreed has just been made use of, and is in force. */
    private ChangePlanResult unapproved(Actor actor, QuoteClaims claims, Need need) {
        return quotes.standing(actor, claims) instanceof Standing.Stale(Staleness why)
                ? stale(actor, claims, why)
                : new ApprovalRequired(need.reasons(), need.request());
    }

    private ChangePlanResult begin(Actor actor, ChangePlan command, QuoteClaims claims, Standing.Holds holds, Need need, int tries) {
        if (tries == 0) {
            throw HeadroomException.of(ErrorCode.CONFLICT, null, "Other changes of this account keep coming in between; try again");
        }
        PlanChange wanted = intent(actor, claims, holds);
        return switch (intents.store(actor, command, claims, wanted, holds, need.agreement())) {
            case Intent.Stored(PlanChange stored) -> answer(actor, claims, stored.state().open() ? executions.carryOut(stored, holds.subscription()) : Progress.of(stored));
            case Intent.Outdated() -> stale(actor, claims, Staleness.SUBSCRIPTION_CHANGED);
            case Intent.TooSoon(Instant from) -> new ChangePlanResult.TooManyInvoices(from);
            case Intent.OfferGone() -> stale(actor, claims, Staleness.OFFER_TAKEN);
            case Intent.Earlier(PlanChange earlier) -> repeated(actor, claims, earlier);
            case Intent.Busy(PlanChange other) -> new ChangeInProgress(other);
            case Intent.Vacated() -> begin(actor, command, claims, holds, need, tries - 1);
            case Intent.ApprovalGone() -> unapproved(actor, claims, approvals.of(holds.subscription(), claims.when(), holds.target(), holds.quotation()));
        };
    }

    private PlanChange intent(Actor actor, QuoteClaims claims, Standing.Holds holds) {
        AccountSubscription subscription = holds.subscription();
        return new PlanChange(
                claims.account(), Ids.next(), claims.subscription(), promise(claims, subscription), claims.when() == When.AT_DATE ? State.SCHEDULED : State.REQUESTED,
                holds.quotation().growth(), from(claims, subscription), claims.terms(), effectiveAt(claims, subscription), claims.promised().due(), null, actor.name(),
                executions.now(), 0, null, null, null, null, null, null);
    }

    /** What it will find when its turn comes, with what those before it take. */
    private SubscriptionTerms from(QuoteClaims claims, AccountSubscription subscription) {
        List<Waiting> before = claims.when() == When.PERIOD_END ? quotes.waiting(subscription, subscription.terms()) : List.of();
        return before.isEmpty() ? subscription.terms() : before.getLast().to();
    }

    private static Promise promise(QuoteClaims claims, AccountSubscription subscription) {
        boolean dated = claims.when() == When.AT_DATE;
        return new Promise(
                claims.quote(), claims.version(), claims.quotedAt(), dated ? DatedChanges.latest(claims.terms(), claims.pricedAt(), subscription.period()) : claims.expiresAt(),
                dated ? claims.pricedAt() : null, claims.promised().total());
    }

    private static @Nullable Instant effectiveAt(QuoteClaims claims, AccountSubscription subscription) {
        return switch (claims.when()) {
            case NOW -> null;
            case AT_DATE -> claims.pricedAt();
            case PERIOD_END -> subscription.period().until();
        };
    }

    private ChangePlanResult answer(Actor actor, QuoteClaims claims, Progress progress) {
        PlanChange change = progress.change();
        return switch (change.state()) {
            case APPLIED, MISMATCHED -> new ChangePlanResult.PlanChanged(change);
            case DECLINED -> declined(actor, claims, change);
            case REFUSED -> change.differed()
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

    /** Only an update that cannot wait for the bank is declined for want of its confirmation. */
    private ChangePlanResult declined(Actor actor, QuoteClaims claims, PlanChange change) {
        String message = Optional.ofNullable(change.failureMessage()).orElse("");
        return PlanChange.UNCONFIRMED.contains(Optional.ofNullable(change.failureCode()).orElse(""))
                ? new ChangePlanResult.ConfirmationNotPossible(message, quotes.quote(actor, change.account(), claims.change().at(When.PERIOD_END)))
                : new ChangePlanResult.PaymentDeclined(Optional.ofNullable(change.failureCode()).orElse(""), message);
    }

    private QuoteIsStale stale(Actor actor, QuoteClaims claims, Staleness why) {
        return new QuoteIsStale(why, quotes.again(actor, claims, why));
    }

    /** The account's changes that invoices bill, by Stripe's ids of these. */
    public Map<String, PlanChange> billedBy(Actor actor, AccountId account, List<String> invoices) {
        actor.require(Permission.READ, account.value());
        return changes.billedBy(account, invoices).stream().collect(Collectors.toMap(change -> String.valueOf(change.invoice()), Function.identity(), (first, _) -> first));
    }

    /** Newest first. */
    public List<PlanChange> history(Actor actor, AccountId account, int most) {
        actor.require(Permission.READ, account.value());
        return changes.history(account, most);
    }

    /** What waits on some subscriptions, for a date or for the end of their periods, in the order in which it is made; one statement. */
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

    /** Takes up changes whose worker died or whose date has come, until there is none left; one that cannot be finished keeps none of the others from it. Returns how many. */
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
        return swept + dated.sweep();
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
