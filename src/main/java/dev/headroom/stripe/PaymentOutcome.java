package dev.headroom.stripe;

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

    /** The bank wants to hear from the card's holder first; the subscription is as it was until then. */
    record ActionRequired(String invoice, String clientSecret) implements PaymentOutcome {}
}
