package dev.headroom.stripe;

/** What was read at Stripe, as it was there at one moment. */
public sealed interface StripeSnapshot permits StripeInvoice, StripeSubscription {

    /** Stripe's. */
    String id();
}
