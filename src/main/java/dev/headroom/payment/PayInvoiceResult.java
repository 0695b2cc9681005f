package dev.headroom.payment;

import dev.headroom.account.Account;
import dev.headroom.invoice.Invoice;

/** What came of {@link PayInvoice}. */
public sealed interface PayInvoiceResult {

    /** Nothing is owed of it any more, by this or before. */
    record InvoicePaid(Invoice invoice, Account account) implements PayInvoiceResult {}

    /** The bank said no; the invoice is as it was. */
    record PaymentDeclined(String code, String message) implements PayInvoiceResult {}

    /** The bank wants to hear from the card's holder first, with Stripe's library and this secret. */
    record InvoiceActionRequired(Invoice invoice, String clientSecret) implements PayInvoiceResult {}

    /** It asks for nothing: it is a draft, or void. */
    record InvoiceNotPayable(Invoice invoice) implements PayInvoiceResult {}

    /** No card is saved to pay with. */
    record NoPaymentMethod(Invoice invoice) implements PayInvoiceResult {}
}
