package dev.headroom.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** Makes one call and says in our words how it failed. */
final class StripeCalls {

    /** Stripe's client retries lost connections and failures by itself, with the same key, but never a 429. */
    private static final int ATTEMPTS_WHEN_LIMITED = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /** 409: the same request is running; 429: come back later; 5xx: nobody knows. */
    private static final IntPredicate UNDECIDED = status -> status == 409 || status == 429 || status >= 500;

    interface Call<T> {
        T run() throws StripeException;
    }

    private StripeCalls() {}

    /**
     * @throws StripeUnavailableException when it is unknown whether Stripe acted
     * @throws StripeRefusedException     when Stripe did nothing
     */
    static <T> T call(Call<T> call) {
        try {
            return patiently(call);
        } catch (StripeException failed) {
            throw translated(failed);
        }
    }

    static <T> T patiently(Call<T> call) throws StripeException {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.run();
            } catch (RateLimitException limited) {
                if (attempt == ATTEMPTS_WHEN_LIMITED) {
                    throw limited;
                }
                LockSupport.parkNanos(FIRST_PAUSE.multipliedBy(1L << attempt).toNanos());
            }
        }
    }

    static RuntimeException translated(StripeException failed) {
        if (failed instanceof ApiConnectionException || failed.getStatusCode() == null || UNDECIDED.test(failed.getStatusCode())) {
            return new StripeUnavailableException("Stripe did not give a final answer: " + failed.getMessage(), failed instanceof ApiConnectionException, failed);
        }
        return new StripeRefusedException(Optional.ofNullable(failed.getCode()).orElse("invalid_request"), failed.getMessage(), failed);
    }
}
