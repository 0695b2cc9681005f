package dev.headroom.sheet;

import dev.headroom.money.UnitPrice;
import dev.headroom.sheet.Finding.Rule;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimal numbers as they are typed. */
final class Decimals {

    /** An exponent without bound would make a short text a number of a thousand million digits. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?");

    private Decimals() {}

    static Optional<BigDecimal> parse(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(typed -> DECIMAL.matcher(typed).matches()).map(BigDecimal::new);
    }

    /** Null after noting what is wrong. */
    static @Nullable UnitPrice unit(String path, String text, Currency currency, Findings found) {
        Optional<BigDecimal> minor = parse(text);
        if (minor.isEmpty()) {
            found.error(Rule.FORMAT, path, "Expected a number such as 2900 or 0.04, not \"" + shortened(text) + "\"");
            return null;
        }
        return found.made(Rule.RANGE, path, () -> new UnitPrice(minor.get(), currency));
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
