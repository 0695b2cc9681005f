package dev.headroom.payment;

import dev.headroom.account.PaymentMethod;

/** What came of {@link Customers.AddPaymentMethod}. */
public sealed interface AddPaymentMethodResult {

    record PaymentMethodAdded(PaymentMethod paymentMethod) implements AddPaymentMethodResult {}

    /** The bank refuses the card outright. */
    record CardRefused(String code, String message) implements AddPaymentMethodResult {}
}
