package dev.headroom.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** What an invoice's fate means for its subscription, when it is decided after the request that made the invoice. */
final class Outcomes {

    private final Session session;

    Outcomes(Session session) {
        this.session = session;
    }

    void paid(ObjectNode invoice) {
        ObjectNode subscription = subscription(invoice);
        if (isPending(subscription, invoice)) {
            PendingUpdates updates = new PendingUpdates(session);
            updates.carryOut(subscription);
            new Discounts(session).expire(subscription, Billing.usedDiscounts(invoice), session.now());
            session.update(subscription);
            session.announce("customer.subscription.pending_update_applied", subscription);
            return;
        }
        boolean latest = Json.required(invoice, "id").equals(Json.text(subscription, "latest_invoice"));
        String status = Json.required(subscription, "status");
        if (latest && (status.equals("incomplete") || status.equals("past_due") || status.equals("unpaid"))) {
            subscription.put("status", subscription.path("trial_end").isNumber()
                    && Json.instant(subscription, "trial_end").isAfter(session.now()) ? "trialing" : "active");
            new Discounts(session).expire(subscription, Billing.usedDiscounts(invoice), session.now());
            session.update(subscription);
        }
    }

    void voided(ObjectNode invoice) {
        ObjectNode subscription = subscription(invoice);
        if (isPending(subscription, invoice)) {
            new PendingUpdates(session).discard(subscription);
            session.update(subscription);
        } else if ("incomplete".equals(Json.text(subscription, "status"))) {
            subscription.put("status", "incomplete_expired");
            Json.put(subscription, "ended_at", session.now());
            session.update(subscription);
        }
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return session.load(Kind.SUBSCRIPTION, Json.required(invoice.path("parent").path("subscription_details"), "subscription"));
    }

    private static boolean isPending(ObjectNode subscription, ObjectNode invoice) {
        return Json.required(invoice, "id").equals(PendingUpdates.invoice(subscription));
    }
}
