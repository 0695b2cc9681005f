package dev.headroom.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line to be invoiced.
 *
 * @param invoiceItem the invoice item that a part of a period is billed as, which no discount applies to again; null for a whole period
 * @param amount     minor units; negative for a credit
 * @param reductions what discounts take off it; of a part of a period only where the subscription itemizes them
 * @param credits    the debit that it gives back, for a credit in flexible billing
 */
record Line(String id, @Nullable String invoiceItem, Item item, long amount, long quantity, Span period, String description,
        List<Reduction.Share> reductions, @Nullable Debit credits) {

    static Line recurring(Item item, Span period, String description, long amount, List<Reduction.Share> reductions) {
        return new Line(Tokens.id("il"), null, item, amount, item.quantity(), period, description, reductions, null);
    }

    static Line proration(Item item, Span period, String description, long amount, List<Reduction.Share> reductions, @Nullable Debit credits) {
        return new Line(Tokens.id("il"), Tokens.id(Kind.INVOICE_ITEM), item, amount, item.quantity(), period, description, reductions, credits);
    }

    boolean isProration() {
        return invoiceItem != null;
    }

    long net() {
        return amount - Reduction.sum(reductions);
    }

    /** What the item owes for this line from now on. */
    Debit debit() {
        return new Debit(period, net(), null, id, invoiceItem, reductions);
    }

    ObjectNode document(ObjectNode subscription) {
        ObjectNode line = Skeletons.of("line_item");
        line.put("id", id).put("amount", amount).put("subtotal", amount).put("currency", Json.text(subscription, "currency"));
        line.put("description", description).put("discountable", !isProration()).put("quantity", quantity);
        line.put("quantity_decimal", String.valueOf(quantity)).put("subscription", Json.text(subscription, "id"));
        line.set("period", period.document());
        line.set("metadata", subscription.path("metadata"));
        reductions.forEach(share -> line.withArray("/discount_amounts").add(share.document()));
        reductions.stream().map(Reduction.Share::discount).filter(item.discounts()::contains).forEach(line.withArray("/discounts")::add);
        line.set("parent", parent(subscription));
        if (invoiceItem != null) {
            InvoiceItem.remember(line, invoiceItem, credits);
        }
        ObjectNode pricing = line.putObject("pricing").put("type", "price_details");
        pricing.putObject("price_details").put("price", item.priceId()).put("product", item.product());
        pricing.set("unit_amount_decimal", item.price().path("unit_amount_decimal"));
        return line;
    }

    private ObjectNode parent(ObjectNode subscription) {
        ObjectNode parent = Json.object().put("type", "subscription_item_details").putNull("invoice_item_details");
        ObjectNode details = parent.putObject("subscription_item_details").putNull("invoice_item");
        details.put("proration", isProration());
        ObjectNode proration = details.putObject("proration_details");
        proration.putNull("credited_items");
        if (credits != null && credits.invoice() != null) {
            proration.putObject("credited_items").put("invoice", credits.invoice()).putArray("invoice_line_items").add(credits.line());
        }
        details.put("subscription", Json.text(subscription, "id")).put("subscription_item", item.id());
        return parent;
    }
}
