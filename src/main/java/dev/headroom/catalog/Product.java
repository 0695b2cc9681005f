package dev.headroom.catalog;

/** Something sold on its own; an account has at most one running subscription of each. */
public record Product(ProductId id, String key, String name, String description) {}
