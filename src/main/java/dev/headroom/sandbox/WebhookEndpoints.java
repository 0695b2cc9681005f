package dev.headroom.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/webhook_endpoints}: who is told of events. The signing secret is shown once, when the endpoint is made. */
final class WebhookEndpoints {

    private static final int MOST = 16;
    private static final String SECRET = "secret";

    private WebhookEndpoints() {}

    static void addTo(Routes routes) {
        routes.post("/v1/webhook_endpoints", WebhookEndpoints::create);
        routes.get("/v1/webhook_endpoints", WebhookEndpoints::list);
        routes.get("/v1/webhook_endpoints/{id}", call -> call.session().load(Kind.WEBHOOK_ENDPOINT, call.id(), "webhook_endpoint"));
        routes.post("/v1/webhook_endpoints/{id}", WebhookEndpoints::update);
        routes.delete("/v1/webhook_endpoints/{id}", WebhookEndpoints::delete);
    }

    static boolean wants(ObjectNode endpoint, String type) {
        List<String> types = Json.texts(endpoint.path("enabled_events"));
        return types.contains("*") || types.contains(type);
    }

    static String secret(ObjectNode endpoint) {
        return Json.required(endpoint.path(Rendering.INTERNAL), SECRET);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        if (session.documents().all(Kind.WEBHOOK_ENDPOINT, null, List.of()).size() >= MOST) {
            throw StripeError.invalid(null, null, "You have reached the maximum of 16 test webhook endpoints.");
        }
        ObjectNode endpoint = Skeletons.of(Kind.WEBHOOK_ENDPOINT, Tokens.id(Kind.WEBHOOK_ENDPOINT), session.now());
        endpoint.put("url", parameters.requireText("url")).put("api_version", parameters.text("api_version"));
        List<String> events = parameters.texts("enabled_events");
        endpoint.set("enabled_events", Json.strings(parameters.require("enabled_events", events.isEmpty() ? null : events)));
        endpoint.put("description", parameters.text("description"));
        Metadata.read(parameters, endpoint);
        String secret = Tokens.secret("whsec");
        endpoint.putObject(Rendering.INTERNAL).put(SECRET, secret);
        session.insert(endpoint);
        return endpoint.deepCopy().put("secret", secret);
    }

    private static ObjectNode update(Call call) {
        Parameters parameters = call.parameters();
        ObjectNode endpoint = call.session().load(Kind.WEBHOOK_ENDPOINT, call.id(), "webhook_endpoint");
        String url = parameters.text("url");
        if (url != null) {
            endpoint.put("url", url);
        }
        List<String> events = parameters.texts("enabled_events");
        if (!events.isEmpty()) {
            endpoint.set("enabled_events", Json.strings(events));
        }
        Boolean disabled = parameters.flag("disabled");
        if (disabled != null) {
            endpoint.put("status", disabled ? "disabled" : "enabled");
        }
        if (parameters.has("description")) {
            endpoint.put("description", parameters.text("description"));
        }
        Metadata.read(parameters, endpoint);
        call.session().save(endpoint);
        return endpoint;
    }

    private static ObjectNode delete(Call call) {
        call.session().load(Kind.WEBHOOK_ENDPOINT, call.id(), "webhook_endpoint");
        call.session().remove(Kind.WEBHOOK_ENDPOINT, call.id());
        return Json.object().put("id", call.id()).put("object", "webhook_endpoint").put("deleted", true);
    }

    private static ObjectNode list(Call call) {
        Page page = Page.read(call.parameters());
        return page.list("/v1/webhook_endpoints", call.session().documents().page(Kind.WEBHOOK_ENDPOINT, null, List.of(), page));
    }
}
