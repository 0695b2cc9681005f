package dev.headroom.payment;

import dev.headroom.account.PaymentMethod;

/** What has become of saving a card in the browser. */
public sealed interface PaymentMethodSetupResult {

    /** It is saved, and charged from now on. */
    record PaymentMethodAdded(PaymentMethod paymentMethod) implements PaymentMethodSetupResult {}

    /** The bank refused the card that was entered last. */
    record CardRefused(String code, String message) implements PaymentMethodSetupResult {}

    /** Nobody has entered a card yet, or the bank waits for its holder. */
    record PaymentMethodSetupWaits(boolean waits) implements PaymentMethodSetupResult {}
}
