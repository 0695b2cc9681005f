package dev.headroom.sandbox;

import dev.headroom.sandbox.DocumentRepository.Reference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts whole objects where an answer has ids, as far as the request asks with {@code expand}. */
final class Expansion {

    private static final int DEEPEST = 4;

    private static final Map<String, Kind> REFERENCES = Map.ofEntries(
            Map.entry("customer", Kind.CUSTOMER), Map.entry("invoice", Kind.INVOICE), Map.entry("latest_invoice", Kind.INVOICE),
            Map.entry("subscription", Kind.SUBSCRIPTION), Map.entry("default_payment_method", Kind.PAYMENT_METHOD),
            Map.entry("payment_method", Kind.PAYMENT_METHOD), Map.entry("payment_intent", Kind.PAYMENT_INTENT),
            Map.entry("product", Kind.PRODUCT), Map.entry("default_price", Kind.PRICE), Map.entry("price", Kind.PRICE),
            Map.entry("schedule", Kind.SUBSCRIPTION_SCHEDULE), Map.entry("test_clock", Kind.TEST_CLOCK), Map.entry("coupon", Kind.COUPON),
            Map.entry("latest_charge", Kind.CHARGE), Map.entry("charge", Kind.CHARGE), Map.entry("promotion_code", Kind.PROMOTION_CODE), Map.entry("discount", Kind.DISCOUNT), Map.entry("discounts", Kind.DISCOUNT));

    /** Expandable at Stripe too, and always null here. */
    private static final Set<String> ALWAYS_NULL = Set.of(
            "default_source", "pending_setup_intent", "application", "on_behalf_of", "source", "tax_ids", "sources");

    private final Session session;

    Expansion(Session session) {
        this.session = session;
    }

    /** @throws StripeError for a property that is not there or too deep */
    ObjectNode render(ObjectNode document, List<String> paths) {
        ObjectNode shown = Rendering.plain(document);
        session.foresee(references(shown, paths));
        refresh(shown);
        paths.forEach(path -> {
            List<String> steps = List.of(path.split("\\."));
            if (steps.size() > DEEPEST) {
                throw StripeError.invalid("parameter_invalid_expand", "expand",
                        "You cannot expand more than 4 levels of a property. Property: " + path);
            }
            expand(shown, steps, path);
        });
        return shown;
    }

    /** What the answer is put together from, as far as the document names it itself. */
    private static Set<Reference> references(ObjectNode shown, List<String> paths) {
        Set<Reference> all = new HashSet<>();
        embedded(shown, all);
        paths.forEach(path -> named(shown, List.of(path.split("\\.")), all));
        return all;
    }

    private static void embedded(JsonNode node, Set<Reference> all) {
        if (node instanceof ObjectNode hash && "price".equals(Json.text(hash, "object"))) {
            all.add(new Reference(Kind.PRICE, Json.required(hash, "id")));
        }
        if (node instanceof ObjectNode hash && "coupon".equals(Json.text(hash, "object")) && hash.has("valid")) {
            all.add(new Reference(Kind.COUPON, Json.required(hash, "id")));
        }
        node.forEach(each -> embedded(each, all));
    }

    private static void named(JsonNode node, List<String> steps, Set<Reference> all) {
        if (node instanceof ArrayNode list) {
            list.forEach(each -> named(each, steps, all));
        } else if (!steps.isEmpty()) {
            JsonNode value = node.path(steps.getFirst());
            Kind kind = REFERENCES.get(steps.getFirst());
            if (kind != null && value.isString()) {
                all.add(new Reference(kind, value.stringValue()));
            } else if (kind != null && value instanceof ArrayNode ids) {
                ids.forEach(id -> Optional.of(id).filter(JsonNode::isString).ifPresent(text -> all.add(new Reference(kind, text.stringValue()))));
            } else {
                named(value, steps.subList(1, steps.size()), all);
            }
        }
    }

