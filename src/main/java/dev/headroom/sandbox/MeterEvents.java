package dev.headroom.sandbox;

import dev.headroom.sandbox.MeterEventRepository.MeterEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/billing/meter_events} and {@code meter_event_adjustments}: usage as it is reported, and taken back. Whose it is and how much is looked at after
 * it was taken, and what is wrong then is told later.
 */
final class MeterEvents {

    private static final Duration OLDEST = Duration.ofDays(35);
    private static final Duration FURTHEST_AHEAD = Duration.ofMinutes(5);
    /** For so long an identifier counts once, and can be cancelled. */
    private static final Duration UNIQUE = Duration.ofHours(24);
    private static final int LONGEST_IDENTIFIER = 100;
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");

    private MeterEvents() {}

    static void addTo(Routes routes) {
        routes.post("/v1/billing/meter_events", MeterEvents::create);
        routes.post("/v1/billing/meter_event_adjustments", MeterEvents::adjust);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        String name = parameters.requireText("event_name");
        ObjectNode meter = Meters.listening(session, name);
        Map<String, String> payload = parameters.pairs("payload");
        String customer = sent(payload, meter, "customer_mapping");
        String value = sent(payload, meter, "value_settings");
        String identifier = Objects.requireNonNullElseGet(parameters.text("identifier"), () -> Tokens.id("mtrevt"));
        Instant at = Objects.requireNonNullElse(parameters.time("timestamp"), session.now());
        require(session, name, identifier, at);
        if (Customers.findToChange(session, customer).isEmpty()) {
            CoreEvents.rejected(session, meter, identifier, "meter_event_customer_not_found", "The customer " + customer + " does not exist.");
        } else if (!WHOLE.matcher(value).matches()) {
            CoreEvents.rejected(session, meter, identifier, "meter_event_invalid_value", "The value must be a whole number: " + value);
        } else {
            session.meterEvents().insert(new MeterEvent(identifier, name, customer, Long.parseLong(value), at, session.now()));
        }
        ObjectNode event = Json.object().put("object", "billing.meter_event").put("event_name", name).put("identifier", identifier).put("livemode", false);
        Json.put(event, "created", session.now());
        Json.put(event, "timestamp", at);
        ObjectNode shown = event.putObject("payload");
        payload.forEach(shown::put);
        return event;
    }

    private static String sent(Map<String, String> payload, ObjectNode meter, String setting) {
        String key = Json.required(meter.path(setting), "event_payload_key");
        String value = payload.get(key);
        if (value == null) {
            throw StripeError.invalid("parameter_missing", "payload[" + key + "]", "Missing required payload field: " + key + ".");
        }
        return value;
    }

    private static void require(Session session, String name, String identifier, Instant at) {
        if (identifier.length() > LONGEST_IDENTIFIER) {
            throw StripeError.invalid("parameter_invalid_string_length", "identifier", "Invalid string: at most " + LONGEST_IDENTIFIER + " characters.");
        }
        if (at.isBefore(session.now().minus(OLDEST))) {
            throw StripeError.invalid("timestamp_too_far_in_past", "timestamp", "The timestamp must be within the past 35 calendar days.");
        }
        if (at.isAfter(session.now().plus(FURTHEST_AHEAD))) {
            throw StripeError.invalid("timestamp_in_future", "timestamp", "The timestamp must not be more than 5 minutes in the future.");
        }
        if (session.meterEvents().find(name, identifier, session.now().minus(UNIQUE)).isPresent()) {
            throw StripeError.invalid(null, null, "An event already exists with identifier " + identifier + ".");
        }
    }

    private static ObjectNode adjust(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        String name = parameters.requireText("event_name");
        if (!parameters.requireText("type").equals("cancel")) {
            throw StripeError.invalid(null, "type", "Invalid type: must be cancel");
        }
        Parameters cancel = parameters.hash("cancel");
        String identifier = cancel.requireText("identifier");
        Meters.listening(session, name);
        Instant since = session.now().minus(UNIQUE);
        MeterEvent event = session.meterEvents().find(name, identifier, since).orElseThrow(() -> StripeError.invalid("resource_missing",
                cancel.at("identifier"), "No meter event received within the past 24 hours has the identifier " + identifier + "."));
        session.lock(event.customer());
        if (!session.meterEvents().cancel(name, identifier, since)) {
            throw StripeError.invalid(null, cancel.at("identifier"), "The meter event with identifier " + identifier + " has already been cancelled.");
        }
        ObjectNode adjustment = Json.object().put("object", "billing.meter_event_adjustment").put("event_name", name).put("livemode", false)
                .put("status", "pending").put("type", "cancel");
        adjustment.putObject("cancel").put("identifier", identifier);
        return adjustment;
    }
}
