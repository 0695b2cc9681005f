package dev.headroom.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two shapes of what is billed beside whole periods: the invoice item, which may wait for its invoice, and the line that it is there.
 * Both keep to themselves which is whose, and what a credit gives back.
 */
final class InvoiceItem {

    private static final String LINE = "line";
    private static final String ITEM = "item";
    private static final String CREDITS = "credits";

    private static final List<String> SHARED =
            List.of("amount", "currency", "description", "discountable", "metadata", "period", "pricing", "quantity", "quantity_decimal");

    private InvoiceItem() {}

    /** What a proration's line keeps to itself. */
    static void remember(ObjectNode line, String item, @Nullable Debit credits) {
        ObjectNode internal = line.putObject(Rendering.INTERNAL).put(ITEM, item);
        if (credits != null) {
            internal.putObject(CREDITS).put("invoice", credits.invoice()).put(LINE, credits.line()).put(ITEM, credits.invoiceItem());
        }
    }

    /** The invoice item of a line; null for a whole period's, which has none. */
    static @Nullable String idOf(ObjectNode line) {
        return Json.text(line.path(Rendering.INTERNAL), ITEM);
    }

    /** Whether there was an item before the line. */
    static boolean waited(ObjectNode line) {
        return line.path("parent").path("invoice_item_details").isObject();
    }

    /** The line that an item is or will be. */
    static String lineOf(ObjectNode item) {
        return Json.required(item.path(Rendering.INTERNAL), LINE);
    }

    /** The item behind a proration's line; no invoice has it yet. */
    static ObjectNode of(ObjectNode line, String customer, Instant now) {
        ObjectNode item = Skeletons.of(Kind.INVOICE_ITEM.object());
        item.put("id", idOf(line)).put("customer", customer).put("proration", true);
        Json.put(item, "date", now);
        SHARED.forEach(field -> item.set(field, line.path(field).deepCopy()));
        item.putArray("discounts");
        item.putArray("tax_rates");
        JsonNode details = line.path("parent").path("subscription_item_details");
        item.putObject("parent").put("type", "subscription_details").putObject("subscription_details")
                .put("subscription", Json.text(details, "subscription")).put("subscription_item", Json.text(details, "subscription_item"));
        JsonNode credits = line.path(Rendering.INTERNAL).path(CREDITS);
        ObjectNode proration = item.putObject("proration_details");
        proration.set("credited_items", credited(credits));
        proration.set("discount_amounts", line.path("discount_amounts").deepCopy());
        long discounted = Json.objects(line.path("discount_amounts")).stream().mapToLong(each -> Json.number(each, "amount")).sum();
        item.put("net_amount", Json.number(line, "amount") - discounted);
        item.putObject(Rendering.INTERNAL).put(LINE, Json.required(line, "id")).set(CREDITS, credits.isObject() ? credits.deepCopy() : null);
        return item;
    }

    /** The line that an item becomes on the invoice that takes it. */
    static ObjectNode line(ObjectNode item) {
        ObjectNode line = Skeletons.of("line_item");
        String subscription = Json.text(item.path("parent").path("subscription_details"), "subscription");
        line.put("id", lineOf(item)).put("subscription", subscription);
        SHARED.forEach(field -> line.set(field, item.path(field).deepCopy()));
        line.set("subtotal", item.path("amount"));
        if (item.path("proration_details").path("discount_amounts").isArray()) {
            line.set("discount_amounts", item.path("proration_details").path("discount_amounts").deepCopy());
        }
        JsonNode credits = item.path(Rendering.INTERNAL).path(CREDITS);
        line.putObject(Rendering.INTERNAL).put(ITEM, Json.required(item, "id")).set(CREDITS, credits.isObject() ? credits.deepCopy() : null);
        line.set("parent", parent(Json.required(item, "id"), Json.flag(item, "proration"), subscription));
        credit(line, Json.text(credits, "invoice"));
        return line;
    }

    /** Says on a line which item stands behind it: an invoice no longer names what of the subscription was prorated. */
    static void nameOn(ObjectNode line) {
        JsonNode previewed = line.path("parent").path("subscription_item_details");
        ObjectNode parent = parent(String.valueOf(idOf(line)), true, Json.text(previewed, "subscription"));
        ((ObjectNode) parent.path("invoice_item_details")).set("proration_details", previewed.path("proration_details"));
        line.set("parent", parent);
    }

    /** Completes what credits say of debits that waited as long as they did, and are on the same invoice now. */
    static void linkCredits(List<ObjectNode> lines, String invoice) {
        List<String> ids = lines.stream().map(line -> Json.required(line, "id")).toList();
        lines.stream().filter(line -> line.path(Rendering.INTERNAL).path(CREDITS).path("invoice").isNull())
                .filter(line -> ids.contains(Json.text(line.path(Rendering.INTERNAL).path(CREDITS), LINE)))
                .forEach(line -> credit(line, invoice));
    }

    private static void credit(ObjectNode line, @Nullable String invoice) {
        String debit = Json.text(line.path(Rendering.INTERNAL).path(CREDITS), LINE);
        if (invoice != null && debit != null) {
            JsonNode parent = line.path("parent");
            ((ObjectNode) parent.path(Json.required(parent, "type")).path("proration_details")).putObject("credited_items")
                    .put("invoice", invoice).putArray("invoice_line_items").add(debit);
        }
    }

    private static @Nullable ObjectNode credited(JsonNode credits) {
        String invoice = Json.text(credits, "invoice");
        String item = Json.text(credits, ITEM);
        if (invoice != null) {
            ObjectNode credited = Json.object().put("type", "invoice_line_items");
            credited.putObject("invoice_line_item_details").put("invoice", invoice).putArray("invoice_line_items").add(Json.required(credits, LINE));
            return credited;
        }
        return item == null ? null : Json.object().put("type", "invoice_item").put("invoice_item", item);
    }

    private static ObjectNode parent(String item, boolean proration, @Nullable String subscription) {
        ObjectNode parent = Json.object().put("type", "invoice_item_details").putNull("subscription_item_details");
        ObjectNode details = parent.putObject("invoice_item_details").put("invoice_item", item).put("proration", proration);
        details.put("subscription", subscription);
        if (proration) {
            details.putObject("proration_details").putNull("credited_items");
        } else {
            details.putNull("proration_details");
        }
        return parent;
    }
}
