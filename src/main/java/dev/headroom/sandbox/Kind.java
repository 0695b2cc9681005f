package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Stripe objects that are stored, and by which of their fields each is found. */
enum Kind {
    CUSTOMER("customer", "cus", "customers", Map.of("email", "/email", "test_clock", "/test_clock")),
    CUSTOMER_BALANCE_TRANSACTION("customer_balance_transaction", "cbtxn", "balance_transactions", Map.of()),
    PAYMENT_METHOD("payment_method", "pm", "payment_methods", Map.of("type", "/type")),
    PRODUCT("product", "prod", "products", Map.of("active", "/active")),
    PRICE("price", "price", "prices", Map.of("active", "/active", "product", "/product", "lookup_key", "/lookup_key",
            "currency", "/currency", "type", "/type", "meter", "/recurring/meter")),
    METER("billing.meter", "mtr", "billing/meters", Map.of("status", "/status", "event_name", "/event_name")),
    COUPON("coupon", "", "coupons", Map.of()),
    PROMOTION_CODE("promotion_code", "promo", "promotion_codes", Map.of("code", "/code", "coupon", "/promotion/coupon")),
    DISCOUNT("discount", "di", "discounts", Map.of()),
    SUBSCRIPTION("subscription", "sub", "subscriptions", Map.of("status", "/status", "test_clock", "/test_clock", "item", "/items/data/*/id",
            "price", "/items/data/*/price/id")),
    INVOICE("invoice", "in", "invoices", Map.of("status", "/status",
            "subscription", "/parent/subscription_details/subscription")),
    INVOICE_PREVIEW("invoice_preview", "upcoming_in", "invoices", Map.of()),
    INVOICE_ITEM("invoiceitem", "ii", "invoiceitems", Map.of("invoice", "/invoice")),
    INVOICE_PAYMENT("invoice_payment", "inpay", "invoice_payments", Map.of("status", "/status", "invoice", "/invoice",
            "payment_intent", "/payment/payment_intent")),
    PAYMENT_INTENT("payment_intent", "pi", "payment_intents", Map.of()),
    CHARGE("charge", "ch", "charges", Map.of("payment_intent", "/payment_intent")),
    REFUND("refund", "re", "refunds", Map.of("payment_intent", "/payment_intent", "charge", "/charge")),
    DISPUTE("dispute", "du", "disputes", Map.of("payment_intent", "/payment_intent", "charge", "/charge")),
    TAX_ID("tax_id", "txi", "tax_ids", Map.of()),
    SETUP_INTENT("setup_intent", "seti", "setup_intents", Map.of("payment_method", "/payment_method")),
    SUBSCRIPTION_SCHEDULE("subscription_schedule", "sub_sched", "subscription_schedules", Map.of("status", "/status")),
    TEST_CLOCK("test_helpers.test_clock", "clock", "test_helpers/test_clocks", Map.of("status", "/status")),
    WEBHOOK_ENDPOINT("webhook_endpoint", "we", "webhook_endpoints", Map.of("status", "/status"));

    private final String object;
    private final String prefix;
    private final String collection;
    private final Map<String, String> indexed;

    Kind(String object, String prefix, String collection, Map<String, String> indexed) {
        this.object = object;
        this.prefix = prefix;
        this.collection = collection;
        this.indexed = indexed;
    }

    static Kind of(ObjectNode document) {
        return named(Json.required(document, "object"));
    }

    static Kind named(String object) {
        return Stream.of(values()).filter(kind -> kind.object.equals(object)).findFirst().orElseThrow();
    }

    /** What Stripe writes into {@code object}. */
    String object() {
        return object;
    }

    String prefix() {
        return prefix;
    }

    String url() {
        return "/v1/" + collection;
    }

    /** Event types begin with the object's name, some with their owner's too. */
    String eventPrefix() {
        return switch (this) {
            case SUBSCRIPTION, TAX_ID -> "customer." + object;
            case DISPUTE -> "charge." + object;
            case CUSTOMER, CUSTOMER_BALANCE_TRANSACTION, PAYMENT_METHOD, PRODUCT, PRICE, METER, COUPON, PROMOTION_CODE, DISCOUNT, INVOICE, INVOICE_PREVIEW,
                    INVOICE_ITEM, INVOICE_PAYMENT, PAYMENT_INTENT, CHARGE, REFUND, SETUP_INTENT, SUBSCRIPTION_SCHEDULE, TEST_CLOCK, WEBHOOK_ENDPOINT -> object;
        };
    }

    /** A field's value as an index term. */
    static String term(String field, String value) {
        return field + "=" + value;
    }

    /** The terms that a document is found by. */
    String[] terms(ObjectNode document) {
        List<String> terms = new ArrayList<>();
        indexed.forEach((field, pointer) -> values(document, pointer)
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .forEach(value -> terms.add(term(field, value.asString()))));
        // Lists leave out what is over, unless asked for it.
        if (this == SUBSCRIPTION) {
            terms.add(term("ended", String.valueOf(document.path("ended_at").isNumber())));
        }
        if (this == INVOICE_ITEM) {
            terms.add(term("pending", String.valueOf(document.path("invoice").isNull())));
        }
        if (this == CUSTOMER || this == COUPON) {
            boolean deleted = Json.flag(document, "deleted") || Json.flag(document.path(Rendering.INTERNAL), "deleted");
            terms.add(term("deleted", String.valueOf(deleted)));
        }
        return terms.toArray(String[]::new);
    }

    private static Stream<JsonNode> values(JsonNode document, String pointer) {
        int star = pointer.indexOf("/*");
        return star < 0
                ? Stream.of(document.at(pointer))
                : Json.objects(document.at(pointer.substring(0, star))).stream().map(each -> each.at(pointer.substring(star + 2)));
    }
}
