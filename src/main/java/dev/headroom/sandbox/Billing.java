package dev.headroom.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns lines into an invoice's document. Nothing is stored here, so that a preview is made exactly as the invoice is. */
final class Billing {

    enum Reason { SUBSCRIPTION_CREATE, SUBSCRIPTION_UPDATE, SUBSCRIPTION_CYCLE, UPCOMING }

    private final Session session;

    Billing(Session session) {
        this.session = session;
    }

    /**
     * An invoice over what waits for one and over the given lines.
     *
     * @param period what the invoice says it covers: at a renewal, the period that ended
     */
    ObjectNode draft(ObjectNode subscription, List<Line> lines, Reason reason, Span period) {
        return draft(subscription, new WaitingItems(session).lines(subscription), lines, reason, period);
    }

    /** @param prepared lines that were made already and come before the new ones; nothing else that waits is taken along */
    ObjectNode draft(ObjectNode subscription, List<ObjectNode> prepared, List<Line> lines, Reason reason, Span period) {
        String id = Tokens.id(Kind.INVOICE);
        ObjectNode invoice = Skeletons.of(Kind.INVOICE, id, session.now());
        invoice.put("billing_reason", Parameters.spelling(reason)).put("currency", Json.text(subscription, "currency"));
        Json.put(invoice, "period_start", period.from());
        Json.put(invoice, "period_end", period.until());
        ObjectNode details = invoice.putObject("parent").put("type", "subscription_details").putNull("quote_details")
                .putObject("subscription_details").put("subscription", Json.text(subscription, "id"));
        details.set("metadata", subscription.path("metadata"));
        List<ObjectNode> all = new ArrayList<>(prepared);
        all.addAll(lines.stream().map(line -> line.document(subscription)).toList());
        all.forEach(line -> line.put("invoice", id));
        InvoiceItem.linkCredits(all, id);
        ObjectNode list = (ObjectNode) invoice.path("lines");
        list.set("data", Json.array().addAll(all));
        list.put("total_count", all.size()).put("url", "/v1/invoices/" + id + "/lines");
        total(invoice, all);
        ObjectNode customer = session.load(Kind.CUSTOMER, Json.required(subscription, "customer"));
        address(invoice, customer);
        Terms.bill(subscription, invoice);
        session.taxation().tax(invoice, all, subscription);
        balance(invoice, Json.number(customer, "balance"));
        return invoice;
    }

    /** The items' debits learn which invoice billed them. */
    static void bind(ObjectNode subscription, ObjectNode invoice) {
        String id = Json.required(invoice, "id");
        List<String> lines = Json.objects(invoice.path("lines").path("data")).stream().map(line -> Json.required(line, "id")).toList();
        Item.write(subscription, Item.of(subscription).stream().map(item -> item.owing(item.debits().stream()
                .map(debit -> lines.contains(debit.line()) ? debit.billedBy(id) : debit)
                .toList())).toList());
    }

    /** The discounts that took something off a whole period; parts of one use up none. */
    static List<String> usedDiscounts(ObjectNode invoice) {
        return Json.objects(invoice.path("lines").path("data")).stream().filter(line -> Json.flag(line, "discountable"))
                .flatMap(line -> Reduction.Share.of(line.path("discount_amounts")).stream()).map(Reduction.Share::discount).distinct().toList();
    }

    private static void total(ObjectNode invoice, List<ObjectNode> lines) {
        long subtotal = lines.stream().mapToLong(line -> Json.number(line, "amount")).sum();
        Map<String, Long> discounts = new LinkedHashMap<>();
        for (ObjectNode line : lines) {
            Reduction.Share.of(line.path("discount_amounts")).forEach(share -> {
                discounts.merge(share.discount(), share.amount(), Long::sum);
                line.withArray("/pretax_credit_amounts").add(share.document().put("type", "discount"));
            });
        }
        discounts.forEach((discount, amount) -> {
            invoice.withArray("/total_discount_amounts").addObject().put("amount", amount).put("discount", discount);
            invoice.withArray("/total_pretax_credit_amounts").addObject().put("amount", amount).put("discount", discount).put("type", "discount");
        });
        List<String> ofLines = lines.stream().flatMap(line -> Json.texts(line.path("discounts")).stream()).toList();
        invoice.set("discounts", Json.strings(discounts.keySet().stream().filter(each -> !ofLines.contains(each)).toList()));
        long total = subtotal - discounts.values().stream().mapToLong(Long::longValue).sum();
        invoice.put("subtotal", subtotal).put("subtotal_excluding_tax", subtotal).put("total", total).put("total_excluding_tax", total);
    }

    /**
     * The customer's balance takes part in every invoice: a credit is used up, what is owed is added, a negative total is
     * credited, and what is too little to charge waits on the balance.
     */
    static void balance(ObjectNode invoice, long starting) {
        long owed = Json.number(invoice, "total") + starting;
        boolean tooLittle = owed > 0 && owed < Currencies.minimumCharge(Json.required(invoice, "currency"));
        long due = owed <= 0 || tooLittle ? 0 : owed;
        invoice.put("starting_balance", starting).put("ending_balance", owed - due);
        invoice.put("amount_due", due).put("amount_remaining", due);
    }

    private static void address(ObjectNode invoice, ObjectNode customer) {
        invoice.put("customer", Json.text(customer, "id"));
        for (String field : List.of("email", "name", "phone", "address", "shipping", "tax_exempt")) {
            JsonNode value = customer.path(field);
            invoice.set("customer_" + field, Objects.requireNonNull(value));
        }
    }
}
