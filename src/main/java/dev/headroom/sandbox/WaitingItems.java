package dev.headroom.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Invoice items on their way to an invoice: parked by a change, taken along by the next invoice, given back when an update is discarded. */
final class WaitingItems {

    private static final String WAITED = "waited";

    private final Session session;

    WaitingItems(Session session) {
        this.session = session;
    }

    /**
     * What the subscription's next invoice takes along, oldest first: its own and those of the customer that name no subscription. What
     * an update took that still waits for its payment counts: another update would discard that one.
     */
    List<ObjectNode> of(ObjectNode subscription) {
        String customer = Json.required(subscription, "customer");
        String taken = PendingUpdates.invoice(subscription);
        Stream<ObjectNode> again = taken == null ? Stream.of() : taken(customer, taken);
        Stream<ObjectNode> pending = session.documents().all(Kind.INVOICE_ITEM, customer, List.of(Kind.term("pending", "true"))).reversed().stream()
                .filter(item -> isFor(item, Json.required(subscription, "id"), true));
        return Stream.concat(again, pending).toList();
    }

    /** The same as the lines that they will be. */
    List<ObjectNode> lines(ObjectNode subscription) {
        return of(subscription).stream().map(InvoiceItem::line).toList();
    }

    /** Puts a plan's prorations aside until the next invoice. */
    void park(Plan plan) {
        String customer = Json.required(plan.subscription(), "customer");
        plan.lines().forEach(line -> session.create(InvoiceItem.of(line.document(plan.subscription()), customer, session.now())));
    }

    /** The invoice is about to be issued: it takes what waited, and its own prorations become invoice items too. */
    void bill(ObjectNode invoice) {
        String customer = Json.required(invoice, "customer");
        String invoiceId = Json.required(invoice, "id");
        for (ObjectNode line : Json.objects(invoice.path("lines").path("data"))) {
            String id = InvoiceItem.idOf(line);
            Optional<ObjectNode> waiting = id == null || !InvoiceItem.waited(line) ? Optional.empty() : session.find(Kind.INVOICE_ITEM, id);
            if (waiting.isPresent()) {
                ObjectNode item = waiting.get().put("invoice", invoiceId);
                item.withObject("/" + Rendering.INTERNAL).put(WAITED, true);
                session.save(item);
            } else if (id != null) {
                session.create(InvoiceItem.of(line, customer, session.now()).put("invoice", invoiceId));
                InvoiceItem.nameOn(line);
            }
        }
    }

    /** The invoice came to nothing: what it had taken along waits again. */
    void release(ObjectNode invoice) {
        taken(Json.required(invoice, "customer"), Json.required(invoice, "id")).forEach(item -> session.save(item.putNull("invoice")));
    }

    /** Nobody will bill a subscription's prorations any more; what was made by hand still waits. */
    void drop(ObjectNode subscription) {
        of(subscription).stream().filter(item -> Json.flag(item, "proration"))
                .filter(item -> isFor(item, Json.required(subscription, "id"), false)).forEach(session::delete);
    }

    private Stream<ObjectNode> taken(String customer, String invoice) {
        return session.documents().all(Kind.INVOICE_ITEM, customer, List.of(Kind.term("invoice", invoice))).reversed().stream()
                .filter(item -> Json.flag(item.path(Rendering.INTERNAL), WAITED));
    }

    private static boolean isFor(ObjectNode item, String subscription, boolean orAny) {
        String own = Json.text(item.path("parent").path("subscription_details"), "subscription");
        return own == null ? orAny : Objects.equals(own, subscription);
    }
}
