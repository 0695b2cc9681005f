package dev.headroom.change;

import dev.headroom.preview.Previews;
import dev.headroom.preview.TermsRequests;
import dev.headroom.pricing.Invoice;
import dev.headroom.stripe.StripeGateway;
import dev.headroom.stripe.StripeGateway.PaymentOutcome;
import dev.headroom.stripe.StripeInbox;
import dev.headroom.stripe.StripeInvoice;
import dev.headroom.stripe.StripeScheduleGateway;
import dev.headroom.stripe.StripeSubscription;
import dev.headroom.subscription.AccountSubscription;
import org.springframework.stereotype.Service;

/** A change in Stripe's words: what is asked for, what it would be charged, whether it is in force or waits for its payment. */
@Service
class ChangeRequests {

    private final TermsRequests requests;
    private final Previews previews;
    private final StripeGateway stripe;
    private final StripeScheduleGateway schedules;
    private final StripeInbox inbox;

    ChangeRequests(TermsRequests requests, Previews previews, StripeGateway stripe, StripeScheduleGateway schedules, StripeInbox inbox) {
        this.requests = requests;
        this.previews = previews;
        this.stripe = stripe;
        this.schedules = schedules;
        this.inbox = inbox;
    }

    /** Asks Stripe to make it; what that charges is charged, or nothing is changed. */
    PaymentOutcome ask(PlanChange change, AccountSubscription subscription, String idempotencyKey) {
        return change.to().over()
                ? new PaymentOutcome.Paid(stripe.end(subscription.stripeId(), change.to().prorated(), idempotencyKey), null)
                : stripe.update(requests.of(change.to(), subscription, change.pricedAt()), idempotencyKey);
    }

    /** All that Stripe did for it is recorded: what Stripe will tell of that, nobody need look at. */
    void settled(PlanChange change) {
        inbox.settled(change.stripeKey(change.attempt()));
    }

    /** Has Stripe begin a new period by itself at the promised second, which no request could hit; twice does no more than once. */
    void startPeriod(PlanChange change, AccountSubscription subscription) {
        schedules.startPeriod(subscription.stripeId(), change.pricedAt());
    }

    /** Has Stripe forget that, if it knows. */
    void forget(AccountSubscription subscription) {
        schedules.changeNothing(subscription.stripeId());
    }

    /** What Stripe would bill for the promised second. */
    Invoice preview(PlanChange change, AccountSubscription subscription) {
        return previews.now(subscription, change.to(), change.pricedAt()).invoice(change.pricedAt());
    }

    boolean inForce(PlanChange change, StripeSubscription read) {
        if (change.startsPeriod()) {
            return read.items().stream().anyMatch(item -> item.period().from().equals(change.pricedAt()));
        }
        return requests.inForce(change.to(), change.movesItems(), read);
    }

    StripeSubscription read(AccountSubscription subscription) {
        return stripe.subscription(subscription.stripeId());
    }

    /** How the payment stands that an update waits for. */
    PaymentOutcome pending(AccountSubscription subscription) {
        return stripe.pending(subscription.stripeId());
    }

    /** Takes an update back that waits for its payment; its invoice as it is then, void or paid by whoever came first. */
    StripeInvoice takeBack(String invoice) {
        return stripe.cancel(invoice);
    }
}
