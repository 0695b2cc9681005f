package dev.headroom.change;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.approval.ApprovalReason;
import dev.headroom.approval.Approvals;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.change.Start.State;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeGateway.PaymentOutcome;
import dev.headroom.stripe.StripeGateway.CreateSubscription;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.StripeUnavailableException;
import dev.headroom.subscription.SubscriptionId;
import dev.headroom.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private static final long MOST_SEATS = 1_000_000;
    /** Stripe's own limit. */
    private static final long LONGEST_TRIAL_DAYS = 730;

    private final StartRepository starts;
    private final SubscriptionMirrors mirrors;
    private final StripeGateway stripe;
    private final StripeLinksRepository links;
    private final Catalog catalog;
    private final Approvals approvals;
    private final InstantSource clock;

    StartExecutions(
            StartRepository starts, SubscriptionMirrors mirrors, StripeGateway stripe, StripeLinksRepository links, Catalog catalog,
            Approvals approvals, InstantSource clock) {
        this.starts = starts;
        this.mirrors = mirrors;
        this.stripe = stripe;
        this.links = links;
        this.catalog = catalog;
        this.approvals = approvals;
        this.clock = clock;
    }

    Instant leaseEnd() {
        return clock.instant().plus(LEASE);
    }

    StartTerms terms(StartSubscription command, Account account) {
        CatalogSnapshot known = catalog.snapshot();
        Plan plan = known.requirePlan("input.plan", command.plan());
        Optional<PlanVersion> version = known.onSale(plan);
        if (version.isEmpty()) {
            return new StartTerms.NotOnSale(plan);
        }
        Interval interval = Optional.ofNullable(command.interval()).orElse(Interval.MONTH);
        PlanPrice price = version.get().price(interval, account.currency()).orElseThrow(() -> HeadroomException.invalid(
                "input.interval", plan.name() + " has no price by the " + interval + " in " + account.currency()));
        return new StartTerms.Sold(version.get(), price, quantity(command, price), trialUntil(command));
    }

    /** Why the vendor alone can start this; empty where whoever wants it may. */
    List<ApprovalReason> reasons(StartTerms.Sold sold) {
        return approvals.ofStart(sold.version(), sold.price(), sold.quantity());
    }

    private static long quantity(StartSubscription command, PlanPrice price) {
        boolean flat = price.price().model() instanceof ChargeModel.Flat;
        if (flat && command.seats() != null) {
            throw HeadroomException.invalid("input.seats", "This plan has one price whatever the number of seats; leave it out");
        }
        return Check.between("input.seats", Optional.ofNullable(command.seats()).orElse(1L), 1, MOST_SEATS);
    }

    private @Nullable Instant trialUntil(StartSubscription command) {
        long days = Check.between("input.trialDays", Optional.ofNullable(command.trialDays()).orElse(0), 0, LONGEST_TRIAL_DAYS);
        return days == 0 ? null : clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
    }

    Start intent(Actor actor, Account account, StartTerms.Sold sold) {
        String customer = Optional.ofNullable(account.stripeCustomer()).orElseThrow();
        return new Start(
                account.id(), new SubscriptionId(Ids.next()), sold.version().plan().product(), customer, sold.price().id(), sold.quantity(),
                sold.trialUntil(), State.REQUESTED, actor.name(), clock.instant(), null, null);
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

    /** Only a refusal of this request means that nothing began. */
    private Start ask(Start start) {
        PaymentOutcome outcome;
        try {
            outcome = stripe.create(request(start), "start:" + start.id());
        } catch (StripeRefusedException refused) {
            return ended(start, State.REFUSED, refused.code(), refused.getMessage());
        }
        return settle(start, outcome);
    }

    /** Finds out at Stripe what became of a start whose worker is gone, and finishes it; what has not begun in time never begins. */
    Start resume(Start start) {
        try {
            Optional<StripeSubscription> there = stripe.startedAs(start.customer(), start.id().toString());
            if (there.isPresent()) {
                return started(start, there.get());
            }
            return clock.instant().isBefore(start.requestedAt().plus(PATIENCE))
                    ? carryOut(start)
                    : ended(start, State.ABANDONED, "start_abandoned", "Stripe could not be asked in time; nothing was charged");
        } catch (StripeUnavailableException | StripeRefusedException | HeadroomException later) {
            LOG.warn("The start {} could not be resumed: {}", start.id(), later.getMessage());
            return start;
        }
    }

    private Start settle(Start start, PaymentOutcome outcome) {
        HaltingPoint.AFTER_STRIPE.pass();
        return switch (outcome) {
            case PaymentOutcome.Paid(StripeSubscription paid) -> started(start, paid);
            case PaymentOutcome.Declined(String code, String message) -> ended(start, State.DECLINED, code, message);
            case PaymentOutcome.ActionRequired(String _, String _, Instant _) ->
                ended(start, State.DECLINED, "authentication_required", "The bank wants the card's holder to confirm");
        };
    }

    private Start started(Start start, StripeSubscription paid) {
        mirrors.refresh(SELF, start.account(), start.id(), paid.id(), "start:" + start.id(), _ -> {
            starts.end(start, State.STARTED, null, null);
            HaltingPoint.BEFORE_COMMIT.pass();
        });
        return stored(start);
    }

    private Start ended(Start start, State state, String code, String message) {
        starts.end(start, state, code, message);
        return stored(start);
    }

    private Start stored(Start start) {
        return starts.byId(start.account(), start.id()).orElseThrow();
    }

    private CreateSubscription request(Start start) {
        String price = links.remote(Kind.PRICE, start.price().value()).orElseThrow(() -> HeadroomException.of(
                ErrorCode.STRIPE_UNAVAILABLE, null, "Stripe does not know this price yet; try again in a minute"));
        return new CreateSubscription(start.customer(), price, start.quantity(), start.trialUntil(), start.id().toString());
    }

    Plan plan(Start start) {
        return catalog.snapshot().versionOf(start.price()).plan();
    }

    Optional<Start> takeUnfinished() {
        return starts.takeUnfinished(clock.instant(), leaseEnd());
    }
}
