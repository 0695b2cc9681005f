package dev.headroom.catalog;

import java.util.UUID;

/** Identifies a feature. */
public record FeatureId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
