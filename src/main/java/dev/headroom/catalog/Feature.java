package dev.headroom.catalog;

import dev.headroom.time.Reset;

/**
 * What a plan grants.
 *
 * @param unit  one of what is counted, for people: {@code call}, {@code seat}; empty for gates and settings
 * @param reset when a meter starts again from zero
 * @param seats whether this is the allowance that members hold; at most one a product
 */
public record Feature(FeatureId id, ProductId product, String key, String name, FeatureKind kind, String unit, Reset reset, boolean seats) {}
