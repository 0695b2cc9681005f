package dev.headroom.stripe;

import java.time.Instant;

/** What came of a request that charges. */
public sealed interface PaymentOutcome {

    /** Paid, or nothing was due; the subscription is as asked for. */
    record Paid(StripeSubscription subscription) implements PaymentOutcome {}

    /**
     * The bank said no; the subscription is as it was.
     *
     * @param code Stripe's decline code, for example {@code insufficient_funds}
     */
    record Declined(String code, String message) implements PaymentOutcome {}

    /**
     * The bank wants to hear from the card's holder first; the subscription is as it was until then.
     *
     * @param confirmBy when Stripe gives up: after 23 hours, or with the period or trial if that ends before
     */
    record ActionRequired(String invoice, String clientSecret, Instant confirmBy) implements PaymentOutcome {}
}
