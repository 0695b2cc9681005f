package dev.headroom.account;

import java.time.ZoneId;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Asks for a new account; {@code key} is the vendor's own identifier. */
public record CreateAccount(
        String idempotencyKey, String key, String name, String email, Currency currency, @Nullable String country, @Nullable ZoneId zone) {}
