package dev.headroom.stripe;

/** How a call to Stripe fails: it is unknown whether Stripe acted, or known that it did not. */
public sealed interface StripeFailure permits StripeUnavailableException, StripeRefusedException {

    /** What Stripe, or the way to it, said. */
    String getMessage();
}
