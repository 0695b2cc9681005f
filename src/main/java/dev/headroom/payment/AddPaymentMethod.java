package dev.headroom.payment;

import org.jspecify.annotations.Nullable;

/**
 * Saves a card.
 *
 * @param account       the vendor's key; an account token may leave it out
 * @param paymentMethod the id of a payment method that Stripe's library made in the browser: {@code pm_…}
 */
public record AddPaymentMethod(String idempotencyKey, @Nullable String account, String paymentMethod) {}
