package dev.headroom.change;

import dev.headroom.account.AccountId;
import dev.headroom.actor.Actor;
import dev.headroom.change.Arrangements.LeftOut;
import dev.headroom.change.PlanChange.State;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.subscription.Subscriptions;
import dev.headroom.subscription.Subscriptions.Known;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The part between its two transactions of a change that charges nothing: Stripe is told what to do when the period ends. */
@Service
class ArrangementExecutions {

    private static final Logger LOG = LoggerFactory.getLogger(ArrangementExecutions.class);
    private static final Actor.System SELF = new Actor.System("change");
    /** Longer than the few calls to Stripe can take with their retries. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** A lease that whoever comes first may take. */
    private static final Instant NOBODYS = Instant.EPOCH;
    private static final String SWEPT = "sweep";

    private final PlanChangeRepository changes;
    private final Arrangements arrangements;
    private final SubscriptionMirrors mirrors;
    private final Subscriptions subscriptions;
    private final StripeGateway stripe;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ArrangementExecutions(
            PlanChangeRepository changes, Arrangements arrangements, SubscriptionMirrors mirrors, Subscriptions subscriptions, StripeGateway stripe,
            TransactionTemplate transaction, InstantSource clock) {
        this.changes = changes;
        this.arrangements = arrangements;
        this.mirrors = mirrors;
        this.subscriptions = subscriptions;
        this.stripe = stripe;
        this.transaction = transaction;
        this.clock = clock;
    }

    Progress carryOut(PlanChange change) {
        if (change.attempt() > 0) {
            return carriedOutAgain(change);
        }
        Optional<StripeRefusedException> refused = arranged(change);
        if (refused.isPresent()) {
            return Arrangements.isOvertaken(refused.get()) ? tooLate(change) : withdrawn(change, refused.get());
        }
        HaltingPoint.AFTER_STRIPE.pass();
        if (change.effectiveAt() == null) {
            refresh(change, () -> {
                if (changes.applied(change, State.APPLIED, change.due(), null, clock.instant()).isPresent()) {
                    arrangements.arranged(SELF, change);
                }
            });
        } else {
            together(() -> changes.scheduled(change, arrangements.telling(change.effectiveAt())));
        }
        return stored(change);
    }

    /** Stripe holds what was agreed before, so that leaving it at a refusal would have that made. */
    private Progress carriedOutAgain(PlanChange change) {
        Optional<LeftOut> leftOut;
        try {
            leftOut = arrangements.arrangeMost(change);
        } catch (StripeRefusedException refused) {
            if (Arrangements.isOvertaken(refused)) {
                return overtaken(change);
            }
            throw refused;
        }
        HaltingPoint.AFTER_STRIPE.pass();
        together(() -> {
            leftOut.ifPresent(rest -> arrangements.drop(change, rest));
            if (leftOut.filter(rest -> rest.changes().contains(change.id())).isPresent()) {
                StripeRefusedException why = leftOut.get().why();
                changes.failed(change, State.REFUSED, why.code(), why.getMessage(), clock.instant());
            } else {
                changes.scheduled(change, arrangements.telling(Objects.requireNonNull(change.effectiveAt())));
            }
        });
        return stored(change);
    }

    /**
     * It was promised for a period that is over by now, or ends at another time; the next quote is for the one that runs. Whoever died over it may
     * have told Stripe in time, though.
     */
    private Progress tooLate(PlanChange change) {
        return arrangements.made(change, stripe.subscription(known(change).stripeId())) ? overtaken(change) : untold(change);
    }

    /** What Stripe never heard of it cannot make, and nobody needs to look why it did not. */
    private Progress untold(PlanChange change) {
        LOG.warn("Plan change {} was for a period that began before Stripe could be told, and is given up", change.id());
        together(() -> {
            arrangements.drop(SELF, change);
            changes.failed(change, State.ABANDONED, "quote_expired", "The period ended before Stripe could be told", clock.instant());
        });
        look(change);
        return stored(change);
    }

