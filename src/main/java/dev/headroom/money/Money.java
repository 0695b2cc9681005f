package dev.headroom.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount that is charged, credited or owed: a whole number of minor units of one currency.
 *
 * <p>Arithmetic is exact: overflow throws {@link ArithmeticException}, two currencies throw
 * {@link CurrencyMismatchException}; nothing is ever rounded here, see {@link UnitPrice} and {@link Rounding}.
 *
 * @param minor    minor units, may be negative; cents for USD, yen for JPY
 * @param currency one of {@link Currencies#supported()}
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

    public Money {
        Currencies.require(currency);
    }

    public static Money of(long minor, String currencyCode) {
        return new Money(minor, Currencies.parse(currencyCode));
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other)), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other)), currency);
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(minor, factor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public boolean isNegative() {
        return minor < 0;
    }

    public boolean isPositive() {
        return minor > 0;
    }

    /** The same amount in major units with the currency's own number of decimals: 4913 USD is 49.13. */
    public BigDecimal major() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    }

    /** Orders amounts of one currency. */
    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other));
    }

    @Override
    public String toString() {
        return major().toPlainString() + " " + currency.getCurrencyCode();
    }

    private long same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new CurrencyMismatchException(currency, other.currency);
        }
        return other.minor;
    }
}
