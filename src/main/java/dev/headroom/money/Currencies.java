package dev.headroom.money;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The currencies that Headroom bills in, and the reasons why others are refused. */
public final class Currencies {

    private static final List<Currency> SUPPORTED =
            List.of("USD", "EUR", "GBP", "JPY").stream().map(Currency::getInstance).toList();
    /** Stripe's smallest card payment, <a href="https://docs.stripe.com/currencies">by settlement currency</a>. */
    private static final Map<String, Long> SMALLEST_CHARGE = Map.of("USD", 50L, "EUR", 50L, "GBP", 30L, "JPY", 50L);
    /** Two decimals at Stripe, none in ISO 4217: amounts would silently mean two different things. */
    private static final Set<String> AMBIGUOUS = Set.of("ISK", "UGX");

    private Currencies() {}

    /** In a fixed order, the vendor's most likely default first. */
    public static List<Currency> supported() {
        return SUPPORTED;
    }

    /**
     * Reads an ISO 4217 code in either case.
     *
     * @throws UnsupportedCurrencyException for anything but a supported currency, saying why
     */
    public static Currency parse(String code) {
        String upper = code.toUpperCase(Locale.ROOT);
        try {
            return require(Currency.getInstance(upper));
        } catch (UnsupportedCurrencyException refused) {
            throw refused;
        } catch (IllegalArgumentException unknown) {
            throw new UnsupportedCurrencyException("\"" + code + "\" is not an ISO 4217 currency; use one of " + names());
        }
    }

    /** The least that a card can be charged; anything below it waits on the customer's balance. */
    public static Money smallestCharge(Currency currency) {
        return new Money(Objects.requireNonNull(SMALLEST_CHARGE.get(require(currency).getCurrencyCode())), currency);
    }

    static Currency require(Currency currency) {
        if (SUPPORTED.contains(currency)) {
            return currency;
        }
        String code = currency.getCurrencyCode();
        if (AMBIGUOUS.contains(code)) {
            throw new UnsupportedCurrencyException(code + " has no minor unit of its own but is billed in hundredths; use one of " + names());
        }
        if (currency.getDefaultFractionDigits() == 3) {
            throw new UnsupportedCurrencyException(code + " has three decimals, which cards cannot charge to the last digit; use one of " + names());
        }
        throw new UnsupportedCurrencyException(code + " is not supported; use one of " + names());
    }

    private static String names() {
        return SUPPORTED.stream().map(Currency::getCurrencyCode).collect(Collectors.joining(", "));
    }
}