    /** What was arranged for a period that has begun meanwhile was made by Stripe or will never be: the subscription says which, or for when it waits now. */
    private Progress overtaken(PlanChange change) {
        together(() -> changes.scheduled(change, clock.instant()));
        look(change);
        changes.reopen(change, clock.instant(), leaseEnd());
        return stored(change);
    }

    /** An end that Stripe refuses may have had it forget what waits. */
    private Progress withdrawn(PlanChange change, StripeRefusedException refused) {
        together(() -> {
            arrangements.drop(SELF, change);
            changes.failed(change, State.REFUSED, refused.code(), refused.getMessage(), clock.instant());
            if (change.effectiveAt() == null) {
                again(known(change), clock.instant());
            }
        });
        keepUp(change);
        return stored(change);
    }

    /** Until when it is waited for that Stripe makes what it was told for a time. */
    Instant telling(Instant effectiveAt) {
        return arrangements.telling(effectiveAt);
    }

    /** Whether this process works on a change from now on, whoever had begun it being gone. */
    boolean takes(PlanChange change) {
        return changes.take(change, clock.instant(), leaseEnd());
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    /**
     * Has Stripe agree with another order of the queue; where it refuses, the one before stands again.
     *
     * @param change that is being carried out again for it
     */
    Optional<StripeRefusedException> rearrange(PlanChange change, List<UUID> before) {
        HaltingPoint.BEFORE_STRIPE.pass();
        Optional<StripeRefusedException> refusal = arranged(change);
        HaltingPoint.AFTER_STRIPE.pass();
        together(() -> {
            if (refusal.isPresent()) {
                arrangements.reorder(SELF, change, before);
            }
            changes.scheduled(change, arrangements.telling(Objects.requireNonNull(change.effectiveAt())));
        });
        return refusal;
    }

    private Optional<StripeRefusedException> arranged(PlanChange change) {
        try {
            arrangements.arrange(change);
            return Optional.empty();
        } catch (StripeRefusedException refused) {
            return Optional.of(refused);
        }
    }

    /** What waited before is told again because the subscription was altered, of which nobody may have heard: it is read first. */
    Progress resume(PlanChange change) {
        if (change.state() == State.REQUESTED && change.attempt() > 0) {
            mirrors.refresh(SELF, change.account(), change.subscription(), known(change).stripeId(), SWEPT, _ -> {});
        }
        return goOn(change);
    }

    private Progress goOn(PlanChange change) {
        if (change.state() == State.CANCELING) {
            return takeBack(change);
        }
        if (change.effectiveAt() == null || clock.instant().isBefore(change.effectiveAt())) {
            return carryOut(change);
        }
        boolean told = change.attempt() > 0 || !arrangements.missed(change, stripe.subscription(known(change).stripeId()));
        return told ? overtaken(change) : untold(change);
    }

    Progress takeBack(PlanChange change) {
        if (!clock.instant().isBefore(Objects.requireNonNull(change.effectiveAt()))) {
            return takeBackLate(change);
        }
        Optional<LeftOut> leftOut;
        try {
            leftOut = arrangements.arrangeMost(change);
        } catch (StripeRefusedException refused) {
            if (Arrangements.isOvertaken(refused)) {
                return takeBackLate(change);
            }
            throw refused;
        }
        HaltingPoint.AFTER_STRIPE.pass();
        together(() -> {
            leftOut.ifPresent(rest -> arrangements.drop(change, rest));
            changes.failed(change, State.CANCELED, null, null, clock.instant());
        });
        return stored(change);
    }

    /** It may have been made before Stripe could be told; then it stands. Otherwise Stripe may hold it for another time, and is told the rest anew. */
    private Progress takeBackLate(PlanChange change) {
        if (arrangements.made(change, stripe.subscription(known(change).stripeId()))) {
            refresh(change, () -> changes.applied(change, State.APPLIED, change.due(), null, clock.instant()));
        } else {
            arrangements.arrangeNothing(known(change));
            refresh(change, () -> {
                changes.failed(change, State.CANCELED, null, null, clock.instant());
                again(known(change), clock.instant());
            });
            keepUp(change);
        }
        return stored(change);
    }

    /**
     * Before Stripe is asked for a change at once: what it was told to make of the subscription as it is would be wrong of what it becomes, and would be
     * made, and billed, if nobody was there to tell it otherwise.
     */
    void release(AccountSubscription subscription) {
        if (!subscription.undated().scheduled().isEmpty()) {
            arrangements.arrangeNothing(subscription);
        }
    }

    /**
     * Ends a change at once that was not made; what was kept from Stripe for it is told again.
     *
     * @param ending whether it has ended by this
     */
    void unmade(PlanChange change, BooleanSupplier ending) {
        AtomicBoolean waits = new AtomicBoolean();
        together(() -> waits.set(ending.getAsBoolean() && change.attempt() > 0 && again(known(change), clock.instant())));
        if (waits.get()) {
            keepUp(change);
        }
    }

    /**
     * In the transaction that ends a change at once: what waits beside it is made of something else by now, and is to be told Stripe anew.
     *
     * @param now   as it is stored by now
     * @param since when what ends became of it
     * @return whether Stripe is to be told
     */
    boolean again(AccountSubscription now, Instant since) {
        if (!now.scheduled().isEmpty()) {
            arrangements.tell(now, since);
            lastOf(now).forEach(change -> changes.reopen(change, clock.instant(), NOBODYS));
        }
        return Known.of(now).arranged();
    }

    /** Tells Stripe that; the change at once has ended whatever comes of it, and the sweeper goes on. */
    void keepUp(PlanChange ended) {
        beingTold(ended.account(), ended.subscription()).filter(this::takes).ifPresent(waiting -> tell(waiting, this::goOn));
    }

    private Optional<PlanChange> beingTold(AccountId account, SubscriptionId subscription) {
        return changes.open(account, subscription).filter(open -> !open.charges() && open.state() == State.REQUESTED);
    }

    private static void tell(PlanChange waiting, Consumer<PlanChange> telling) {
        try {
            telling.accept(waiting);
        } catch (RuntimeException later) {
            LOG.warn("Stripe could not be told of plan change {} yet: {}", waiting.id(), later.toString());
        }
    }

    /**
     * Before something else than a change alters a subscription: what waits for the end of its period is being carried out again from here on, which keeps
     * others from it, and has the sweeper tell Stripe the rest anew where nobody else does.
     *
     * @return false where somebody else is at work, or the subscription is not what it was
     */
    boolean hold(AccountSubscription subscription) {
        return Boolean.TRUE.equals(transaction.execute(_ -> subscriptions.lockedAt(subscription.account(), subscription.id(), subscription.version())
                && changes.open(subscription.account(), subscription.id()).isEmpty()
                && lastOf(subscription).allMatch(last -> changes.reopen(last, clock.instant(), leaseEnd()))));
    }

    /** After that, whatever came of it. */
    void letGo(AccountSubscription held) {
        if (!held.undated().scheduled().isEmpty()) {
            beingTold(held.account(), held.id()).ifPresent(waiting -> tell(waiting, this::resume));
        }
    }

    /** Of what waits for the end of the period, the one that tells Stripe of all. */
    private Stream<PlanChange> lastOf(AccountSubscription subscription) {
        return subscription.undated().scheduled().reversed().stream().limit(1).flatMap(last -> changes.byId(subscription.account(), last.change()).stream());
    }

    /** Looks after a change whose time has come, and of which nobody has told. */
    void look(PlanChange change) {
        refresh(change, () -> {});
    }

    private void refresh(PlanChange change, Runnable alongside) {
        mirrors.refresh(SELF, change.account(), change.subscription(), known(change).stripeId(), change.cause(), _ -> {
            alongside.run();
            HaltingPoint.BEFORE_COMMIT.pass();
        });
    }

    private void together(Runnable writes) {
        transaction.executeWithoutResult(_ -> {
            writes.run();
            HaltingPoint.BEFORE_COMMIT.pass();
        });
    }

    private AccountSubscription known(PlanChange change) {
        return subscriptions.byId(SELF, change.account(), change.subscription());
    }

    private Progress stored(PlanChange change) {
        return Progress.of(changes.byId(change.account(), change.id()).orElseThrow());
    }
}
