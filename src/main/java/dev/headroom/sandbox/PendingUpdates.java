package dev.headroom.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Updates that take effect only once their invoice is paid. */
final class PendingUpdates {

    private static final String PENDING = "pending";

    private final Session session;

    PendingUpdates(Session session) {
        this.session = session;
    }

    /** Shows what the subscription will be and keeps the rest of the plan for when it is. */
    void park(ObjectNode subscription, ObjectNode planned, ObjectNode invoice, Change change) {
        Instant expires = session.now().plus(Deadlines.PAYMENT_WINDOW);
        Instant periodEnd = Deadlines.earliestPeriodEnd(subscription);
        ObjectNode pending = Json.object();
        Json.put(pending, "expires_at", periodEnd.isBefore(expires) ? periodEnd : expires);
        Json.put(pending, "billing_cycle_anchor", change.resetAnchor() ? Json.instant(planned, "billing_cycle_anchor") : null);
        Json.put(pending, "trial_end", change.trial() == null ? null : Json.instantOrNull(planned, "trial_end"));
        pending.putNull("discount").putNull("trial_from_plan").putNull("metadata");
        pending.set("discounts", change.discounts() == null ? null : planned.path("discounts"));
        pending.set("subscription_items", change.items().isEmpty() ? null : planned.path("items").path("data").deepCopy());
        subscription.set("pending_update", pending);
        ObjectNode internal = subscription.withObject("/" + Rendering.INTERNAL);
        ObjectNode kept = internal.putObject(PENDING).put("invoice", Json.text(invoice, "id"));
        kept.set("planned", planned.deepCopy());
    }

    /** The invoice that a pending update waits for; null when there is no such update. */
    static @Nullable String invoice(ObjectNode subscription) {
        return Json.text(subscription.path(Rendering.INTERNAL).path(PENDING), "invoice");
    }

    /** The invoice was paid: the update happens. The subscription is changed and not yet saved. */
    void carryOut(ObjectNode subscription) {
        ObjectNode planned = (ObjectNode) subscription.path(Rendering.INTERNAL).path(PENDING).path("planned");
        Plan.apply(planned, subscription);
        clear(subscription);
    }

    /** The update will not happen: its invoice is voided if it still can be, and what it took along waits again. */
    void discard(ObjectNode subscription) {
        String invoiceId = invoice(subscription);
        if (invoiceId == null) {
            return;
        }
        clear(subscription);
        ObjectNode invoice = session.load(Kind.INVOICE, invoiceId);
        new WaitingItems(session).release(invoice);
        if ("open".equals(Json.text(invoice, "status"))) {
            new Settlement(session).cancel(invoice);
        }
    }

    private static void clear(ObjectNode subscription) {
        subscription.withObject("/" + Rendering.INTERNAL).remove(PENDING);
        subscription.putNull("pending_update");
    }
}
