package dev.headroom.sandbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a request says about a subscription that changes nothing about what it bills. */
final class SubscriptionAttributes {

    /** What a request may carry together with {@code pending_if_incomplete}; Stripe refuses everything else. */
    private static final List<String> PENDING_WHITELIST = List.of("expand", "payment_behavior", "proration_behavior", "proration_date",
            "billing_cycle_anchor", "items", "trial_end", "trial_from_plan", "add_invoice_items", "discounts", "off_session");

    private final Session session;

    SubscriptionAttributes(Session session) {
        this.session = session;
    }

    static void requireOnlyPendable(Parameters parameters) {
        parameters.tree().propertyNames().stream().filter(name -> !PENDING_WHITELIST.contains(name)).findFirst().ifPresent(name -> {
            throw StripeError.invalid(null, name, "When using `payment_behavior=pending_if_incomplete`, you cannot update `" + name
                    + "`. Send it in another request.");
        });
    }

    void read(Parameters parameters, ObjectNode subscription) {
        Metadata.read(parameters, subscription);
        paymentMethod(parameters, subscription);
        if (parameters.has("description")) {
            subscription.put("description", parameters.text("description"));
        }
        Terms.read(parameters, subscription);
        Pause.read(parameters, subscription);
        session.taxation().read(parameters, subscription);
        paymentSettings(parameters.hash("payment_settings"), subscription);
        cancellation(parameters, subscription);
        Parameters details = parameters.hash("cancellation_details");
        ObjectNode shown = (ObjectNode) subscription.path("cancellation_details");
        copy(details, "comment", shown);
        copy(details, "feedback", shown);
    }

    private void paymentMethod(Parameters parameters, ObjectNode subscription) {
        if (parameters.clears("default_payment_method")) {
            subscription.putNull("default_payment_method");
        }
        String id = parameters.text("default_payment_method");
        if (id != null) {
            PaymentMethods.requireOf(session, id, Json.required(subscription, "customer"), "default_payment_method");
            subscription.put("default_payment_method", id);
        }
    }

    private static void paymentSettings(Parameters settings, ObjectNode subscription) {
        copy(settings, "save_default_payment_method", (ObjectNode) subscription.path("payment_settings"));
        List<String> types = settings.texts("payment_method_types");
        if (!types.isEmpty()) {
            ((ObjectNode) subscription.path("payment_settings")).set("payment_method_types", Json.strings(types));
        }
    }

    /** When the subscription shall end; in the middle of a period, that changes what it bills. */
    void cancellation(Parameters parameters, ObjectNode subscription) {
        String schedule = Json.text(subscription, "schedule");
        if (schedule != null && (parameters.has("cancel_at") || parameters.has("cancel_at_period_end"))) {
            throw StripeError.invalid(null, null, "The subscription is managed by the subscription schedule `" + schedule
                    + "`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.");
        }
        Boolean atPeriodEnd = parameters.flag("cancel_at_period_end");
        if (atPeriodEnd != null) {
            subscription.put("cancel_at_period_end", atPeriodEnd);
            cancelAt(subscription, atPeriodEnd ? ends(subscription).max(Comparator.naturalOrder()).orElseThrow() : null);
        }
        if (parameters.clears("cancel_at")) {
            subscription.put("cancel_at_period_end", false);
            cancelAt(subscription, null);
            return;
        }
        String cancelAt = parameters.text("cancel_at");
        if (cancelAt != null) {
            subscription.put("cancel_at_period_end", false);
            cancelAt(subscription, switch (cancelAt) {
                case "min_period_end" -> ends(subscription).min(Comparator.naturalOrder()).orElseThrow();
                case "max_period_end" -> ends(subscription).max(Comparator.naturalOrder()).orElseThrow();
                case String second -> future(Objects.requireNonNull(parameters.time("cancel_at")));
            });
        }
    }

    /** When the items' periods end, or would if no cancellation had cut them short. */
    private static Stream<Instant> ends(ObjectNode subscription) {
        Cutoff cutoff = new Cutoff(subscription);
        return Item.of(subscription).stream().map(cutoff::naturalEnd);
    }

    private Instant future(Instant cancelAt) {
        if (!cancelAt.isAfter(session.now())) {
            throw StripeError.invalid(null, "cancel_at", "cancel_at must be in the future.");
        }
        return cancelAt;
    }

    private void cancelAt(ObjectNode subscription, @Nullable Instant at) {
        cancelAt(subscription, at, session.now());
    }

    /** @param at when the subscription shall end; null for never */
    static void cancelAt(ObjectNode subscription, @Nullable Instant at, Instant now) {
        Json.put(subscription, "cancel_at", at);
        Json.put(subscription, "canceled_at", at == null ? null : now);
        ((ObjectNode) subscription.path("cancellation_details")).put("reason", at == null ? null : "cancellation_requested");
    }

    private static void copy(Parameters parameters, String name, ObjectNode document) {
        if (parameters.has(name)) {
            document.put(name, parameters.text(name));
        }
    }
}
