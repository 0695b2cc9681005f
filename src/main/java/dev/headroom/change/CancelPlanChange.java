package dev.headroom.change;

import org.jspecify.annotations.Nullable;

/**
 * Gives a change up that waits for the bank.
 *
 * @param account the vendor's key; an account token may leave it out
 */
record CancelPlanChange(String idempotencyKey, @Nullable String account, String change) {}
