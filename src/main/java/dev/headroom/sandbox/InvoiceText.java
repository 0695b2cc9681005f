package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An invoice in lines of text, for its page and its PDF. */
final class InvoiceText {

    private InvoiceText() {}

    static List<String> lines(ObjectNode invoice) {
        List<String> lines = new ArrayList<>(List.of(
                "Invoice " + Json.text(invoice, "number"),
                "Bill to: " + Objects.requireNonNullElse(Json.text(invoice, "customer_name"), "") + "  "
                        + Objects.requireNonNullElse(Json.text(invoice, "customer_email"), ""),
                "Date: " + day(invoice, "created")));
        Json.objects(invoice.path("customer_tax_ids"))
                .forEach(each -> lines.add("Tax id: " + String.valueOf(Json.text(each, "type")).replace('_', ' ') + " " + Json.text(each, "value")));
        if (invoice.path("due_date").isNumber()) {
            lines.add("Due: " + day(invoice, "due_date"));
        }
        lines.add("State: " + Json.text(invoice, "status"));
        lines.add("");
        Json.objects(invoice.path("lines").path("data")).forEach(line -> lines.add(money(line, "amount", invoice) + "   "
                + Json.text(line, "description") + "   (" + day(line.path("period"), "start") + " to " + day(line.path("period"), "end") + ")"));
        lines.add("");
        lines.add("Total: " + money(invoice, "total"));
        lines.add("Paid: " + money(invoice, "amount_paid"));
        lines.add("Still to pay: " + money(invoice, "amount_remaining"));
        return lines;
    }

    static String money(ObjectNode invoice, String field) {
        return money(invoice, field, invoice);
    }

    private static String money(ObjectNode node, String field, ObjectNode invoice) {
        String currency = Json.required(invoice, "currency");
        return BigDecimal.valueOf(Json.number(node, field), Currencies.decimals(currency)).toPlainString() + " " + currency.toUpperCase(Locale.ROOT);
    }

    private static LocalDate day(JsonNode node, String field) {
        return Json.instant(node, field).atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
