package dev.headroom.sandbox;

import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/disputes}: a card's holder asks the bank for the money back. As at Stripe, the evidence {@code winning_evidence} wins one and
 * {@code losing_evidence} loses it.
 */
final class Disputes {

    /** How long evidence is taken. */
    private static final Duration WINDOW = Duration.ofDays(9);

    private Disputes() {}

    static void addTo(Routes routes) {
        routes.get("/v1/disputes", call -> Refunds.list(call, Kind.DISPUTE, "/v1/disputes"));
        routes.get("/v1/disputes/{id}", call -> call.session().load(Kind.DISPUTE, call.id(), "dispute"));
        routes.post("/v1/disputes/{id}", Disputes::answer);
        routes.post("/v1/disputes/{id}/close", call -> end(call.session(), toChange(call), "lost"));
    }

    static void open(Session session, ObjectNode charge) {
        ObjectNode dispute = Skeletons.of(Kind.DISPUTE, Tokens.id(Kind.DISPUTE), session.now());
        dispute.put("amount", Json.number(charge, "amount")).put("currency", Json.text(charge, "currency"));
        dispute.put("charge", Json.text(charge, "id")).put("payment_intent", Json.text(charge, "payment_intent"));
        Json.put((ObjectNode) dispute.path("evidence_details"), "due_by", session.now().plus(WINDOW));
        charge.put("disputed", true);
        session.save(charge);
        session.create(dispute);
    }

    private static ObjectNode answer(Call call) {
        ObjectNode dispute = toChange(call);
        String evidence = Objects.requireNonNullElse(call.parameters().hash("evidence").text("uncategorized_text"), "");
        Boolean submit = call.parameters().flag("submit");
        ((ObjectNode) dispute.path("evidence_details")).put("has_evidence", true);
        if (Boolean.FALSE.equals(submit)) {
            call.session().update(dispute);
            return dispute;
        }
        return switch (evidence) {
            case "winning_evidence" -> end(call.session(), dispute, "won");
            case "losing_evidence" -> end(call.session(), dispute, "lost");
            case String examined -> {
                dispute.put("status", "under_review");
                call.session().update(dispute);
                yield dispute;
            }
        };
    }

    private static ObjectNode toChange(Call call) {
        ObjectNode seen = call.session().load(Kind.DISPUTE, call.id(), "dispute");
        call.session().loadToChange(Kind.CHARGE, Json.required(seen, "charge"), "charge");
        ObjectNode dispute = call.session().load(Kind.DISPUTE, call.id(), "dispute");
        String status = Json.required(dispute, "status");
        if (status.equals("won") || status.equals("lost")) {
            throw StripeError.invalid(null, null, "This dispute is already closed");
        }
        return dispute;
    }

    private static ObjectNode end(Session session, ObjectNode dispute, String status) {
        dispute.put("status", status);
        session.save(dispute);
        session.announce("charge.dispute.closed", dispute);
        return dispute;
    }
}
