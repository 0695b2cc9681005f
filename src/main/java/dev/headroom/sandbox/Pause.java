package dev.headroom.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code pause_collection}: renewals go on, and nobody is asked to pay for them. */
final class Pause {

    private enum Behavior { KEEP_AS_DRAFT, MARK_UNCOLLECTIBLE, VOID }

    private static final String PAUSE = "pause_collection";

    private final Session session;

    Pause(Session session) {
        this.session = session;
    }

    static void read(Parameters parameters, ObjectNode subscription) {
        if (parameters.clears(PAUSE)) {
            subscription.putNull(PAUSE);
        } else if (parameters.has(PAUSE)) {
            Parameters sent = parameters.hash(PAUSE);
            Behavior behavior = sent.choice("behavior", Behavior.class);
            if (behavior == null) {
                throw StripeError.invalid("parameter_missing", sent.at("behavior"), "Missing required param: pause_collection[behavior].");
            }
            Instant resumes = sent.time("resumes_at");
            Json.put(subscription.putObject(PAUSE).put("behavior", Parameters.spelling(behavior)), "resumes_at", resumes);
        }
    }

    static @Nullable Instant ends(ObjectNode subscription) {
        return Json.instantOrNull(subscription.path(PAUSE), "resumes_at");
    }

    static boolean isOver(ObjectNode subscription, Instant now) {
        Instant end = ends(subscription);
        return end != null && !end.isAfter(now);
    }

    /** Stores a renewal's invoice: open as ever, or, while collection is paused, as the pause says. */
    void issue(ObjectNode subscription, ObjectNode invoice, boolean drafts) {
        Settlement settlement = new Settlement(session);
        String behavior = Json.text(subscription.path(PAUSE), "behavior");
        if (behavior == null && !drafts) {
            settlement.issue(invoice);
        } else if (behavior == null) {
            settlement.keep(invoice);
        } else {
            settle(settlement, invoice, behavior);
        }
    }

    private static void settle(Settlement settlement, ObjectNode invoice, String behavior) {
        switch (behavior) {
            case "keep_as_draft" -> settlement.shelve(invoice);
            case "mark_uncollectible" -> {
                settlement.issue(invoice);
                if ("open".equals(Json.text(invoice, "status"))) {
                    settlement.markUncollectible(invoice);
                }
            }
            case String voided -> {
                settlement.issue(invoice);
                if ("open".equals(Json.text(invoice, "status"))) {
                    settlement.cancel(invoice);
                }
            }
        }
    }
}
