package dev.headroom.stripe;

import org.jspecify.annotations.Nullable;

/** Stripe understood the request and refused it, and did nothing: an unknown id, a parameter it does not take, a reused key. */
public final class StripeRefusedException extends RuntimeException implements StripeFailure {

    private final String code;

    StripeRefusedException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stripe's error code, or the error's type where it has none. */
    public String code() {
        return code;
    }
}
