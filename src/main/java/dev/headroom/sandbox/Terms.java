package dev.headroom.sandbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a subscription's invoices are paid: by its card at once, or by whoever they are sent to, some days later. */
final class Terms {

    private enum Method { CHARGE_AUTOMATICALLY, SEND_INVOICE }

    private static final String METHOD = "collection_method";
    private static final String DAYS = "days_until_due";
    private static final String FELL = "overdue";

    private Terms() {}

    static void read(Parameters parameters, ObjectNode subscription) {
        Method method = parameters.choice(METHOD, Method.class);
        if (method != null) {
            subscription.put(METHOD, Parameters.spelling(method));
        }
        Long days = parameters.count(DAYS);
        if (!sends(subscription)) {
            if (days != null) {
                throw StripeError.invalid(null, DAYS, "You can only set `days_until_due` if the collection method is `send_invoice`.");
            }
            subscription.putNull(DAYS);
        } else if (days != null) {
            subscription.put(DAYS, days);
        } else if (subscription.path(DAYS).isNull()) {
            throw StripeError.invalid("parameter_missing", DAYS, "You must provide `days_until_due` if the collection method is `send_invoice`.");
        }
    }

    /** Of a subscription or of an invoice. */
    static boolean sends(ObjectNode document) {
        return "send_invoice".equals(Json.text(document, METHOD));
    }

    static void requireCharging(ObjectNode subscription) {
        if (sends(subscription)) {
            throw StripeError.invalid(null, "payment_behavior",
                    "`payment_behavior=pending_if_incomplete` can only be used for subscriptions with `collection_method=charge_automatically`.");
        }
    }

    /** The invoice is paid as its subscription says when it is made. */
    static void bill(ObjectNode subscription, ObjectNode invoice) {
        invoice.put(METHOD, Json.text(subscription, METHOD));
        if (sends(subscription)) {
            Json.put(invoice, "due_date", Json.instant(invoice, "created").plus(Duration.ofDays(Json.number(subscription, DAYS))));
        }
    }

    /** When an invoice that was sent becomes overdue; null once it has. */
    static @Nullable Instant falls(ObjectNode invoice) {
        return Json.flag(invoice.path(Rendering.INTERNAL), FELL) ? null : Json.instantOrNull(invoice, "due_date");
    }

    static void fell(ObjectNode invoice) {
        invoice.withObject("/" + Rendering.INTERNAL).put(FELL, true);
    }
}
