package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/refunds}: giving a charge back, in whole or in part. The invoice that it paid stays paid. */
final class Refunds {

    private enum Reason { DUPLICATE, FRAUDULENT, REQUESTED_BY_CUSTOMER }

    private Refunds() {}

    static void addTo(Routes routes) {
        routes.post("/v1/refunds", Refunds::create);
        routes.get("/v1/refunds", Refunds::list);
        routes.get("/v1/refunds/{id}", call -> call.session().load(Kind.REFUND, call.id(), "id"));
    }

    private static ObjectNode create(Call call) {
        Session session = call.session();
        ObjectNode charge = CardCharges.meant(call);
        long left = Json.number(charge, "amount") - Json.number(charge, "amount_refunded");
        if (left == 0) {
            throw StripeError.invalid("charge_already_refunded", null, "Charge " + Json.text(charge, "id") + " has already been refunded.");
        }
        if (Json.flag(charge, "disputed")) {
            throw StripeError.invalid("charge_disputed", null, "Charge " + Json.text(charge, "id") + " has been charged back; cannot issue a refund.");
        }
        long amount = amount(call.parameters().count("amount"), left);
        Reason reason = call.parameters().choice("reason", Reason.class);
        ObjectNode refund = Skeletons.of(Kind.REFUND, Tokens.id(Kind.REFUND), session.now());
        for (String field : List.of("currency", "customer", "payment_intent", "payment_method")) {
            refund.put(field, Json.text(charge, field));
        }
        refund.put("amount", amount).put("charge", Json.text(charge, "id")).put("reason", reason == null ? null : Parameters.spelling(reason));
        Metadata.read(call.parameters(), refund);
        session.create(refund);
        charge.put("amount_refunded", Json.number(charge, "amount_refunded") + amount).put("refunded", amount == left);
        session.save(charge);
        session.announce("charge.refunded", charge);
        return refund;
    }

    private static long amount(@Nullable Long sent, long left) {
        if (sent != null && (sent == 0 || sent > left)) {
            throw StripeError.invalid(sent == 0 ? "parameter_invalid_integer" : "amount_too_large", "amount",
                    "Refund amount (" + sent + ") is greater than unrefunded amount on charge (" + left + "), or nothing.");
        }
        return sent == null ? left : sent;
    }

    private static ObjectNode list(Call call) {
        return list(call, Kind.REFUND, "/v1/refunds");
    }

    static ObjectNode list(Call call, Kind kind, String url) {
        List<String> terms = new ArrayList<>();
        for (String filter : List.of("charge", "payment_intent")) {
            String value = call.parameters().text(filter);
            if (value != null) {
                terms.add(Kind.term(filter, value));
            }
        }
        Page page = Page.read(call.parameters());
        return page.list(url, call.session().documents().page(kind, null, terms, page));
    }
}
