package dev.headroom.demo;

import java.time.ZoneId;
import java.util.Currency;

/** Who an account is. */
record Company(String key, String name, String country, ZoneId zone, Currency currency) {

    /** @param line key, name, country, zone and currency, with bars between them */
    static Company parse(String line) {
        String[] parts = line.split("\\|");
        return new Company(parts[0], parts[1], parts[2], ZoneId.of(parts[3]), Currency.getInstance(parts[4]));
    }

    /** As most of the vendor's customers. */
    boolean inDollars() {
        return currency.getCurrencyCode().equals("USD");
    }

    String email(String local) {
        return local + "@" + key + ".example";
    }
}
