package dev.headroom.stripe;

/**
 * Something happened to an object at Stripe; a hint, for events come late, twice and in any order. Whoever listens reads the object.
 *
 * @param type         Stripe's event type: {@code invoice.paid}
 * @param subscription the subscription that the object is or belongs to
 */
public record StripeObjectChanged(String eventId, String type, String subscription) {}
