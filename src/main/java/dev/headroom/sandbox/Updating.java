package dev.headroom.sandbox;

import dev.headroom.sandbox.Change.PaymentBehavior;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Carries out what {@link Planner} worked out, and lets the payment decide where the request says so. */
final class Updating {

    private final Session session;
    private final Billing billing;
    private final Settlement settlement;
    private final PendingUpdates pendingUpdates;
    private final Discounts discounts;

    Updating(Session session) {
        this.session = session;
        this.billing = new Billing(session);
        this.settlement = new Settlement(session);
        this.pendingUpdates = new PendingUpdates(session);
        this.discounts = new Discounts(session);
    }

    /** Changes the document; saving it is left to the caller, who may have more to change. */
    void change(ObjectNode subscription, Change change, PaymentBehavior behavior) {
        if (change.changesNothing() && !new Cutoff(subscription).changesAnything()) {
            return;
        }
        if (behavior == PaymentBehavior.PENDING_IF_INCOMPLETE) {
            requirePendable(change);
            Terms.requireCharging(subscription);
        }
        requireChangeable(subscription);
        pendingUpdates.discard(subscription);
        Plan plan = new Planner(session).plan(subscription, change);
        if (plan.invoicesNow()) {
            invoice(subscription, plan, change, behavior);
        } else {
            new WaitingItems(session).park(plan);
            carryOut(plan.subscription(), subscription);
        }
    }

    /** An invoice over the plan's lines and what waited; a preview shows the same document. */
    static ObjectNode draft(Billing billing, Session session, Plan plan, Billing.Reason reason) {
        List<ObjectNode> waiting = plan.takesWaiting() ? new WaitingItems(session).lines(plan.subscription()) : List.of();
        ObjectNode invoice = billing.draft(plan.subscription(), waiting, plan.lines(), reason, new Span(session.now(), session.now()));
        Json.put((ObjectNode) invoice.path("parent").path("subscription_details"), "subscription_proration_date", plan.at());
        return invoice;
    }

    private void invoice(ObjectNode subscription, Plan plan, Change change, PaymentBehavior behavior) {
        ObjectNode planned = plan.subscription();
        ObjectNode invoice = draft(billing, session, plan, Billing.Reason.SUBSCRIPTION_UPDATE);
        settlement.issue(invoice);
        Billing.bind(planned, invoice);
        discounts.commit(planned);
        String paymentMethod = paymentMethod(session, planned);
        if (behavior == PaymentBehavior.PENDING_IF_INCOMPLETE && paymentMethod == null && "open".equals(Json.text(invoice, "status"))) {
            // Nothing could ever pay for it: there is no update to wait.
            throw StripeError.invalid("resource_missing", null, Decline.NO_PAYMENT_METHOD.message());
        }
        Optional<Decline> decline = behavior == PaymentBehavior.DEFAULT_INCOMPLETE
                ? unattempted(invoice) : settlement.collect(invoice, paymentMethod);
        subscription.put("latest_invoice", Json.text(invoice, "id"));
        if (decline.isEmpty()) {
            if ("past_due".equals(Json.text(planned, "status")) && "paid".equals(Json.text(invoice, "status"))) {
                // Stripe judges by the latest invoice, which is now this one.
                planned.put("status", "active");
            }
            discounts.expire(planned, Billing.usedDiscounts(invoice), session.now());
            carryOut(planned, subscription);
            return;
        }
        switch (behavior) {
            case ERROR_IF_INCOMPLETE -> throw StripeError.card(decline.get(), false);
            case PENDING_IF_INCOMPLETE -> pendingUpdates.park(subscription, planned, invoice, change);
            case ALLOW_INCOMPLETE, DEFAULT_INCOMPLETE -> {
                carryOut(planned, subscription);
                subscription.put("status", "past_due");
                if (behavior == PaymentBehavior.ALLOW_INCOMPLETE) {
                    settlement.retryLater(invoice);
                }
            }
        }
    }

    private void carryOut(ObjectNode planned, ObjectNode subscription) {
        discounts.commit(planned);
        Plan.apply(planned, subscription);
    }

    /** {@code default_incomplete} leaves the first attempt to the customer. */
    static Optional<Decline> unattempted(ObjectNode invoice) {
        return "paid".equals(Json.text(invoice, "status")) ? Optional.empty() : Optional.of(Decline.AUTHENTICATION_REQUIRED);
    }

    /** What pays for a subscription: its own payment method, else its customer's. */
    static @Nullable String paymentMethod(Session session, ObjectNode subscription) {
        String own = Json.text(subscription, "default_payment_method");
        return own != null ? own : Json.text(session.load(Kind.CUSTOMER, Json.required(subscription, "customer"))
                .path("invoice_settings"), "default_payment_method");
    }

    private static void requirePendable(Change change) {
        change.items().stream().filter(item -> !item.isPendable()).findFirst().ifPresent(item -> {
            throw StripeError.invalid(null, item.parameter().replace("[id]", ""), "When using `payment_behavior=pending_if_incomplete`, you can "
                    + "only update the `price` and `quantity` of an item. Send everything else in another request.");
        });
    }

    private static void requireChangeable(ObjectNode subscription) {
        String status = Json.required(subscription, "status");
        if (status.equals("canceled") || status.equals("incomplete_expired")) {
            throw StripeError.invalid("resource_missing", "id",
                    "A canceled subscription can only update its cancellation_details and metadata.");
        }
        if (status.equals("incomplete")) {
            throw StripeError.invalid(null, null,
                    "This subscription's first invoice is not paid: pay or void it before changing the subscription.");
        }
    }
}
