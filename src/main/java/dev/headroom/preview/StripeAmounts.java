package dev.headroom.preview;

import dev.headroom.money.Money;
import dev.headroom.pricing.Invoice.Tax;
import dev.headroom.stripe.StripeInvoice;
import java.util.Currency;

/** What Stripe says in minor units, in the currency that it is billed in. */
record StripeAmounts(Currency currency) {

    Money money(long minor) {
        return new Money(minor, currency);
    }

    Tax tax(StripeInvoice.Tax tax) {
        return new Tax(money(tax.amount()), money(tax.taxable()), tax.inclusive(), tax.rate());
    }
}
