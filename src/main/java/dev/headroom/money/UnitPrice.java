package dev.headroom.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * What one unit costs, as an exact decimal of minor units: 0.04 cents a call is {@code 0.04 USD}. It is multiplied, never
 * charged; the product becomes {@link Money} by {@link Rounding}.
 *
 * @param minor    minor units with up to twelve decimals, not negative (Stripe's {@code unit_amount_decimal})
 * @param currency one of {@link Currencies#supported()}
 */
public record UnitPrice(BigDecimal minor, Currency currency) {

    private static final int MOST_DECIMALS = 12;

    public UnitPrice {
        Currencies.require(currency);
        if (minor.signum() < 0) {
            throw new IllegalArgumentException("A unit price cannot be negative: " + minor);
        }
        minor = minor.stripTrailingZeros();
        if (minor.scale() < 0) {
            minor = minor.setScale(0);
        }
        if (minor.scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException("A unit price has at most " + MOST_DECIMALS + " decimals of a minor unit: " + minor);
        }
    }

    public static UnitPrice of(Money money) {
        return new UnitPrice(BigDecimal.valueOf(money.minor()), money.currency());
    }

    /** The exact product in minor units, not rounded. */
    public BigDecimal times(long quantity) {
        return minor.multiply(BigDecimal.valueOf(quantity));
    }

    /** In major units with at least the currency's own number of decimals: 0.04 USD minor is 0.0004. */
    public BigDecimal major() {
        int digits = currency.getDefaultFractionDigits();
        BigDecimal major = minor.movePointLeft(digits);
        return major.setScale(Math.max(digits, major.scale()));
    }

    @Override
    public String toString() {
        return major().toPlainString() + " " + currency.getCurrencyCode();
    }
}
