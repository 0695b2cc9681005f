package dev.headroom.account;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the vendor.
 *
 * @param key            the vendor's own identifier, unique, never changed
 * @param currency       what it is billed in; one, for good, as Stripe demands of a customer
 * @param zone           where its days and months begin and end
 * @param stripeCustomer its customer at Stripe; absent until something is to be paid
 */
public record Account(
        AccountId id, String key, String name, String email, Currency currency, String country, ZoneId zone,
        @Nullable String stripeCustomer, Instant createdAt) {}
