package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Ties subscriptions to the schedules that change them when their time has come. */
final class Scheduling {

    private static final String PHASE_END = "phase_end";

    private final Session session;

    Scheduling(Session session) {
        this.session = session;
    }

    /** When a subscription's phase ends; null when it has no schedule. */
    static @Nullable Instant phaseEnd(ObjectNode subscription) {
        return Json.instantOrNull(subscription.path(Rendering.INTERNAL), PHASE_END);
    }

    /** Makes a schedule whose only phase is what the subscription is now. */
    ObjectNode attach(ObjectNode subscription) {
        ObjectNode schedule = Skeletons.of(Kind.SUBSCRIPTION_SCHEDULE, Tokens.id(Kind.SUBSCRIPTION_SCHEDULE), session.now());
        schedule.put("customer", Json.text(subscription, "customer")).put("subscription", Json.text(subscription, "id"));
        schedule.set("billing_mode", subscription.path("billing_mode"));
        ((ObjectNode) schedule.path("default_settings")).set("automatic_tax", subscription.path("automatic_tax"));
        Instant cancelAt = Json.instantOrNull(subscription, "cancel_at");
        schedule.put("end_behavior", cancelAt == null ? "release" : "cancel");
        write(schedule, List.of(Phase.of(subscription, cancelAt == null ? Deadlines.earliestPeriodEnd(subscription) : cancelAt)),
                Json.required(subscription, "currency"));
        subscription.put("schedule", Json.text(schedule, "id"));
        follow(schedule, subscription);
        return schedule;
    }

    static void write(ObjectNode schedule, List<Phase> phases, String currency) {
        schedule.set("phases", Json.array().addAll(phases.stream().map(phase -> phase.document(currency)).toList()));
    }

    /** The phase of this second becomes the current one, and the subscription learns when it ends and whether it ends with the last. */
    Phase follow(ObjectNode schedule, ObjectNode subscription) {
        List<Phase> phases = Phase.all(schedule);
        Phase current = phases.stream().filter(phase -> phase.span().contains(session.now())).findFirst().orElseThrow();
        schedule.set("current_phase", Json.object()
                .put("start_date", current.span().from().getEpochSecond()).put("end_date", current.span().until().getEpochSecond()));
        Json.put(subscription.withObject("/" + Rendering.INTERNAL), PHASE_END, current.span().until());
        Instant end = "cancel".equals(Json.text(schedule, "end_behavior")) ? phases.getLast().span().until() : null;
        if (!Objects.equals(end, Json.instantOrNull(subscription, "cancel_at"))) {
            subscription.put("cancel_at_period_end", false);
            SubscriptionAttributes.cancelAt(subscription, end, session.now());
        }
        return current;
    }

    /** The phase that begins when the subscription's present one ends, if that is at this second. */
    static Optional<Phase> beginning(Session session, ObjectNode subscription, Instant at) {
        String id = Json.text(subscription, "schedule");
        return id == null || !at.equals(phaseEnd(subscription)) ? Optional.empty()
                : Phase.all(session.load(Kind.SUBSCRIPTION_SCHEDULE, id)).stream().filter(phase -> phase.span().from().equals(at)).findFirst();
    }

    /** What the beginning of a phase bills by itself; items whose period ends at this second are left to the renewal. */
    static Plan plan(Session session, ObjectNode subscription, Phase phase, Instant at) {
        Session then = session.at(at);
        return new Planner(then, new Catalogue(then, true)).plan(subscription, phase.change(then, subscription, phase.proration(), true));
    }

    /** Moves the schedule on into the phase that begins now. */
    void enter(ObjectNode subscription, Phase phase) {
        subscription.set("metadata", Metadata.merged((ObjectNode) subscription.path("metadata"), Phase.pairs(phase.metadata())));
        ObjectNode schedule = session.load(Kind.SUBSCRIPTION_SCHEDULE, Json.required(subscription, "schedule"));
        follow(schedule, subscription);
        session.update(schedule);
    }

    /** Lets the subscription go on by itself, as it is. */
    ObjectNode release(ObjectNode subscription, boolean keepsCancelDate) {
        ObjectNode schedule = session.load(Kind.SUBSCRIPTION_SCHEDULE, Json.required(subscription, "schedule"));
        schedule.put("status", "released").put("released_subscription", Json.text(subscription, "id"));
        schedule.putNull("current_phase").putNull("subscription");
        Json.put(schedule, "released_at", session.now());
        if (!keepsCancelDate && !subscription.path("cancel_at").isNull()) {
            subscription.put("cancel_at_period_end", false);
            SubscriptionAttributes.cancelAt(subscription, null, session.now());
        }
        detach(subscription);
        session.save(schedule);
        session.announce("subscription_schedule.released", schedule);
        return schedule;
    }

    /** The subscription has ended, and its schedule with it: as it had foreseen, or before that. */
    void ended(ObjectNode subscription, boolean foreseen) {
        String id = Json.text(subscription, "schedule");
        if (id == null) {
            return;
        }
        ObjectNode schedule = session.load(Kind.SUBSCRIPTION_SCHEDULE, id);
        schedule.put("status", foreseen ? "completed" : "canceled").putNull("current_phase");
        Json.put(schedule, foreseen ? "completed_at" : "canceled_at", session.now());
        detach(subscription);
        session.save(schedule);
        session.announce("subscription_schedule." + Json.text(schedule, "status"), schedule);
    }

    private static void detach(ObjectNode subscription) {
        subscription.putNull("schedule");
        subscription.withObject("/" + Rendering.INTERNAL).remove(PHASE_END);
    }
}
