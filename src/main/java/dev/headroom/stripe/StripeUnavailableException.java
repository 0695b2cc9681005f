package dev.headroom.stripe;

/** Stripe did not answer, or answered with a failure of its own: whether it acted is unknown until it is read again. */
public final class StripeUnavailableException extends RuntimeException implements StripeFailure {

    StripeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
