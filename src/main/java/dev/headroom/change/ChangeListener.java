package dev.headroom.change;

import dev.headroom.actor.Actor;
import dev.headroom.stripe.StripeObjectChanged;
import dev.headroom.subscription.Subscriptions;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Follows what happens to subscriptions at Stripe by itself: renewals, failed payments, confirmations, ends. */
@Component
class ChangeListener {

    private static final Actor.System SELF = new Actor.System("stripe");

    private final Subscriptions subscriptions;
    private final SubscriptionMirrors mirrors;
    private final PlanChangeRepository changes;
    private final ChangeExecutions executions;

    ChangeListener(Subscriptions subscriptions, SubscriptionMirrors mirrors, PlanChangeRepository changes, ChangeExecutions executions) {
        this.subscriptions = subscriptions;
        this.mirrors = mirrors;
        this.changes = changes;
        this.executions = executions;
    }

    /** A subscription that is not ours, or not yet, is somebody else's business. */
    @EventListener
    void on(StripeObjectChanged changed) {
        subscriptions.byStripeId(SELF, changed.subscription()).ifPresent(ours -> {
            changes.open(ours.account(), ours.id())
                    .filter(change -> change.state() == PlanChange.State.ACTION_REQUIRED)
                    .ifPresent(executions::resume);
            mirrors.refresh(SELF, ours.account(), ours.id(), ours.stripeId(), "stripe:" + changed.eventId(), _ -> {});
        });
    }
}
