package dev.headroom.money;

import java.util.Currency;

/** Two currencies met in one calculation; Headroom never converts silently. */
public final class CurrencyMismatchException extends IllegalArgumentException {

    public CurrencyMismatchException(Currency left, Currency right) {
        super("Cannot calculate with " + left + " and " + right + " together");
    }
}
