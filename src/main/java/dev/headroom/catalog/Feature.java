package dev.headroom.catalog;

import dev.headroom.time.Reset;
import org.jspecify.annotations.Nullable;

/**
 * What a plan grants.
 *
 * @param unit        one of what is counted, for people: {@code call}, {@code seat}; empty for gates and settings
 * @param reset       when a meter starts again from zero
 * @param rollingDays how far {@link Reset#ROLLING} looks back; absent for every other reset
 * @param seats       whether this is the allowance that members hold; at most one a product
 * @param meter       how events become usage; absent for what is not counted by events: gates, settings, seats
 */
public record Feature(
        FeatureId id, ProductId product, String key, String name, FeatureKind kind, String unit, Reset reset, @Nullable Integer rollingDays,
        boolean seats, @Nullable MeterRule meter) {}
