package dev.headroom.change;

import dev.headroom.account.PaymentMethod;
import org.jspecify.annotations.Nullable;

/**
 * Saves a card.
 *
 * @param account       the vendor's key; an account token may leave it out
 * @param paymentMethod the id of a payment method that Stripe's library made in the browser: {@code pm_…}
 */
public record AddPaymentMethod(String idempotencyKey, @Nullable String account, String paymentMethod) {

    /** What came of it. */
    public sealed interface AddPaymentMethodResult {}

    public record PaymentMethodAdded(PaymentMethod paymentMethod) implements AddPaymentMethodResult {}

    /** The bank refuses the card outright. */
    public record CardRefused(String code, String message) implements AddPaymentMethodResult {}
}
