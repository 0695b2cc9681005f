package dev.headroom.payment;

import dev.headroom.account.Account;
import dev.headroom.account.PaymentMethod;
import dev.headroom.subscription.AccountSubscription;

/** What came of preferring or removing a card. */
public sealed interface PaymentMethodResult {

    record PaymentMethodPreferred(PaymentMethod paymentMethod, Account account) implements PaymentMethodResult {}

    /** It is not saved any more, by this or before. */
    record PaymentMethodRemoved(Account account) implements PaymentMethodResult {}

    /** A running subscription has no other card to be paid with. */
    record LastPaymentMethod(AccountSubscription subscription) implements PaymentMethodResult {}
}
