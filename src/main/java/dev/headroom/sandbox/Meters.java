package dev.headroom.sandbox;

import dev.headroom.sandbox.MeterEventRepository.Formula;
import dev.headroom.sandbox.MeterEventRepository.Metered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/billing/meters}: what is counted of customers, and what was. */
final class Meters {

    private static final String PATH = "/v1/billing/meters";
    private static final long MINUTE = 60;
    private static final long MOST_SUMMARIES = 1000;

    private Meters() {}

    static void addTo(Routes routes) {
        routes.post(PATH, Meters::create);
        routes.get(PATH, Meters::list);
        routes.get(PATH + "/{id}", Meters::load);
        routes.post(PATH + "/{id}", Meters::rename);
        routes.post(PATH + "/{id}/deactivate", Meters::deactivate);
        routes.post(PATH + "/{id}/reactivate", Meters::reactivate);
        routes.get(PATH + "/{id}/event_summaries", Meters::summaries);
    }

    static Metered metered(ObjectNode meter) {
        String formula = Json.required(meter.path("default_aggregation"), "formula");
        return new Metered(Json.required(meter, "event_name"), Formula.valueOf(formula.toUpperCase(Locale.ROOT)));
    }

    /** The meter that listens for events of a name. */
    static ObjectNode listening(Session session, String eventName) {
        return active(session, eventName).stream().findFirst().orElseThrow(() -> StripeError.invalid("resource_missing", "event_name",
                "No active meter found for event name '" + eventName + "'."));
    }

    private static List<ObjectNode> active(Session session, String eventName) {
        return session.documents().all(Kind.METER, null, List.of(Kind.term("event_name", eventName), Kind.term("status", "active")));
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode meter = Skeletons.of(Kind.METER, Tokens.id(Kind.METER), session.now());
        String eventName = parameters.requireText("event_name");
        session.lock(eventName);
        requireFree(session, eventName);
        meter.put("display_name", parameters.requireText("display_name")).put("event_name", eventName);
        Parameters aggregation = parameters.hash("default_aggregation");
        Formula formula = aggregation.require("formula", aggregation.choice("formula", Formula.class));
        ((ObjectNode) meter.path("default_aggregation")).put("formula", Parameters.spelling(formula));
        Parameters mapping = parameters.hash("customer_mapping");
        mapping.ignore("type");
        copy(mapping, (ObjectNode) meter.path("customer_mapping"));
        copy(parameters.hash("value_settings"), (ObjectNode) meter.path("value_settings"));
        meter.put("event_time_window", parameters.text("event_time_window"));
        Json.put(meter, "updated", session.now());
        session.create(meter);
        return meter;
    }

    private static void copy(Parameters sent, ObjectNode shown) {
        String key = sent.text("event_payload_key");
        if (key != null) {
            shown.put("event_payload_key", key);
        }
    }

    private static void requireFree(Session session, String eventName) {
        if (!active(session, eventName).isEmpty()) {
            throw StripeError.invalid("resource_already_exists", "event_name", "There is already an active meter with event name '" + eventName + "'.");
        }
    }

    private static ObjectNode list(Call call) {
        String status = call.parameters().text("status");
        Page page = Page.read(call.parameters());
        return page.list(PATH, call.session().documents().page(Kind.METER, null, status == null ? List.of() : List.of(Kind.term("status", status)), page));
    }

    private static ObjectNode load(Call call) {
        return call.session().load(Kind.METER, call.id(), "id");
    }

    private static ObjectNode rename(Call call) {
        ObjectNode meter = load(call);
        String name = call.parameters().text("display_name");
        if (name != null) {
            meter.put("display_name", name);
            Json.put(meter, "updated", call.session().now());
        }
        call.session().update(meter);
        return meter;
    }

