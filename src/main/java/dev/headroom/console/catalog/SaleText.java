package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.approval.NegotiatedDiscount.Lasting;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What stands in a field of an offer or a bundle, as people read it; as it was typed where it cannot be read. */
final class SaleText {

    private SaleText() {}

    static String value(String path, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return "–";
        }
        try {
            return switch (path) {
                case "percentOff" -> Figures.percent(new BigDecimal(value));
                case "amountOff" -> amount(value.split(" "));
                case "duration" -> Words.of(Lasting.valueOf(value));
                case "from", "until" -> translate("sale.utc", When.minuteText(Instant.parse(value), ZoneOffset.UTC));
                case "existingCustomers" -> translate("sale.yes");
                case String _ -> value;
            };
        } catch (IllegalArgumentException | DateTimeParseException asTyped) {
            return value;
        }
    }

    /** What a field is called, whatever place in a list a path names. */
    static String field(String path) {
        return switch (path.replaceAll("[\\[.].*", "")) {
            case "product" -> translate("plan.product");
            case "key" -> translate("offer.key");
            case "name" -> translate("offer.name");
            case "percentOff" -> translate("bundle.off");
            case "amountOff" -> translate("sale.field.amount");
            case "duration" -> translate("approval.lasting");
            case "months" -> translate("approval.months");
            case "from" -> translate("offer.begins");
            case "until" -> translate("offer.ends");
            case "plans" -> translate("offer.plans");
            case "existingCustomers" -> translate("offer.existing");
            case "redemptionCap" -> translate("offer.cap");
            case "members" -> translate("sale.field.members");
            case "full" -> translate("bundle.full");
            case "ends" -> translate("sale.ended");
            case String other -> other;
        };
    }

    private static String amount(String[] typed) {
        return Figures.money(Money.of(Long.parseLong(typed[0]), typed[1]));
    }
}
