package dev.headroom.sandbox;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An answer in Stripe's error envelope. What it leaves of the request's work is said by {@link #keepsWork()}. */
final class StripeError extends RuntimeException {

    private final int status;
    private final boolean keepsWork;
    private final Map<String, String> fields;
    private final ObjectNode objects = Json.object();

    private StripeError(int status, boolean keepsWork, String type, Map<String, @Nullable String> fields, String message) {
        super(message, null, false, false);
        this.status = status;
        this.keepsWork = keepsWork;
        this.fields = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (value != null) {
                this.fields.put(name, value);
            }
        });
        this.fields.put("type", type);
    }

    static StripeError invalid(@Nullable String code, @Nullable String parameter, String message) {
        return new StripeError(400, false, "invalid_request_error", fields("code", code, "param", parameter), message);
    }

    /** Something that Stripe offers and this stand-in does not: said loudly rather than done wrongly. */
    static StripeError unsupported(String parameter, String message) {
        return invalid("sandbox_unsupported", parameter, message);
    }

    static StripeError missing(Kind kind, String id, String parameter) {
        String noun = kind.object().substring(kind.object().indexOf('.') + 1).replace('_', ' ');
        return new StripeError(404, false, "invalid_request_error", fields("code", "resource_missing", "param", parameter),
                "No such " + noun + ": '" + id + "'");
    }

    static StripeError notFound(String message) {
        return new StripeError(404, false, "invalid_request_error", Map.of(), message);
    }

    static StripeError limited(String code, String message) {
        return new StripeError(429, false, "invalid_request_error", fields("code", code), message);
    }

    static StripeError unauthorized(String message) {
        return new StripeError(401, false, "invalid_request_error", Map.of(), message);
    }

    static StripeError idempotency(int status, @Nullable String code, String message) {
        return new StripeError(status, false, "idempotency_error", fields("code", code), message);
    }

    /** @param keepsWork false when the failed payment undoes the request, as {@code error_if_incomplete} does */
    static StripeError card(Decline decline, boolean keepsWork) {
        return new StripeError(402, keepsWork, "card_error",
                fields("code", decline.code(), "decline_code", decline.declineCode()), decline.message());
    }

    /** Shows the object that the error is about, as it is now. */
    StripeError about(String name, ObjectNode object) {
        objects.set(name, object);
        return this;
    }

    static StripeError internal(String message) {
        return new StripeError(500, false, "api_error", Map.of(), message);
    }

    int status() {
        return status;
    }

    /** Whether the state that the request reached before the error stays: a declined payment is a recorded attempt. */
    boolean keepsWork() {
        return keepsWork;
    }

    ObjectNode body(String requestId) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        fields.forEach(error::put);
        error.setAll(objects);
        error.put("message", String.valueOf(getMessage()));
        String code = fields.get("code");
        if (code != null) {
            error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
        }
        error.put("request_log_url", "https://dashboard.stripe.com/test/logs/" + requestId);
        return body;
    }

    private static Map<String, @Nullable String> fields(@Nullable String... pairs) {
        Map<String, @Nullable String> fields = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return fields;
    }
}
