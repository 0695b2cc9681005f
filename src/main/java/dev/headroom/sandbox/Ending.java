package dev.headroom.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Ends subscriptions. */
final class Ending {

    private final Session session;

    Ending(Session session) {
        this.session = session;
    }

    /**
     * Cancels at once.
     *
     * @param prorate   credits the unused time
     * @param invoiceNow invoices that credit, what was used and what waits; otherwise all of it is dropped with the subscription
     */
    void cancelNow(ObjectNode subscription, boolean prorate, boolean invoiceNow) {
        end(subscription, Stream.concat(prorate ? credits(subscription, session.now()).stream() : Stream.of(), used(subscription).stream()).toList(),
                invoiceNow, false);
    }

    /** What is given back when a subscription ends before its periods do. */
    List<Line> credits(ObjectNode subscription, Instant at) {
        List<Line> credits = new ArrayList<>();
        if (!Planner.isTrialing(subscription)) {
            Charges charges = new Charges(session);
            Reductions reductions = new Discounts(session).active(subscription, at);
            Item.licensed(Item.of(subscription)).stream().filter(item -> item.period().contains(at))
                    .forEach(item -> credits.addAll(charges.credits(subscription, item, reductions, at)));
        }
        return credits;
    }

    /** Cancels when the time that was set for it has come: what still waits is invoiced for the last time. */
    void cancelOnTime(ObjectNode subscription) {
        end(subscription, used(subscription), true, true);
    }

    private List<Line> used(ObjectNode subscription) {
        return new Metering(session).lines(subscription, Item.of(subscription).stream(), session.now());
    }

    private void end(ObjectNode subscription, List<Line> credits, boolean invoiceNow, boolean onTime) {
        new PendingUpdates(session).discard(subscription);
        stopCollecting(subscription);
        if (invoiceNow && !(credits.isEmpty() && new WaitingItems(session).of(subscription).isEmpty())) {
            Instant now = session.now();
            ObjectNode invoice = new Billing(session).draft(subscription, credits, Billing.Reason.SUBSCRIPTION_UPDATE, new Span(now, now));
            Settlement settlement = new Settlement(session);
            settlement.issue(invoice);
            settlement.collect(invoice, Updating.paymentMethod(session, subscription));
            subscription.put("latest_invoice", Json.text(invoice, "id"));
        }
        new WaitingItems(session).drop(subscription);
        subscription.put("status", "canceled");
        Json.put(subscription, "ended_at", session.now());
        if (subscription.path("canceled_at").isNull()) {
            Json.put(subscription, "canceled_at", session.now());
            ((ObjectNode) subscription.path("cancellation_details")).put("reason", "cancellation_requested");
        }
        new Scheduling(session).ended(subscription, onTime);
        session.save(subscription);
        session.announce("customer.subscription.deleted", subscription);
    }

    /** Open invoices stay open, but nobody tries to collect them by themselves any more. */
    private void stopCollecting(ObjectNode subscription) {
        String customer = Json.required(subscription, "customer");
        session.documents().all(Kind.INVOICE, customer, List.of(Kind.term("status", "open"),
                Kind.term("subscription", Json.required(subscription, "id")))).forEach(invoice -> {
            invoice.put("auto_advance", false).putNull("next_payment_attempt");
            session.save(invoice);
        });
    }
}
