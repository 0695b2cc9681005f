package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.preview.TermsRequests;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeGateway.PaymentOutcome;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.SubscriptionTerms;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Gives items their bundles' discounts at Stripe, or takes them away. Nothing is billed by it: the next invoice is another. So Stripe is told first what it makes of
 * what waits for that invoice: nobody can decline this, and whoever dies over it leaves a next period that is right whether or not it came to more.
 */
@Service
class BundleUpdates {

    private final StripeGateway stripe;
    private final TermsRequests requests;
    private final Arrangements arrangements;
    private final ArrangementExecutions executions;
    private final SubscriptionMirrors mirrors;
    private final InstantSource clock;

    BundleUpdates(
            StripeGateway stripe, TermsRequests requests, Arrangements arrangements, ArrangementExecutions executions, SubscriptionMirrors mirrors,
            InstantSource clock) {
        this.stripe = stripe;
        this.requests = requests;
        this.arrangements = arrangements;
        this.executions = executions;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    /** False while something else is under way with the subscription: an update would give up one that waits for its payment. */
    boolean make(Actor.System actor, AccountSubscription subscription, SubscriptionTerms wanted) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!subscription.period().contains(at) || stripe.subscription(subscription.stripeId()).pending() || !executions.hold(subscription)) {
            return false;
        }
        HaltingPoint.BEFORE_STRIPE.pass();
        try {
            return level(actor, subscription, wanted, at);
        } finally {
            executions.letGo(subscription);
        }
    }

    private boolean level(Actor.System actor, AccountSubscription subscription, SubscriptionTerms wanted, Instant at) {
        arrangements.agree(subscription, wanted);
        SubscriptionTerms unbilled = new SubscriptionTerms(wanted.items(), wanted.renews(), List.of(), false, false, null, null);
        boolean made = stripe.update(requests.of(unbilled, subscription, at), "bundle:" + subscription.id() + ":" + subscription.revision()) instanceof PaymentOutcome.Paid;
        HaltingPoint.AFTER_STRIPE.pass();
        mirrors.refresh(actor, subscription.account(), subscription.id(), subscription.stripeId(), "bundle:" + subscription.id(), _ -> HaltingPoint.BEFORE_COMMIT.pass());
        return made;
    }
}
