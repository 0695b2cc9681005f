package dev.headroom.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an item was billed, net of discounts, for a stretch of time: flexible billing credits from these, one credit for each
 * that is still running.
 *
 * @param invoice the invoice that billed it; null while it waits for one
 * @param line    the invoice line that billed it
 * @param discounts what was taken off for it and shown beside it
 * @param invoiceItem the invoice item that it was or is; null for a whole period
 */
record Debit(Span period, long net, @Nullable String invoice, String line, @Nullable String invoiceItem,
        List<Reduction.Share> discounts) {

    static List<Debit> of(ObjectNode item) {
        return Json.objects(item.path(Rendering.INTERNAL).path("debits")).stream()
                .map(debit -> new Debit(Span.of(debit), Json.number(debit, "net"), Json.text(debit, "invoice"), Json.required(debit, "line"),
                        Json.text(debit, "invoice_item"), Reduction.Share.of(debit.path("discounts"))))
                .toList();
    }

    long gross() {
        return Math.addExact(net, Reduction.sum(discounts));
    }

    Debit billedBy(String newInvoice) {
        return new Debit(period, net, newInvoice, line, invoiceItem, discounts);
    }

    ObjectNode document() {
        ObjectNode document = period.document().put("net", net).put("invoice", invoice).put("line", line).put("invoice_item", invoiceItem);
        discounts.forEach(share -> document.withArray("/discounts").add(share.document()));
        return document;
    }
}
