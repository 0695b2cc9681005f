package dev.headroom.stripe;

/** Something happened to an object at Stripe; a hint, for events come late, twice and in any order. Whoever listens reads the object. */
public sealed interface StripeObjectChanged {

    String eventId();

    /** To a subscription, or to something that belongs to it, such as an invoice. */
    record OfSubscription(String eventId, String subscription) implements StripeObjectChanged {}

    /** To a customer, whose balance takes part in the invoices of every one of its subscriptions. */
    record OfCustomer(String eventId, String customer) implements StripeObjectChanged {}
}
