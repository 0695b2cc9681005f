package dev.headroom.account;

import java.time.Instant;
import java.util.UUID;

/**
 * A card saved at Stripe, as far as a person may see it.
 *
 * @param preferred charged unless another is named; exactly one of an account's cards is
 */
public record PaymentMethod(
        AccountId account, UUID id, String stripeId, String brand, String last4, int expiresMonth, int expiresYear, boolean preferred,
        Instant createdAt) {}
