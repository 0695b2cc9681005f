package dev.headroom.stripe;

/** Stripe did not answer, or answered with a failure of its own: whether it acted is unknown until it is read again. */
public final class StripeUnavailableException extends RuntimeException implements StripeFailure {

    private final boolean silent;

    /** @param silent whether there was no answer at all */
    StripeUnavailableException(String message, boolean silent, Throwable cause) {
        super(message, cause);
        this.silent = silent;
    }

    /** Whether nobody answered, or not in time, so that nothing else would be answered now either; else Stripe has said that it failed. */
    public boolean silent() {
        return silent;
    }
}
