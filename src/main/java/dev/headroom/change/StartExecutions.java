package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.catalog.Plan;
import dev.headroom.change.Start.State;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.money.Money;
import dev.headroom.preview.Beginning;
import dev.headroom.preview.TermsRequests;
import dev.headroom.start.StartQuotes.Staleness;
import dev.headroom.start.StartTarget;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeGateway.PaymentOutcome;
import dev.headroom.stripe.StripeGateway.CreateSubscription;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.SubscriptionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The part of a start between its two transactions. Its one request has one key, so sending it again soon can never start a second one. */
@Service
class StartExecutions {

    private static final Logger LOG = LoggerFactory.getLogger(StartExecutions.class);
    private static final Actor.System SELF = new Actor.System("change");
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** How long after somebody asked for a subscription it may still begin to charge; well within the life of Stripe's idempotency keys. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final StartRepository starts;
    private final SubscriptionMirrors mirrors;
    private final StripeGateway stripe;
    private final TermsRequests requests;
    private final StartSales sales;
    private final BundleLevels levels;
    private final InstantSource clock;

    StartExecutions(
            StartRepository starts, SubscriptionMirrors mirrors, StripeGateway stripe, TermsRequests requests, StartSales sales,
            BundleLevels levels, InstantSource clock) {
        this.starts = starts;
        this.mirrors = mirrors;
        this.stripe = stripe;
        this.requests = requests;
        this.sales = sales;
        this.levels = levels;
        this.clock = clock;
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    Account account(Actor actor, StartSubscription command) {
        return sales.account(actor, command);
    }

    StartTerms.Stale again(Actor actor, StartSubscription command, Account account, Staleness why) {
        return sales.again(actor, command, account, why);
    }

    StartTerms terms(Actor actor, StartSubscription command, Account account) {
        return sales.terms(actor, command, account);
    }

    /** Why the vendor alone can start this; empty where whoever wants it may. */
    List<ApprovalReason> reasons(StartTerms.Sold sold) {
        return sales.reasons(sold);
    }

    Start intent(Actor actor, Account account, StartTerms.Sold sold) {
        String customer = Optional.ofNullable(account.stripeCustomer()).orElseThrow();
        StartTarget target = sold.target();
        Beginning beginning = target.beginning(sold.promise() == null ? clock.instant() : sold.promise().quotedAt());
        return new Start(
                account.id(), new SubscriptionId(Ids.next()), target.version().plan().product(), customer, target.price().id(), target.quantity(),
                target.trialUntil(), beginning.item().bundle(), beginning.offers(), beginning.stub(), Start.Promise.of(sold.promise()), State.REQUESTED, actor.name(),
                clock.instant(), null, null);
    }

    Start carryOut(Start start) {
        HaltingPoint.BEFORE_STRIPE.pass();
        try {
            return ask(start);
        } catch (StripeUnavailableException | StripeRefusedException unknown) {
            LOG.warn("The outcome of a start is not known yet: {}", unknown.getMessage());
            throw HeadroomException.of(
                    ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; the start is being followed up. Repeat with the same idempotency key to learn the outcome");
        }
    }

    /**
     * What was promised is previewed first, whenever it is asked. Whoever was told so late that he was taken for dead is not to ask for what has ended
     * since.
     */
    private Start ask(Start start) {
        CreateSubscription request = request(start);
        Optional<StripeInvoice> instead;
        try {
            instead = broken(start, request);
        } catch (StripeRefusedException refused) {
            return refused(start, refused);
        }
        if (instead.isPresent()) {
            return brokenUnlessBegun(start, instead.get());
        }
        if (start.promise() != null && !clock.instant().isBefore(start.promise().expiresAt())) {
            return expiredUnlessBegun(start);
        }
        return starts.asks(start, leaseEnd()) ? asked(start, request) : stored(start);
    }

    /** Only a refusal of the preview or of this request means that nothing began. */
    private Start asked(Start start, CreateSubscription request) {
        PaymentOutcome outcome;
        try {
            outcome = stripe.create(request, start.stripeKey());
        } catch (StripeRefusedException refused) {
            return refused(start, refused);
        }
        return settle(start, outcome);
    }

    private Start refused(Start start, StripeRefusedException refused) {
        return ended(start, State.REFUSED, refused.code(), refused.getMessage());
    }

    /** Where it has begun already, for whoever else works on it, it is its own first invoice that has drawn on the balance. */
    private Start brokenUnlessBegun(Start start, StripeInvoice instead) {
        return stripe.startedAs(start.customer(), start.id().toString())
                .map(there -> started(start, there))
                .orElseGet(() -> ended(start, State.REFUSED, Start.AMOUNT_DIFFERS, "Stripe would charge " + instead.amountDue() + " of " + instead.total()));
    }

    /** No charge begins with a promise that is over; one that did before, for a worker who is gone, stands. */
    private Start expiredUnlessBegun(Start start) {
        return stripe.startedAs(start.customer(), start.id().toString())
                .map(there -> started(start, there))
                .orElseGet(() -> ended(start, State.ABANDONED, Start.QUOTE_EXPIRED, "The quote expired before Stripe could be asked; nothing was charged"));
    }

    /** What Stripe would invoice, where that is not what was promised. */
    private Optional<StripeInvoice> broken(Start start, CreateSubscription request) {
        Start.Promise promise = start.promise();
        return promise == null ? Optional.empty() : stripe.previewStart(request).filter(invoice -> !promise.keptBy(invoice));
    }

    /** Finds out at Stripe what became of a start whose worker is gone, and finishes it; what has not begun in time never begins. */
    Start resume(Start start) {
        try {
            Optional<StripeSubscription> there = stripe.startedAs(start.customer(), start.id().toString());
            if (there.isPresent()) {
                return started(start, there.get());
            }
            return clock.instant().isBefore(latest(start))
                    ? carryOut(start)
                    : ended(start, State.ABANDONED, "start_abandoned", "Stripe could not be asked in time; nothing was charged");
        } catch (StripeUnavailableException | StripeRefusedException | HeadroomException later) {
            LOG.warn("The start {} could not be resumed: {}", start.id(), later.getMessage());
            return start;
        }
    }

    private static Instant latest(Start start) {
        Start.Promise promise = start.promise();
        return promise == null ? start.requestedAt().plus(PATIENCE) : promise.expiresAt();
    }

    private Start settle(Start start, PaymentOutcome outcome) {
        HaltingPoint.AFTER_STRIPE.pass();
        return switch (outcome) {
            case PaymentOutcome.Paid(StripeSubscription paid, var _) -> started(start, paid);
            case PaymentOutcome.Declined(String code, String message) -> ended(start, State.DECLINED, code, message);
            case PaymentOutcome.ActionRequired(String _, String _, Instant _) ->
                ended(start, State.DECLINED, "authentication_required", "The bank wants the card's holder to confirm");
        };
    }

    private Start started(Start start, StripeSubscription paid) {
        State end = billed(start, paid);
        mirrors.refresh(SELF, start.account(), start.id(), paid.id(), start.stripeKey(), _ -> {
            starts.began(start, end);
            HaltingPoint.BEFORE_COMMIT.pass();
        });
        return stored(start);
    }

    /** Another amount than was promised must not happen; should it, the customer gets back what was too much, and somebody has to look. */
    private State billed(Start start, StripeSubscription paid) {
        Start.Promise promise = start.promise();
        Optional<StripeInvoice> first = promise == null ? Optional.empty() : first(paid);
        if (promise == null || first.isEmpty() || promise.keptBy(first.get())) {
            return State.STARTED;
        }
        LOG.error("Start {} was promised at {} of {} and charged {} of {}", start.id(), promise.due(), promise.total(), first.get().amountDue(), first.get().total());
        long excess = promise.excess(first.get());
        if (excess > 0) {
            stripe.credit(
                    paid.customer(), new Money(excess, sales.currency(start)), "Charged beyond the quote of subscription " + start.id(), start.id() + ":credit");
        }
        return State.MISMATCHED;
    }

    /** The invoice that it began with; it may have been billed again since. */
    private Optional<StripeInvoice> first(StripeSubscription paid) {
        return Optional.ofNullable(paid.latestInvoice()).filter(StartExecutions::begins)
                .or(() -> stripe.invoices(paid.id()).filter(StartExecutions::begins).findFirst());
    }

    private static boolean begins(StripeInvoice invoice) {
        return invoice.reason().equals("subscription_create");
    }

    private Start ended(Start start, State state, String code, String message) {
        starts.failed(start, state, code, message);
        return stored(start);
    }

    private Start stored(Start start) {
        return starts.byId(start.account(), start.id()).orElseThrow();
    }

    private CreateSubscription request(Start start) {
        return requests.begun(start.customer(), start.beginning(), start.id().toString());
    }

    Plan plan(Start start) {
        return sales.plan(start);
    }

    /** Looks after the bundles that starts, and whatever else was recorded, have formed or broken. */
    int level() {
        return levels.sweep();
    }

    Optional<Start> takeUnfinished() {
        return starts.takeUnfinished(clock.instant(), leaseEnd());
    }
}
