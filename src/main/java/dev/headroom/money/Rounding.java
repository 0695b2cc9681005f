package dev.headroom.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** The one place where an exact value becomes an amount: once a line, to the nearest minor unit, halves away from zero. */
public final class Rounding {

    private Rounding() {}

    /** @throws ArithmeticException when the value does not fit a long */
    public static Money toMoney(BigDecimal minor, Currency currency) {
        return new Money(minor.setScale(0, RoundingMode.HALF_UP).longValueExact(), currency);
    }

    /** @throws ArithmeticException when the value does not fit a long */
    public static Money toMoney(Ratio minor, Currency currency) {
        return new Money(minor.decimal(0).longValueExact(), currency);
    }
}
