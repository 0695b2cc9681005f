package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/products}. */
final class Products {

    private Products() {}

    static void addTo(Routes routes) {
        routes.post("/v1/products", Products::create);
        routes.get("/v1/products", Products::list);
        routes.get("/v1/products/{id}", call -> call.session().load(Kind.PRODUCT, call.id(), "id"));
        routes.post("/v1/products/{id}", Products::update);
        routes.delete("/v1/products/{id}", Products::delete);
    }

    /** Makes a product from {@code name} and what else describes it. */
    static ObjectNode create(Session session, Parameters parameters) {
        String own = parameters.text("id");
        ObjectNode product = Skeletons.of(Kind.PRODUCT, own == null ? Tokens.id(Kind.PRODUCT) : own, session.now());
        if (own != null && session.find(Kind.PRODUCT, own).isPresent()) {
            throw StripeError.invalid("resource_already_exists", "id", "Product already exists.");
        }
        product.put("name", parameters.requireText("name"));
        parameters.ignore("type");
        read(parameters, product);
        Json.put(product, "updated", session.now());
        session.create(product);
        return product;
    }

    private static ObjectNode create(Call call) {
        return create(call.session(), call.parameters());
    }

    private static ObjectNode update(Call call) {
        Session session = call.session();
        Parameters parameters = call.parameters();
        ObjectNode product = session.load(Kind.PRODUCT, call.id(), "id");
        String name = parameters.text("name");
        if (name != null) {
            product.put("name", name);
        }
        String price = parameters.text("default_price");
        if (price != null) {
            product.put("default_price", Json.required(session.load(Kind.PRICE, price, "default_price"), "id"));
        }
        read(parameters, product);
        Json.put(product, "updated", session.now());
        session.update(product);
        return product;
    }

    private static ObjectNode delete(Call call) {
        Session session = call.session();
        ObjectNode product = session.load(Kind.PRODUCT, call.id(), "id");
        if (!session.documents().all(Kind.PRICE, null, List.of(Kind.term("product", call.id()))).isEmpty()) {
            throw StripeError.invalid(null, "id", "This product cannot be deleted because it has one or more user-created prices.");
        }
        session.delete(product);
        return Json.object().put("id", call.id()).put("object", "product").put("deleted", true);
    }

    private static ObjectNode list(Call call) {
        List<String> terms = new ArrayList<>();
        Boolean active = call.parameters().flag("active");
        if (active != null) {
            terms.add(Kind.term("active", active.toString()));
        }
        List<String> ids = call.parameters().texts("ids");
        Page page = Page.read(call.parameters());
        if (!ids.isEmpty()) {
            return Page.list("/v1/products", ids.stream().flatMap(id -> call.session().find(Kind.PRODUCT, id).stream()).toList(), false);
        }
        return page.list("/v1/products", call.session().documents().page(Kind.PRODUCT, null, terms, page));
    }

    private static void read(Parameters parameters, ObjectNode product) {
        for (String field : List.of("description", "statement_descriptor", "unit_label", "url", "tax_code")) {
            if (parameters.has(field)) {
                product.put(field, parameters.text(field));
            }
        }
        Boolean active = parameters.flag("active");
        if (active != null) {
            product.put("active", active);
        }
        if (parameters.has("marketing_features")) {
            product.set("marketing_features", Json.array().addAll(parameters.hashes("marketing_features").stream()
                    .map(feature -> Json.object().put("name", feature.requireText("name"))).toList()));
        }
        Metadata.read(parameters, product);
    }
}
