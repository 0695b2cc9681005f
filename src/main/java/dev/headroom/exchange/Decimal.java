package dev.headroom.exchange;

import java.math.BigDecimal;

/** Decimal numbers as a file has them: 12.50 is 12.5, and nothing has an exponent. */
final class Decimal {

    private Decimal() {}

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
