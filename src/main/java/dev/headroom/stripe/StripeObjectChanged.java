package dev.headroom.stripe;

/** Something happened to an object at Stripe; a hint, for events come late, twice and in any order. Whoever listens reads the object. */
public sealed interface StripeObjectChanged {

    String eventId();

    /** To a subscription, or to something that belongs to it, such as an invoice. */
    record OfSubscription(String eventId, String subscription) implements StripeObjectChanged {}

    /** To an invoice; what belongs to a subscription is told of both. */
    record OfInvoice(String eventId, String invoice) implements StripeObjectChanged {}

    /** To a payment that went through: some of it was given back, or its card's holder disputes it. */
    record OfPayment(String eventId, String paymentIntent) implements StripeObjectChanged {}

    /** To a customer's cards, or to its balance, which takes part in the invoices of every one of its subscriptions. */
    record OfCustomer(String eventId, String customer) implements StripeObjectChanged {}
}
