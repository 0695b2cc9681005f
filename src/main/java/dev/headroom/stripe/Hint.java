package dev.headroom.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where an event says to look.
 *
 * @param object  the subscription, customer, payment or invoice
 * @param invoice that it tells of too
 */
record Hint(String object, @Nullable String invoice) {

    private static final String CUSTOMER_CHANGED = "customer.updated";
    private static final String CARD = "payment_method.";
    private static final String INVOICE_ITEM = "invoiceitem.";
    private static final String CHARGE = "charge.";

    /**
     * Empty where an event tells of nothing that is followed: invoice items name a subscription, but what they bill is told by it and its
     * invoices.
     *
     * @param left the customer that a card belonged to before
     */
    static Optional<Hint> of(String type, JsonNode object, Optional<String> left) {
        if (type.startsWith(INVOICE_ITEM)) {
            return Optional.empty();
        }
        if (type.startsWith(CARD)) {
            return text(object.path("customer")).or(() -> left).map(Hint::of);
        }
        if (type.startsWith(CHARGE)) {
            return text(object.path("payment_intent")).map(Hint::of);
        }
        Optional<String> invoice = object.path("object").asString("").equals("invoice") ? text(object.path("id")) : Optional.empty();
        boolean itself = type.equals(CUSTOMER_CHANGED) || object.path("object").asString("").equals("subscription");
        return text(itself ? object.path("id") : object.path("parent").path("subscription_details").path("subscription"))
                .or(() -> invoice)
                .map(found -> new Hint(found, invoice.orElse(null)));
    }

    /** What is published of it, the invoice before the subscription that it belongs to. */
    List<StripeObjectChanged> published(String event, String type) {
        List<StripeObjectChanged> all = new ArrayList<>();
        if (invoice != null) {
            all.add(new StripeObjectChanged.OfInvoice(event, invoice));
        }
        if (type.equals(CUSTOMER_CHANGED) || type.startsWith(CARD)) {
            all.add(new StripeObjectChanged.OfCustomer(event, object));
        } else if (type.startsWith(CHARGE)) {
            all.add(new StripeObjectChanged.OfPayment(event, object));
        } else if (!object.equals(invoice)) {
            all.add(new StripeObjectChanged.OfSubscription(event, object));
        }
        return all;
    }

    private static Hint of(String object) {
        return new Hint(object, null);
    }

    static Optional<String> text(JsonNode value) {
        return Optional.of(value).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
