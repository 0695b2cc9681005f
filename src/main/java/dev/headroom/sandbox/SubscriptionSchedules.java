package dev.headroom.sandbox;

import dev.headroom.sandbox.Change.PaymentBehavior;
import dev.headroom.sandbox.Change.ProrationBehavior;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscription_schedules}: made from a subscription, then given phases. */
final class SubscriptionSchedules {

    private enum EndBehavior { RELEASE, CANCEL }

    private SubscriptionSchedules() {}

    static void addTo(Routes routes) {
        routes.post("/v1/subscription_schedules", SubscriptionSchedules::create);
        routes.get("/v1/subscription_schedules", SubscriptionSchedules::list);
        routes.get("/v1/subscription_schedules/{id}", call -> call.session().load(Kind.SUBSCRIPTION_SCHEDULE, call.id(), "schedule"));
        routes.post("/v1/subscription_schedules/{id}", SubscriptionSchedules::update);
        routes.post("/v1/subscription_schedules/{id}/release", SubscriptionSchedules::release);
        routes.post("/v1/subscription_schedules/{id}/cancel", SubscriptionSchedules::cancel);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        String from = call.parameters().text("from_subscription");
        if (from == null) {
            throw StripeError.unsupported("from_subscription", "The sandbox makes schedules from subscriptions that there are: send from_subscription.");
        }
        call.parameters().tree().propertyNames().stream().filter(name -> !List.of("from_subscription", "expand").contains(name)).findFirst().ifPresent(name -> {
            throw StripeError.invalid(null, name, "You cannot set `" + name + "` if `from_subscription` is set. Update the schedule after creating it.");
        });
        ObjectNode subscription = session.loadToChange(Kind.SUBSCRIPTION, from, "from_subscription");
        String schedule = Json.text(subscription, "schedule");
        if (schedule != null) {
            throw StripeError.invalid(null, "from_subscription",
                    "You cannot migrate a subscription that is already attached to a schedule: `" + schedule + "`.");
        }
        if (subscription.path("ended_at").isNumber()) {
            throw StripeError.invalid(null, "from_subscription",
                    "You cannot migrate a subscription that is in the `" + Json.text(subscription, "status") + "` status.");
        }
        ObjectNode created = new Scheduling(session).attach(subscription);
        session.create(created);
        session.update(subscription);
        return created;
    }

    private static ObjectNode update(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode schedule = unfinished(call, "update", "updated");
        ObjectNode subscription = session.load(Kind.SUBSCRIPTION, Json.required(schedule, "subscription"));
        Metadata.read(parameters, schedule);
        EndBehavior end = parameters.choice("end_behavior", EndBehavior.class);
        if (end != null) {
            schedule.put("end_behavior", Parameters.spelling(end));
        }
        ProrationBehavior proration = Objects.requireNonNullElse(
                parameters.choice("proration_behavior", ProrationBehavior.class), ProrationBehavior.CREATE_PRORATIONS);
        List<Parameters> sent = parameters.hashes("phases");
        List<Phase> known = Phase.all(schedule);
        if (!sent.isEmpty()) {
            Scheduling.write(schedule, new SentPhases(session, schedule, subscription).read(sent), Json.required(subscription, "currency"));
        }
        Phase current = new Scheduling(session).follow(schedule, subscription);
        if (!sent.isEmpty()) {
            boolean entering = known.stream().noneMatch(phase -> phase.span().from().equals(current.span().from()));
            subscription.set("metadata", Metadata.merged((ObjectNode) subscription.path("metadata"), Phase.pairs(current.metadata())));
            new Updating(session).change(subscription, current.change(session, subscription, proration, entering), PaymentBehavior.ALLOW_INCOMPLETE);
        } else {
            new Updating(session).change(subscription, Change.prorating(proration), PaymentBehavior.ALLOW_INCOMPLETE);
        }
        session.update(schedule);
        session.update(subscription);
        return schedule;
    }

    private static ObjectNode release(Call call) {
        ObjectNode schedule = unfinished(call, "release", "released");
        ObjectNode subscription = call.session().load(Kind.SUBSCRIPTION, Json.required(schedule, "subscription"));
        boolean keepsCancelDate = Boolean.TRUE.equals(call.parameters().flag("preserve_cancel_date"));
        ObjectNode released = new Scheduling(call.session()).release(subscription, keepsCancelDate);
        new Updating(call.session()).change(subscription, Change.prorating(ProrationBehavior.CREATE_PRORATIONS), PaymentBehavior.ALLOW_INCOMPLETE);
        call.session().update(subscription);
        return released;
    }

    private static ObjectNode cancel(Call call) {
        ObjectNode schedule = unfinished(call, "cancel", "canceled");
        ObjectNode subscription = call.session().load(Kind.SUBSCRIPTION, Json.required(schedule, "subscription"));
        new Ending(call.session()).cancelNow(subscription, !Boolean.FALSE.equals(call.parameters().flag("prorate")),
                !Boolean.FALSE.equals(call.parameters().flag("invoice_now")));
        return call.session().load(Kind.SUBSCRIPTION_SCHEDULE, call.id());
    }

    private static ObjectNode list(Call call) {
        // What has not begun yet: a schedule that was made from a subscription never waits.
        boolean scheduled = Boolean.TRUE.equals(call.parameters().flag("scheduled"));
        Page page = Page.read(call.parameters());
        return page.list("/v1/subscription_schedules", call.session().documents().page(Kind.SUBSCRIPTION_SCHEDULE, call.parameters().text("customer"),
                scheduled ? List.of(Kind.term("status", "not_started")) : List.of(), page));
    }

    private static ObjectNode unfinished(Call call, String verb, String participle) {
        ObjectNode schedule = call.session().loadToChange(Kind.SUBSCRIPTION_SCHEDULE, call.id(), "schedule");
        String status = Json.required(schedule, "status");
        if (!status.equals("active")) {
            throw StripeError.invalid(null, "schedule", "You cannot " + verb + " a subscription schedule that is currently in the `" + status
                    + "` status. It must be in `not_started, active` status to be " + participle + ".");
        }
        return schedule;
    }
}
