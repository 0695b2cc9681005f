package dev.headroom.stripe;

/** A card saved for a customer, as far as a person may see it. */
public record StripeCard(String id, String brand, String last4, int expiresMonth, int expiresYear) {}
