package dev.headroom.stripe;

/** How a request to Stripe fails: nobody knows whether it acted, or it did not. */
public sealed interface StripeFailure permits StripeUnavailableException, StripeRefusedException {}
