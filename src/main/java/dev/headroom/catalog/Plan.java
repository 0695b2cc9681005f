package dev.headroom.catalog;

/** A tier of a product. */
public record Plan(PlanId id, ProductId product, String key, String name, String description, int rank) {}
