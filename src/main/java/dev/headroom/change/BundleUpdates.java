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

/** Gives items their bundles' discounts at Stripe, or takes them away. Nothing is billed by it: the next invoice is another. */
@Service
class BundleUpdates {

    private final PlanChangeRepository changes;
    private final StripeGateway stripe;
    private final TermsRequests requests;
    private final Arrangements arrangements;
    private final SubscriptionMirrors mirrors;
    private final InstantSource clock;

    BundleUpdates(
            PlanChangeRepository changes, StripeGateway stripe, TermsRequests requests, Arrangements arrangements, SubscriptionMirrors mirrors,
            InstantSource clock) {
        this.changes = changes;
        this.stripe = stripe;
        this.requests = requests;
        this.arrangements = arrangements;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    /** False while something else is under way with the subscription: an update would give up one that waits for its payment. */
    boolean make(Actor.System actor, AccountSubscription subscription, SubscriptionTerms wanted) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        boolean busy = changes.open(subscription.account(), subscription.id()).isPresent() || !subscription.period().contains(at);
        if (busy || stripe.subscription(subscription.stripeId()).pending()) {
            return false;
        }
        SubscriptionTerms unbilled = new SubscriptionTerms(wanted.items(), wanted.renews(), List.of(), false, false, null, null);
        HaltingPoint.BEFORE_STRIPE.pass();
        boolean made = stripe.update(requests.of(unbilled, subscription, at), "bundle:" + subscription.id() + ":" + subscription.revision()) instanceof PaymentOutcome.Paid;
        HaltingPoint.AFTER_STRIPE.pass();
        arrangements.agree(subscription, wanted);
        mirrors.refresh(actor, subscription.account(), subscription.id(), subscription.stripeId(), "bundle:" + subscription.id(), _ -> HaltingPoint.BEFORE_COMMIT.pass());
        return made;
    }
}
