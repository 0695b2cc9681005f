package dev.headroom.change;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.preview.TermsRequests;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfCustomer;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfInvoice;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfPayment;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged.OfSubscription;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.Subscriptions;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Follows what happens at Stripe by itself: renewals, failed payments, confirmations, ends, balances. */
@Component
class ChangeListener {

    private static final Actor.System SELF = new Actor.System("stripe");

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final SubscriptionMirrors mirrors;
    private final PlanChangeRepository changes;
    private final ChangeExecutions executions;
    private final TermsRequests requests;

    ChangeListener(
            Accounts accounts, Subscriptions subscriptions, SubscriptionMirrors mirrors, PlanChangeRepository changes, ChangeExecutions executions,
            TermsRequests requests) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.mirrors = mirrors;
        this.changes = changes;
        this.executions = executions;
        this.requests = requests;
    }

    /** What is not ours, or not yet, is somebody else's business. */
    @EventListener
    void on(StripeObjectChanged changed) {
        String cause = "stripe:" + changed.eventId();
        switch (changed) {
            case OfSubscription(var _, String id) -> subscriptions.byStripeId(SELF, id).ifPresent(ours -> follow(ours, cause));
            case OfCustomer(var _, String id) -> accounts.byCustomer(SELF, id).ifPresent(
                    account -> subscriptions.live(SELF, account.id()).forEach(ours -> read(ours, cause, true)));
            case OfInvoice _, OfPayment _ -> { }
        }
    }

    private void follow(AccountSubscription ours, String cause) {
        changes.open(ours.account(), ours.id())
                .filter(change -> change.state() == PlanChange.State.ACTION_REQUIRED)
                .ifPresent(executions::resume);
        read(ours, cause, false);
    }

    /**
     * What an unfinished change has done by then is its doing, whatever told of it.
     *
     * @param looks whether it is looked what waits for an invoice too, of which only a customer's events tell
     */
    private void read(AccountSubscription ours, String cause, boolean looks) {
        Optional<PlanChange> open = changes.open(ours.account(), ours.id());
        mirrors.refresh(SELF, ours, read -> open
                .filter(change -> requests.inForce(change.to(), change.movesItems(), read))
                .map(PlanChange::cause)
                .or(() -> Arrangements.cause(ours, read))
                .orElse(cause), looks);
    }
}
