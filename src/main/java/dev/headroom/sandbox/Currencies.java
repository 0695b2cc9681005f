package dev.headroom.sandbox;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** What Stripe knows about currencies. */
final class Currencies {

    /** The smallest charge by settlement currency, in minor units; 0.50 USD and its like. */
    private static final Map<String, Long> MINIMUM =
            Map.of("usd", 50L, "eur", 50L, "gbp", 30L, "jpy", 50L, "cad", 50L, "aud", 50L, "chf", 50L);

    private Currencies() {}

    static long minimumCharge(String currency) {
        return MINIMUM.getOrDefault(currency, 0L);
    }

    /** @throws StripeError for anything but an ISO 4217 code */
    static String parse(String currency, String parameter) {
        String lower = currency.toLowerCase(Locale.ROOT);
        decimals(lower, parameter);
        return lower;
    }

    static int decimals(String currency) {
        return decimals(currency, "currency");
    }

    private static int decimals(String currency, String parameter) {
        try {
            return Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
        } catch (IllegalArgumentException unknown) {
            throw StripeError.invalid(null, parameter, "Invalid currency: " + currency);
        }
    }
}
