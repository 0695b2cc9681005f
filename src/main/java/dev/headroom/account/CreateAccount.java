package dev.headroom.account;

import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Currencies;
import dev.headroom.money.UnsupportedCurrencyException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new account.
 *
 * @param key      the vendor's own identifier
 * @param currency ISO 4217
 * @param country  ISO 3166, two letters
 * @param zone     IANA, such as {@code Europe/Berlin}, not an offset: those mean one thing in Java and the opposite in SQL; absent is UTC
 */
public record CreateAccount(
        String idempotencyKey, String key, String name, String email, String currency, @Nullable String country, @Nullable String zone) {

    private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    Account account(AccountId id, Instant at) {
        return new Account(
                id, Check.key("input.key", key), Check.text("input.name", name), Check.email("input.email", email), knownCurrency(), knownCountry(),
                knownZone(), null, at);
    }

    private Currency knownCurrency() {
        try {
            return Currencies.parse(currency);
        } catch (UnsupportedCurrencyException refused) {
            throw HeadroomException.of(ErrorCode.UNSUPPORTED_CURRENCY, "input.currency", String.valueOf(refused.getMessage()));
        }
    }

    private String knownCountry() {
        String code = Optional.ofNullable(country).orElse("").toUpperCase(Locale.ROOT);
        if (!code.isEmpty() && !COUNTRIES.contains(code)) {
            throw HeadroomException.invalid("input.country", "Expected two letters of ISO 3166 such as DE, not \"" + country + "\"");
        }
        return code;
    }

    private ZoneId knownZone() {
        String name = Optional.ofNullable(zone).orElse("UTC");
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw HeadroomException.invalid("input.zone", "Expected a time zone of IANA such as Europe/Berlin, not \"" + zone + "\"");
        }
        return ZoneId.of(name);
    }
}
