package dev.headroom.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/events}: what happened in the last 30 days. */
final class Events {

    private Events() {}

    static void addTo(Routes routes) {
        routes.get("/v1/events", Events::list);
        routes.get("/v1/events/{id}", call -> call.session().occurrences().find(call.id())
                .orElseThrow(() -> StripeError.invalid("resource_missing", "id", "No such event: '" + call.id() + "'")));
    }

    private static ObjectNode list(Call call) {
        List<String> types = new ArrayList<>(call.parameters().texts("types"));
        String type = call.parameters().text("type");
        if (type != null) {
            types.add(type);
        }
        Page page = Page.read(call.parameters());
        return page.list("/v1/events", call.session().occurrences().page(types, created(call.parameters()), page));
    }

    /** Stripe takes an exact second too; nobody looks for events by one. */
    private static Created created(Parameters parameters) {
        Parameters range = parameters.hash("created");
        return new Created(range.time("gte"), range.time("gt"), range.time("lte"), range.time("lt"));
    }

    /** When events happened; each bound may be absent. */
    record Created(@Nullable Instant notBefore, @Nullable Instant after, @Nullable Instant notAfter, @Nullable Instant before) {

        static final Created EVER = new Created(null, null, null, null);
    }
}
