package dev.headroom.sandbox;

import dev.headroom.sandbox.Events.Created;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2/core/events}: what Stripe tells in the words of v2, which is of usage that was reported to a meter and does not count. */
final class CoreEvents {

    /** What the types of such events begin with that tell of objects of v1. */
    static final String PREFIX = "v1.";

    private static final String PATH = "/v2/core/events";

    private CoreEvents() {}

    static void addTo(Routes routes) {
        routes.get(PATH, CoreEvents::list);
    }

    private static ObjectNode list(Call call) {
        Parameters parameters = call.parameters();
        List<String> types = new ArrayList<>(parameters.texts("types"));
        if (types.isEmpty() || types.stream().anyMatch(type -> !type.startsWith(PREFIX))) {
            throw StripeError.invalid("invalid_fields", "types", "The sandbox lists events of v2 by their types.");
        }
        Parameters range = parameters.hash("created");
        Created created = new Created(time(range, "gte"), time(range, "gt"), time(range, "lte"), time(range, "lt"));
        Long limit = parameters.integer("limit");
        Page page = new Page(limit == null ? 20 : limit.intValue(), parameters.text("page"), null);
        List<ObjectNode> found = call.session().occurrences().page(types, created, page);
        List<ObjectNode> shown = found.subList(0, Math.min(page.limit(), found.size()));
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        shown.forEach(event -> data.add(event.put("created", Json.instant(event, "created").toString())));
        String next = found.size() > page.limit() ? next(types, created, page, Json.required(shown.getLast(), "id")) : null;
        return list.put("next_page_url", next).putNull("previous_page_url");
    }

    private static String next(List<String> types, Created created, Page page, String last) {
        StringBuilder url = new StringBuilder(PATH + "?page=" + last + "&limit=" + page.limit());
        for (int i = 0; i < types.size(); i++) {
            url.append("&types[").append(i).append("]=").append(types.get(i));
        }
        return created.notBefore() == null ? url.toString() : url.append("&created[gte]=").append(created.notBefore()).toString();
    }

    private static @Nullable Instant time(Parameters parameters, String name) {
        String text = parameters.text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw StripeError.invalid("invalid_fields", parameters.at(name), "Invalid timestamp: " + text);
        }
    }

    /**
     * A report that was taken and does not count: Stripe gathers those of some minutes, here each is told of alone.
     *
     * @param identifier under which it was reported
     */
    static void rejected(Session session, ObjectNode meter, String identifier, String code, String message) {
        ObjectNode event = Json.object().put("id", Tokens.id("evt")).put("object", "v2.core.event").put("type", "v1.billing.meter.error_report_triggered");
        Json.put(event, "created", session.now());
        event.put("livemode", false).putNull("context").putNull("reason");
        String id = Json.required(meter, "id");
        event.putObject("related_object").put("id", id).put("type", "billing.meter").put("url", "/v1/billing/meters/" + id);
        ObjectNode data = event.putObject("data").put("developer_message_summary", "There is 1 invalid event");
        data.put("validation_start", session.now().minusSeconds(10).toString()).put("validation_end", session.now().toString());
        ObjectNode reason = data.putObject("reason").put("error_count", 1);
        ObjectNode type = reason.putArray("error_types").addObject().put("code", code).put("error_count", 1);
        type.putArray("sample_errors").addObject().put("error_message", message).putObject("request").put("identifier", identifier);
        session.occurrences().insert(event, List.of());
    }
}