    private void expand(JsonNode node, List<String> steps, String path) {
        if (steps.isEmpty()) {
            return;
        }
        if (node instanceof ArrayNode list) {
            list.forEach(each -> expand(each, steps, path));
        } else if (node instanceof ObjectNode hash) {
            String step = steps.getFirst();
            if (absent(hash, step)) {
                return;
            }
            JsonNode value = expanded(hash, step, path);
            hash.set(step, value);
            expand(value, steps.subList(1, steps.size()), path);
        }
    }

    /** Whoever lists prices asks for the tiers of all of them, and of coupons for their products; those that have none are shown without. */
    private boolean absent(ObjectNode hash, String step) {
        boolean coupon = "coupon".equals(Json.text(hash, "object"));
        return step.equals("tiers") && "per_unit".equals(Json.text(hash, "billing_scheme"))
                || coupon && step.equals("applies_to") && stored(Kind.COUPON, Json.required(hash, "id"), step) == null;
    }

    private JsonNode expanded(ObjectNode hash, String step, String path) {
        Optional<JsonNode> onRequest = onRequest(hash, step);
        if (onRequest.isPresent()) {
            return onRequest.get();
        }
        JsonNode value = hash.get(step);
        Kind kind = REFERENCES.get(step);
        if (value == null || value.isValueNode() && kind == null && !ALWAYS_NULL.contains(step)) {
            throw StripeError.invalid(null, "expand", "This property cannot be expanded (" + path + ").");
        }
        return kind == null ? value : referred(kind, value);
    }

    /** Today's terms of what the document embeds: lookup keys move, prices are archived, coupons and promotion codes end. */
    private void refresh(JsonNode node) {
        if (node instanceof ObjectNode hash && "price".equals(Json.text(hash, "object"))) {
            session.find(Kind.PRICE, Json.required(hash, "id")).map(Rendering::plain).ifPresent(hash::setAll);
        }
        if (node instanceof ObjectNode hash && "coupon".equals(Json.text(hash, "object")) && hash.has("valid")) {
            session.find(Kind.COUPON, Json.required(hash, "id")).ifPresent(coupon -> hash.put("valid", Coupons.isValid(coupon, session.now())));
        }
        if (node instanceof ObjectNode hash && "promotion_code".equals(Json.text(hash, "object"))) {
            hash.put("active", PromotionCodes.isActive(session, hash));
        }
        node.forEach(this::refresh);
    }

    private JsonNode referred(Kind kind, JsonNode value) {
        if (value.isString()) {
            JsonNode object = session.find(kind, value.stringValue()).<JsonNode>map(Rendering::plain).orElse(value);
            refresh(object);
            return object;
        }
        if (value instanceof ArrayNode ids) {
            ArrayNode objects = Json.array();
            ids.forEach(id -> objects.add(referred(kind, id)));
            return objects;
        }
        return value;
    }

    /** The fields that an object has only when they are asked for. */
    private Optional<JsonNode> onRequest(ObjectNode hash, String step) {
        String id = hash.path("id").asString("");
        JsonNode present = hash.get(step);
        if (present != null && !present.isNull() && !present.isString()) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (hash.path("object").asString("") + "." + step) {
            case "price.tiers", "plan.tiers" -> stored(Kind.PRICE, id, "tiers");
            case "coupon.applies_to" -> stored(Kind.COUPON, id, "applies_to");
            case "invoice.payments" -> Page.list("/v1/invoice_payments?invoice=" + id, InvoicePayments.of(session, id), false);
            case "invoice.confirmation_secret" ->
                    InvoicePayments.confirmationSecret(session, id).<JsonNode>map(secret -> secret).orElse(NullNode.getInstance());
            case "customer.subscriptions" -> Page.list("/v1/customers/" + id + "/subscriptions", subscriptions(id), false);
            case String other -> null;
        });
    }

    private @Nullable JsonNode stored(Kind kind, String id, String field) {
        JsonNode value = session.find(kind, id).map(document -> document.path(field)).orElse(null);
        return value == null || value.isMissingNode() ? null : value;
    }

    private List<ObjectNode> subscriptions(String customer) {
        return session.documents().all(Kind.SUBSCRIPTION, customer, List.of()).stream()
                .filter(subscription -> !"canceled".equals(Json.text(subscription, "status"))).map(Rendering::plain).toList();
    }
}
