package dev.headroom.pricing;

import dev.headroom.money.CurrencyMismatchException;
import dev.headroom.money.Money;
import java.util.Currency;

/** What every amount that a price is made of must keep to. */
final class Amounts {

    private Amounts() {}

    static void requireNotNegative(Money amount, String what) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException(what + " cannot be negative: " + amount);
        }
    }

    static void requireSameCurrency(Currency one, Currency other) {
        if (!one.equals(other)) {
            throw new CurrencyMismatchException(one, other);
        }
    }
}
