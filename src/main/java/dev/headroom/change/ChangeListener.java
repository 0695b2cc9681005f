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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final TermsRequests terms;
    private final AnsweredRepository answered;

    ChangeListener(
            Accounts accounts, Subscriptions subscriptions, SubscriptionMirrors mirrors, PlanChangeRepository changes, ChangeExecutions executions,
            TermsRequests terms, AnsweredRepository answered) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.mirrors = mirrors;
        this.changes = changes;
        this.executions = executions;
        this.terms = terms;
        this.answered = answered;
    }

    /**
     * What is not ours, or not yet, is somebody else's business; what our own requests have done is recorded with their answers, and Stripe is not
     * asked for it again.
     */
    @EventListener
    void on(StripeObjectChanged changed) {
        String cause = "stripe:" + changed.eventId();
        switch (changed) {
            case OfSubscription(var _, String id, Set<String> requests) -> subscriptions.byStripeId(SELF, id)
                    .filter(ours -> !answered.recorded(ours.account(), requests))
                    .ifPresent(ours -> follow(ours, cause));
            case OfCustomer(var _, String id, boolean ofBalanceAlone, Set<String> requests) -> accounts.byCustomer(SELF, id)
                    .map(account -> subscriptions.live(SELF, account.id()))
                    .filter(live -> !(ofBalanceAlone && agree(live) && answered.recorded(live.getFirst().account(), requests)))
                    .ifPresent(live -> live.forEach(ours -> read(ours, cause, !ofBalanceAlone)));
            case OfInvoice _, OfPayment _ -> { }
        }
    }

    /** Whoever records a balance sees to it that all say the same, and may fail at that. */
    private static boolean agree(List<AccountSubscription> live) {
        return live.stream().map(AccountSubscription::balance).distinct().count() == 1;
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
                .filter(PlanChange::mayBeMade)
                .filter(change -> terms.inForce(change.to(), change.movesItems(), read))
                .map(PlanChange::cause)
                .or(() -> Arrangements.cause(ours, read))
                .orElse(cause), looks);
    }
}