    private static ObjectNode deactivate(Call call) {
        ObjectNode meter = requireStatus(call, "active", "This meter is already inactive.");
        boolean charged = call.session().documents().all(Kind.PRICE, null, List.of(Kind.term("meter", call.id()), Kind.term("active", "true"))).stream()
                .anyMatch(price -> !call.session().documents().all(Kind.SUBSCRIPTION, null,
                        List.of(Kind.term("price", Json.required(price, "id")), Kind.term("ended", "false"))).isEmpty());
        if (charged) {
            throw StripeError.invalid(null, null, "You cannot deactivate a meter that active subscriptions are billed by.");
        }
        return turn(call, meter, "inactive", call.session().now());
    }

    private static ObjectNode reactivate(Call call) {
        ObjectNode meter = requireStatus(call, "inactive", "This meter is already active.");
        requireFree(call.session(), Json.required(meter, "event_name"));
        return turn(call, meter, "active", null);
    }

    private static ObjectNode requireStatus(Call call, String status, String otherwise) {
        ObjectNode meter = load(call);
        if (!status.equals(Json.text(meter, "status"))) {
            throw StripeError.invalid(null, null, otherwise);
        }
        return meter;
    }

    private static ObjectNode turn(Call call, ObjectNode meter, String status, @Nullable Instant deactivatedAt) {
        meter.put("status", status);
        Json.put((ObjectNode) meter.path("status_transitions"), "deactivated_at", deactivatedAt);
        Json.put(meter, "updated", call.session().now());
        call.session().save(meter);
        call.session().announce("billing.meter." + (deactivatedAt == null ? "reactivated" : "deactivated"), meter);
        return meter;
    }

    /** One for the whole range, or one for each hour or day of it that had events; newest first. */
    private static ObjectNode summaries(Call call) {
        Parameters parameters = call.parameters();
        ObjectNode meter = load(call);
        Instant start = minute(parameters, "start_time");
        Instant end = minute(parameters, "end_time");
        String customer = Json.required(call.session().load(Kind.CUSTOMER, parameters.requireText("customer"), "customer"), "id");
        String grouping = parameters.text("value_grouping_window");
        List<ObjectNode> found = new ArrayList<>();
        for (Span span : grouping == null ? List.of(new Span(start, end)) : windows(parameters, grouping, start, end)) {
            long total = call.session().meterEvents().total(metered(meter), customer, span);
            if (total != 0) {
                found.add(summary(call.id(), customer, span, total));
            }
        }
        return Page.read(parameters).within(PATH + "/" + call.id() + "/event_summaries", found.reversed());
    }

    private static ObjectNode summary(String meter, String customer, Span span, long total) {
        String id = "mtrusg_" + meter.substring(meter.indexOf('_') + 1) + customer.substring(customer.indexOf('_') + 1) + span.from().getEpochSecond();
        return Json.object().put("id", id).put("object", "billing.meter_event_summary").put("aggregated_value", total)
                .put("start_time", span.from().getEpochSecond()).put("end_time", span.until().getEpochSecond()).put("livemode", false).put("meter", meter);
    }

    private static Instant minute(Parameters parameters, String name) {
        Instant at = parameters.require(name, parameters.time(name));
        if (at.getEpochSecond() % MINUTE != 0) {
            throw StripeError.invalid(null, name, "`" + name + "` must be aligned with minute boundaries.");
        }
        return at;
    }

    private static List<Span> windows(Parameters parameters, String grouping, Instant start, Instant end) {
        Duration each = switch (grouping) {
            case "hour" -> Duration.ofHours(1);
            case "day" -> Duration.ofDays(1);
            case String other -> throw StripeError.invalid(null, "value_grouping_window", "Invalid value_grouping_window: must be one of day or hour");
        };
        boolean aligned = start.getEpochSecond() % each.toSeconds() == 0 && end.getEpochSecond() % each.toSeconds() == 0;
        long count = Duration.between(start, end).dividedBy(each);
        if (!aligned || count > MOST_SUMMARIES) {
            throw StripeError.invalid(null, parameters.at("start_time"),
                    "The range must be aligned with the grouping window, and have at most " + MOST_SUMMARIES + " of them.");
        }
        return LongStream.range(0, Math.max(0, count))
                .mapToObj(i -> new Span(start.plus(each.multipliedBy(i)), start.plus(each.multipliedBy(i + 1)))).toList();
    }
}
