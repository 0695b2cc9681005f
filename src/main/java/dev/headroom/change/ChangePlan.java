package dev.headroom.change;

/** Accepts a quote: charge what it says and put it in force, or refuse. */
public record ChangePlan(String quoteToken, String idempotencyKey) {}
