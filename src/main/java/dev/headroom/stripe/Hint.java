package dev.headroom.stripe;

import dev.headroom.stripe.InboxRepository.ReceivedEvent;
import dev.headroom.stripe.StripeInbox.StripeObjectChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private static final String DISCOUNT = "customer.discount.";
    private static final String CHARGE = "charge.";
    private static final String SCHEDULE = "subscription_schedule.";

    /**
     * Empty where an event tells of nothing that is followed: a proration that is billed is told by its invoice, and what waits or was made by
     * hand by nobody else.
     *
     * @param left the customer that a card belonged to before
     */
    static Optional<Hint> of(String type, JsonNode object, Optional<String> left, Told told) {
        if (type.equals(CUSTOMER_CHANGED) && told.idle()) {
            return Optional.empty();
        }
        if (type.startsWith(INVOICE_ITEM) && object.path("proration").asBoolean(false) && object.path("invoice").isString()) {
            return Optional.empty();
        }
        if (type.startsWith(CARD) || type.startsWith(INVOICE_ITEM) || type.startsWith(DISCOUNT)) {
            return text(object.path("customer")).or(() -> left).map(Hint::of);
        }
        if (type.startsWith(CHARGE)) {
            return text(object.path("payment_intent")).map(Hint::of);
        }
        Optional<String> invoice = object.path("object").asString("").equals("invoice") ? text(object.path("id")) : Optional.empty();
        if (type.startsWith(SCHEDULE)) {
            return text(object.path("subscription")).or(() -> text(object.path("released_subscription"))).map(Hint::of);
        }
        boolean itself = type.equals(CUSTOMER_CHANGED) || object.path("object").asString("").equals("subscription");
        return text(itself ? object.path("id") : object.path("parent").path("subscription_details").path("subscription"))
                .or(() -> invoice)
                .map(found -> new Hint(found, invoice.orElse(null)));
    }

    /** What is published of events that tell of one object: its invoices, and then itself, once each. */
    static List<StripeObjectChanged> published(List<ReceivedEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        ReceivedEvent first = events.getFirst();
        List<Told> told = events.stream().map(ReceivedEvent::told).toList();
        List<StripeObjectChanged> all = new ArrayList<>();
        events.stream().map(each -> each.hint().invoice()).filter(Objects::nonNull).distinct()
                .forEach(invoice -> all.add(new StripeObjectChanged.OfInvoice(first.id(), invoice)));
        String object = first.hint().object();
        if (isOfCustomer(first.type())) {
            all.add(new StripeObjectChanged.OfCustomer(first.id(), object, told.stream().allMatch(Told::ofBalanceAlone), Told.requests(told)));
        } else if (first.type().startsWith(CHARGE)) {
            all.add(new StripeObjectChanged.OfPayment(first.id(), object));
        } else if (!object.equals(first.hint().invoice())) {
            all.add(new StripeObjectChanged.OfSubscription(first.id(), object, Told.requests(told)));
        }
        return all;
    }

    static boolean isOfCustomer(String type) {
        return type.equals(CUSTOMER_CHANGED) || type.startsWith(CARD) || type.startsWith(INVOICE_ITEM) || type.startsWith(DISCOUNT);
    }

    private static Hint of(String object) {
        return new Hint(object, null);
    }

    static Optional<String> text(JsonNode value) {
        return Optional.of(value).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
