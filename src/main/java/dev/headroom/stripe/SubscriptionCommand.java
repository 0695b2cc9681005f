package dev.headroom.stripe;

/** What Stripe is asked to do with a subscription, for money. */
public sealed interface SubscriptionCommand permits CreateSubscription, UpdateSubscription {}
