package dev.headroom.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers/{id}/tax_ids}: a customer's numbers at tax offices, which its invoices show from then on. */
final class TaxIds {

    private TaxIds() {}

    static void addTo(Routes routes) {
        routes.post("/v1/customers/{id}/tax_ids", TaxIds::create);
        routes.get("/v1/customers/{id}/tax_ids", call -> {
            Page page = Page.read(call.parameters());
            return page.list("/v1/customers/" + call.id() + "/tax_ids", call.session().documents().page(Kind.TAX_ID, call.id(), List.of(), page));
        });
        routes.get("/v1/customers/{id}/tax_ids/{tax}", TaxIds::meant);
        routes.delete("/v1/customers/{id}/tax_ids/{tax}", call -> {
            Customers.loadToChange(call.session(), call.id(), "customer");
            ObjectNode gone = meant(call);
            call.session().delete(gone);
            return Json.object().put("id", Json.text(gone, "id")).put("object", "tax_id").put("deleted", true);
        });
    }

    /** An invoice keeps what its customer had when it was finalised. */
    static void show(Session session, ObjectNode customer, ObjectNode invoice) {
        ArrayNode shown = Json.array();
        session.documents().all(Kind.TAX_ID, Json.required(customer, "id"), List.of()).reversed()
                .forEach(each -> shown.addObject().put("type", Json.text(each, "type")).put("value", Json.text(each, "value")));
        invoice.set("customer_tax_ids", shown);
    }

    private static ObjectNode create(Call call) {
        Customers.loadToChange(call.session(), call.id(), "customer");
        String type = call.parameters().requireText("type");
        String value = call.parameters().requireText("value");
        ObjectNode made = Skeletons.of(Kind.TAX_ID, Tokens.id(Kind.TAX_ID), call.session().now());
        made.put("customer", call.id()).put("type", type).put("value", value);
        ((ObjectNode) made.path("owner")).put("customer", call.id());
        made.put("country", type.startsWith("eu_") ? value.substring(0, Math.min(2, value.length())) : type.substring(0, 2).toUpperCase(Locale.ROOT));
        call.session().create(made);
        return made;
    }

    private static ObjectNode meant(Call call) {
        ObjectNode found = call.session().load(Kind.TAX_ID, call.ids().get(1), "id");
        if (!Objects.equals(Json.text(found, "customer"), call.id())) {
            throw StripeError.missing(Kind.TAX_ID, call.ids().get(1), "id");
        }
        return found;
    }
}
