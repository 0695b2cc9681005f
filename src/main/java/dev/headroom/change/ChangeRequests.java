package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.preview.Previews;
import dev.headroom.preview.TermsRequests;
import dev.headroom.pricing.Invoice;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.stripe.StripeSubscription.UpdateSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import org.springframework.stereotype.Service;

/** A change in Stripe's words: what is asked for, what it would be charged, and whether it is in force. */
@Service
class ChangeRequests {

    private static final Actor.System SELF = new Actor.System("change");

    private final Subscriptions subscriptions;
    private final TermsRequests requests;
    private final Previews previews;

    ChangeRequests(Subscriptions subscriptions, TermsRequests requests, Previews previews) {
        this.subscriptions = subscriptions;
        this.requests = requests;
        this.previews = previews;
    }

    UpdateSubscription of(PlanChange change) {
        return of(change, subscription(change));
    }

    UpdateSubscription of(PlanChange change, AccountSubscription subscription) {
        return requests.of(change.to(), subscription, change.quotedAt());
    }

    /** What Stripe would bill at this moment. */
    Invoice preview(PlanChange change, AccountSubscription subscription) {
        return previews.now(subscription, change.to(), change.quotedAt()).invoice(change.quotedAt());
    }

    boolean inForce(PlanChange change, StripeSubscription read) {
        return requests.inForce(change.to(), change.movesItems(), read);
    }

    private AccountSubscription subscription(PlanChange change) {
        return subscriptions.byId(SELF, change.account(), change.subscription());
    }
}
