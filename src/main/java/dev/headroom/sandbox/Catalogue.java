package dev.headroom.sandbox;

import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Prices and products as billing reads them, and how lines describe them. */
final class Catalogue {

    private final Session session;
    private final boolean archivedToo;

    Catalogue(Session session) {
        this(session, false);
    }

    /** @param archivedToo whether prices count that are no longer on sale: what was scheduled happens all the same */
    Catalogue(Session session, boolean archivedToo) {
        this.session = session;
        this.archivedToo = archivedToo;
    }

    /** @throws StripeError for a price that is unknown, archived, in another currency or not recurring */
    ObjectNode price(String id, String parameter, String currency) {
        ObjectNode price = session.load(Kind.PRICE, id, parameter);
        if (!archivedToo && !Json.flag(price, "active")) {
            throw StripeError.invalid("price_inactive", parameter,
                    "The price specified is inactive. This field only accepts active prices.");
        }
        if (!"recurring".equals(Json.text(price, "type"))) {
            throw StripeError.invalid(null, parameter,
                    "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.");
        }
        if (!currency.isEmpty() && !currency.equals(Json.text(price, "currency"))) {
            throw StripeError.invalid("currency_mismatch", parameter, "The price specified only supports `"
                    + Json.text(price, "currency") + "`. This doesn't match the expected currency: `" + currency + "`.");
        }
        return price;
    }

    String unused(Item item, String when, String discounts) {
        return "Unused time on " + counted(item) + " after " + when + discounts;
    }

    String remaining(Item item, String when, String discounts) {
        return "Remaining time on " + counted(item) + " after " + when + discounts;
    }

    String trial(Item item) {
        return "Trial period for " + name(item);
    }

    String recurring(Item item) {
        ObjectNode price = item.price();
        String line = item.quantity() + " × " + name(item);
        if (!price.path("unit_amount").isNumber()) {
            return line;
        }
        String each = money(Json.number(price, "unit_amount"), Json.required(price, "currency"));
        return line + " (at " + each + " / " + Json.text(price.path("recurring"), "interval") + ")";
    }

    private String counted(Item item) {
        return item.quantity() == 1 ? name(item) : item.quantity() + " × " + name(item);
    }

    private String name(Item item) {
        return session.find(Kind.PRODUCT, item.product()).map(product -> Json.required(product, "name")).orElse(item.product());
    }

    private static String money(long minor, String currency) {
        int decimals = Currencies.decimals(currency);
        return BigDecimal.valueOf(minor, decimals).toPlainString() + " " + currency.toUpperCase(Locale.ROOT);
    }
}
