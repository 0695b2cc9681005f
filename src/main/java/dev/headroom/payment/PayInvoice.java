package dev.headroom.payment;

import org.jspecify.annotations.Nullable;

/**
 * Pays an invoice with a saved card.
 *
 * @param account       the vendor's key; an account token may leave it out
 * @param paymentMethod absent for the card that is preferred
 */
public record PayInvoice(String idempotencyKey, @Nullable String account, String invoice, @Nullable String paymentMethod) {}
