package dev.headroom.sandbox;

import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/setup_intents}: saving a card for later. Confirming one that waits for the customer is the customer authenticating it. */
final class SetupIntents {

    private enum Usage { OFF_SESSION, ON_SESSION }

    private enum Cancellation { ABANDONED, DUPLICATE, REQUESTED_BY_CUSTOMER }

    private SetupIntents() {}

    static void addTo(Routes routes) {
        routes.post("/v1/setup_intents", SetupIntents::create);
        routes.get("/v1/setup_intents", SetupIntents::list);
        routes.get("/v1/setup_intents/{id}", call -> {
            call.parameters().ignore("client_secret");
            return call.session().load(Kind.SETUP_INTENT, call.id(), "intent");
        });
        routes.post("/v1/setup_intents/{id}/confirm", SetupIntents::confirm);
        routes.post("/v1/setup_intents/{id}/cancel", SetupIntents::cancel);
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode intent = Skeletons.of(Kind.SETUP_INTENT, Tokens.id(Kind.SETUP_INTENT), session.now());
        intent.put("client_secret", Tokens.secret(Json.required(intent, "id") + "_secret"));
        String customer = parameters.text("customer");
        if (customer != null) {
            Customers.loadToChange(session, customer, "customer");
            intent.put("customer", customer);
        }
        intent.put("description", parameters.text("description"));
        intent.put("usage", Parameters.spelling(Objects.requireNonNullElse(parameters.choice("usage", Usage.class), Usage.OFF_SESSION)));
        methodTypes(parameters, intent);
        Metadata.read(parameters, intent);
        String paymentMethod = parameters.text("payment_method");
        if (paymentMethod != null) {
            intent.put("payment_method", PaymentMethods.kept(session, paymentMethod)).put("status", "requires_confirmation");
        }
        session.create(intent);
        if (Boolean.TRUE.equals(parameters.flag("confirm"))) {
            parameters.ignore("return_url", "use_stripe_sdk", "mandate_data");
            attempt(session, intent);
        }
        return intent;
    }

    private static ObjectNode confirm(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode intent = session.loadToChange(Kind.SETUP_INTENT, call.id(), "intent");
        String secret = parameters.text("client_secret");
        if (secret != null && !secret.equals(Json.text(intent, "client_secret"))) {
            throw StripeError.missing(Kind.SETUP_INTENT, call.id(), "intent");
        }
        requireOpen(intent, "confirm");
        parameters.ignore("return_url", "use_stripe_sdk", "mandate_data");
        String sent = parameters.text("payment_method");
        if (sent != null) {
            intent.put("payment_method", PaymentMethods.kept(session, sent)).put("status", "requires_confirmation").putNull("next_action");
        }
        attempt(session, intent);
        return intent;
    }

    private static ObjectNode cancel(Call call) {
        Session session = call.session();
        ObjectNode intent = session.loadToChange(Kind.SETUP_INTENT, call.id(), "intent");
        requireOpen(intent, "cancel");
        Cancellation reason = call.parameters().choice("cancellation_reason", Cancellation.class);
        intent.put("status", "canceled").put("cancellation_reason", reason == null ? null : Parameters.spelling(reason)).putNull("next_action");
        session.save(intent);
        session.announce("setup_intent.canceled", intent);
        return intent;
    }

    private static ObjectNode list(Call call) {
        String paymentMethod = call.parameters().text("payment_method");
        Page page = Page.read(call.parameters());
        return page.list("/v1/setup_intents", call.session().documents().page(Kind.SETUP_INTENT, call.parameters().text("customer"),
                paymentMethod == null ? List.of() : List.of(Kind.term("payment_method", paymentMethod)), page));
    }

    /** Saves the card for its customer, unless the bank declines it or wants to hear from the customer first. */
    private static void attempt(Session session, ObjectNode intent) {
        String id = Json.text(intent, "payment_method");
        if (id == null) {
            throw StripeError.invalid("setup_intent_unexpected_state", "payment_method",
                    "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.");
        }
        ObjectNode method = session.load(Kind.PAYMENT_METHOD, id, "payment_method");
        Decline decline = PaymentMethods.card(method).declineAtSetup();
        boolean authenticated = "requires_action".equals(Json.text(intent, "status"));
        intent.put("latest_attempt", Tokens.id("setatt")).putNull("last_setup_error").putNull("next_action");
        if (decline == Decline.AUTHENTICATION_REQUIRED && !authenticated) {
            intent.put("status", "requires_action").putObject("next_action").put("type", "use_stripe_sdk").putObject("use_stripe_sdk");
            session.save(intent);
            session.announce("setup_intent.requires_action", intent);
        } else if (decline == null || authenticated) {
            succeed(session, intent, method);
        } else {
            fail(session, intent, method, decline);
        }
    }

    private static void succeed(Session session, ObjectNode intent, ObjectNode method) {
        String customer = Json.text(intent, "customer");
        if (customer != null && !customer.equals(Json.text(method, "customer"))) {
            PaymentMethods.attach(session, Json.required(method, "id"), customer);
        }
        intent.put("status", "succeeded");
        session.save(intent);
        session.announce("setup_intent.succeeded", intent);
    }

    /** @throws StripeError always; the failed attempt stays on record */
    private static void fail(Session session, ObjectNode intent, ObjectNode method, Decline decline) {
        ObjectNode error = intent.put("status", "requires_payment_method").putNull("payment_method").putObject("last_setup_error");
        error.put("type", "card_error").put("code", decline.code()).put("decline_code", decline.declineCode()).put("message", decline.message());
        error.set("payment_method", Rendering.plain(method));
        session.save(intent);
        session.announce("setup_intent.setup_failed", intent);
        throw StripeError.card(decline, true).about("setup_intent", Rendering.plain(intent));
    }

    private static void methodTypes(Parameters parameters, ObjectNode intent) {
        List<String> types = parameters.texts("payment_method_types");
        if (!types.isEmpty()) {
            intent.set("payment_method_types", Json.strings(types));
        }
        Parameters automatic = parameters.hash("automatic_payment_methods");
        Boolean enabled = automatic.flag("enabled");
        if (enabled != null) {
            String redirects = automatic.text("allow_redirects");
            intent.putObject("automatic_payment_methods").put("enabled", enabled).put("allow_redirects", redirects == null ? "always" : redirects);
        }
    }

    private static void requireOpen(ObjectNode intent, String verb) {
        String status = Json.text(intent, "status");
        if ("succeeded".equals(status) || "canceled".equals(status)) {
            throw StripeError.invalid("setup_intent_unexpected_state", "intent",
                    "You cannot " + verb + " this SetupIntent because it has already " + (status.equals("succeeded") ? "succeeded" : "been canceled") + ".");
        }
    }
}
