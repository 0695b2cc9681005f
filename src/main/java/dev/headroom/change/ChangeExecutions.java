package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.change.ChangeCharges.Charged;
import dev.headroom.change.PlanChange.State;
import dev.headroom.change.SubscriptionMirrors.Recorded;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.pricing.Invoice;
import dev.headroom.stripe.StripeGateway.PaymentOutcome;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeInvoiceGateway.Document;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.subscription.Subscriptions.Known;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The part of a change between its two transactions: what is asked of Stripe, and what its answer means. */
@Service
class ChangeExecutions {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeExecutions.class);
    private static final Actor.System SELF = new Actor.System("change");
    /**
     * Longer than a call to Stripe can take with its retries; a change is nobody else's for so long. Whoever takes it up finds no request on its
     * way any more, and reading proves what became of the last one.
     */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final PlanChangeRepository changes;
    private final SubscriptionMirrors mirrors;
    private final Subscriptions subscriptions;
    private final ChangeRequests requests;
    private final ChangeCharges charges;
    private final ArrangementExecutions arrangements;
    private final InstantSource clock;

    ChangeExecutions(
            PlanChangeRepository changes, SubscriptionMirrors mirrors, Subscriptions subscriptions, ChangeRequests requests, ChangeCharges charges,
            ArrangementExecutions arrangements, InstantSource clock) {
        this.changes = changes;
        this.mirrors = mirrors;
        this.subscriptions = subscriptions;
        this.requests = requests;
        this.charges = charges;
        this.arrangements = arrangements;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    /**
     * Asks Stripe for the first time; before that, what it would charge. If that is not what was promised, we have something that
     * Stripe has not, so the subscription is read again: the next quote is then right. Only a refusal of the preview or of the update itself means that
     * nothing happened; one of whatever follows leaves the change open for the sweeper.
     *
     * @param quoted the subscription in the version that was quoted, and in which it was locked when the change was stored
     */
    Progress carryOut(PlanChange change, AccountSubscription quoted) {
        HaltingPoint.BEFORE_STRIPE.pass();
        try {
            return change.charges() ? previewThenAsk(change, quoted) : arrangements.carryOut(change);
        } catch (StripeUnavailableException | StripeRefusedException unknown) {
            throw unavailable(unknown);
        }
    }

    /** Each attempt has a key of its own, so that Stripe would carry it out, and is previewed: the balance may be another than before the last one. */
    private Progress previewThenAsk(PlanChange change, AccountSubscription subscription) {
        Invoice previewed;
        try {
            previewed = requests.preview(change, subscription);
        } catch (StripeRefusedException refused) {
            return failed(change, State.REFUSED, refused.code(), refused.getMessage());
        }
        if (change.dated() && !change.startsPeriod() && change.promisedAtMost(previewed.due(), previewed.total())) {
            changes.owesLess(change, previewed.due());
            return ask(stored(change).change(), subscription);
        }
        return change.promised(previewed.due(), previewed.total()) ? ask(change, subscription) : differs(change, previewed);
    }

    private Progress differs(PlanChange change, Invoice previewed) {
        boolean spent = change.dated() && previewed.total().equals(change.promise().total());
        String instead = spent
                ? "Credit that was to pay for it was spent on something else: of " + previewed.total() + " the card would pay " + previewed.due() + ", not " + change.due()
                : "Stripe would charge " + previewed.due() + " of " + previewed.total();
        LOG.warn("Plan change {} was quoted {} of {}; {}: refused", change.id(), change.due(), change.promise().total(), instead);
        readAgain(change);
        return failed(change, State.REFUSED, spent ? PlanChange.CREDIT_SPENT : PlanChange.AMOUNT_DIFFERS, instead);
    }

    /** Where that fails, the refusal stands all the same. */
    private void readAgain(PlanChange change) {
        try {
            mirrors.refresh(SELF, known(change), change.cause());
        } catch (RuntimeException later) {
            LOG.warn("The subscription of plan change {} could not be read again: {}", change.id(), later.toString());
        }
    }

    /** From the noted attempt on nothing of what waits is Stripe's to make: whatever ends the change tells it again, whoever died in between. */
    private Progress ask(PlanChange change, AccountSubscription subscription) {
        Instant now = clock.instant();
        if (!now.isBefore(change.quoteExpiresAt()) || !change.to().over() && Arrangements.near(subscription, now)) {
            return expired(change);
        }
        PlanChange asked = change.asked(change.attempt() + 1, now);
        if (!changes.attempt(change, asked.attempt(), now, leaseEnd())) {
            return stored(change);
        }
        arrangements.release(subscription);
        if (asked.startsPeriod()) {
            return told(asked, subscription);
        }
        PaymentOutcome outcome;
        try {
            outcome = requests.ask(asked, subscription, asked.stripeKey(asked.attempt()));
        } catch (StripeRefusedException refused) {
            return failed(asked, State.REFUSED, refused.code(), refused.getMessage());
        }
        HaltingPoint.AFTER_STRIPE.pass();
        return settle(asked, outcome, Known.of(subscription));
    }

    /** Stripe begins the period by itself, and charges it as it does a renewal; whoever takes the change up then finds what has come of it. */
    private Progress told(PlanChange asked, AccountSubscription subscription) {
        try {
            requests.startPeriod(asked, subscription);
        } catch (StripeRefusedException refused) {
            return failed(asked, State.REFUSED, refused.code(), refused.getMessage());
        }
        HaltingPoint.AFTER_STRIPE.pass();
        changes.keep(asked, asked.pricedAt());
        return stored(asked);
    }

    private Progress settle(PlanChange change, PaymentOutcome outcome, @Nullable Known before) {
        return switch (outcome) {
            case PaymentOutcome.Paid(StripeSubscription paid, Document invoice) -> applied(change, paid, invoice, before);
            case PaymentOutcome.Declined(String code, String message) -> failed(change, State.DECLINED, code, message);
            case PaymentOutcome.ActionRequired(String invoice, String secret, Instant confirmBy) -> waiting(change, invoice, secret, confirmBy);
        };
    }

    /** The bank is not waited for any longer than what waits for the end of the period can do without Stripe knowing of it. */
    private Progress waiting(PlanChange change, String invoice, String secret, Instant confirmBy) {
        AccountSubscription subscription = known(change);
        if (Arrangements.near(subscription, clock.instant())) {
            return takeBack(change, invoice, () -> unconfirmed(change));
        }
        Instant by = Arrangements.latest(subscription).filter(latest -> latest.isBefore(confirmBy)).orElse(confirmBy);
        changes.waitForAction(change, invoice, by, leaseEnd());
        return new Progress(stored(change).change(), secret);
    }

    /**
     * Transaction 2: the subscription as Stripe has it and the end of the change, together. What waits beside it is work of its own from then on.
     *
     * @param invoice that Stripe answered with too; absent where it is to be read
     * @param before what was known before Stripe answered with this very subscription; absent where it is to be read again
     */
    private Progress applied(PlanChange change, StripeSubscription paid, @Nullable Document invoice, @Nullable Known before) {
        Charged charged = charges.of(change, paid);
        AtomicBoolean waits = new AtomicBoolean();
        AtomicBoolean kept = new AtomicBoolean();
        AtomicReference<@Nullable PlanChange> ended = new AtomicReference<>();
        Consumer<AccountSubscription> ending = ended(now -> {
            ended.set(changes.applied(change, charged.end(), charged.charged(), charged.invoice(), clock.instant()).orElse(null));
            if (ended.get() != null) {
                waits.set(arrangements.again(now, change.pricedAt()));
                kept.set(charges.keep(change, charged, invoice));
            }
        });
        Recorded recorded = before == null || charged.credited()
                ? Recorded.NOT : mirrors.record(SELF, change.account(), change.subscription(), before, paid, change.cause(), ending);
        if (recorded == Recorded.NOT) {
            refresh(change, ending);
        } else if (recorded == Recorded.WHOLLY && kept.get()) {
            requests.settled(change);
        }
        if (waits.get()) {
            arrangements.keepUp(change);
        }
        PlanChange last = ended.get();
        return last == null ? stored(change) : Progress.of(last);
    }

    /** Looks after a change whose time has come, and of which nobody has told. */
    void look(PlanChange change) {
        arrangements.look(change);
    }

    /** Finds out at Stripe what became of a change whose worker is gone, and finishes it. */
    Progress resume(PlanChange change) {
        try {
            if (!change.charges()) {
                return arrangements.resume(change);
            }
            return change.state() == State.CANCELING ? takeBack(change) : found(change);
        } catch (StripeUnavailableException | StripeRefusedException | HeadroomException later) {
            LOG.warn("Plan change {} could not be resumed: {}", change.id(), later.getMessage());
            return Progress.of(change);
        }
    }

    private void refresh(PlanChange change, Consumer<AccountSubscription> alongside) {
        mirrors.refresh(SELF, change.account(), change.subscription(), known(change).stripeId(), change.cause(), alongside);
    }

    private static Consumer<AccountSubscription> ended(Consumer<AccountSubscription> writes) {
        return now -> {
            writes.accept(now);
            HaltingPoint.BEFORE_COMMIT.pass();
        };
    }

    private Progress found(PlanChange change) {
        if (!change.mayBeMade()) {
            return notHappened(change);
        }
        AccountSubscription subscription = known(change);
        StripeSubscription read = requests.read(subscription);
        if (read.pending() && !requests.inForce(change, read)) {
            return switch (requests.pending(subscription)) {
                case PaymentOutcome.Paid(StripeSubscription since, var _) -> happened(change, since) ? applied(change, since, null, null) : notHappened(change);
                case PaymentOutcome waiting -> settle(change, waiting, null);
            };
        }
        return happened(change, read) ? applied(change, read, null, null) : notHappened(change);
    }

    /**
     * What is not in force was made all the same if it was billed: something else may have been put on top of it since. What is in force and should have
     * been billed, and was not, something else has made.
     */
    private boolean happened(PlanChange change, StripeSubscription read) {
        return change.to().over() || change.startsPeriod() ? requests.inForce(change, read) : charges.billed(change, read) || !change.costs() && requests.inForce(change, read);
    }

    private AccountSubscription known(PlanChange change) {
        return subscriptions.byId(SELF, change.account(), change.subscription());
    }

    /** Asks Stripe to forget a change that was given up; what its invoice says then decides, for the payment may have come first. */
    Progress cancel(PlanChange change) {
        HaltingPoint.BEFORE_STRIPE.pass();
        try {
            return change.charges() ? takeBack(change) : arrangements.takeBack(change);
        } catch (StripeUnavailableException | StripeRefusedException unknown) {
            throw unavailable(unknown);
        }
    }

    private Progress takeBack(PlanChange change) {
        return takeBack(change, Objects.requireNonNull(change.invoice()), () -> canceled(change));
    }

    private Progress takeBack(PlanChange change, String billedOn, Supplier<Progress> takenBack) {
        StripeInvoice invoice = requests.takeBack(billedOn);
        HaltingPoint.AFTER_STRIPE.pass();
        return switch (invoice.status()) {
            case "void" -> takenBack.get();
            case "paid" -> applied(change, requests.read(known(change)), null, null);
            case String undecided -> {
                LOG.warn("Plan change {} cannot be taken back yet: its invoice is {}", change.id(), undecided);
                yield Progress.of(change);
            }
        };
    }

    /** Transaction 2 of a change that was given up: what its invoice had taken from the balance is back, and read with the rest. */
    private Progress canceled(PlanChange change) {
        AtomicBoolean waits = new AtomicBoolean();
        refresh(change, ended(now -> waits.set(changes.failed(change, State.CANCELED, null, null, clock.instant()) && arrangements.again(now, clock.instant()))));
        if (waits.get()) {
            arrangements.keepUp(change);
        }
        return stored(change);
    }

    /** Stripe has not acted, and is asked again; a charge never begins too late. */
    private Progress notHappened(PlanChange change) {
        if (change.state() == State.ACTION_REQUIRED) {
            return unconfirmed(change);
        }
        Instant now = clock.instant();
        if (change.startsPeriod() && change.mayBeMade() && !now.isBefore(change.pricedAt()) && now.isBefore(arrangements.telling(change.pricedAt()))) {
            return Progress.of(change);
        }
        return clock.instant().isBefore(change.quoteExpiresAt()) ? previewThenAsk(change, known(change)) : expired(change);
    }

    private Progress unconfirmed(PlanChange change) {
        return failed(change, State.DECLINED, "authentication_expired", "The payment was not confirmed in time");
    }

    private Progress expired(PlanChange change) {
        return change.dated()
                ? failed(change, State.ABANDONED, DatedChanges.MISSED, DatedChanges.TOO_LATE)
                : failed(change, State.ABANDONED, "quote_expired", "The quote expired before Stripe could be asked");
    }

    /** What the card's holder needs to confirm, asked of Stripe if need be; empty when there is nothing to confirm any more. */
    Optional<String> clientSecret(Progress progress) {
        PlanChange change = progress.change();
        try {
            return Optional.ofNullable(progress.clientSecret()).or(() -> pendingSecret(change));
        } catch (StripeUnavailableException | StripeRefusedException unknown) {
            throw unavailable(unknown);
        }
    }

    private Optional<String> pendingSecret(PlanChange change) {
        return requests.pending(known(change)) instanceof PaymentOutcome.ActionRequired(String _, String secret, Instant _)
                ? Optional.of(secret)
                : Optional.empty();
    }

    private Progress failed(PlanChange change, State state, String code, String message) {
        if (change.dated()) {
            LOG.warn("Plan change {} was not made at its date, and ends {}: {}", change.id(), state, code);
        }
        if (change.startsPeriod() && change.mayBeMade()) {
            requests.forget(known(change));
        }
        arrangements.unmade(change, () -> changes.failed(change, state, code, message, clock.instant()));
        return stored(change);
    }

    private Progress stored(PlanChange change) {
        return Progress.of(changes.byId(change.account(), change.id()).orElseThrow());
    }

    private static HeadroomException unavailable(RuntimeException cause) {
        LOG.warn("The outcome of a change is not known yet: {}", cause.getMessage());
        return HeadroomException.of(
                ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe did not answer; the change is being followed up. Repeat with the same idempotency key to learn the outcome");
    }
}
