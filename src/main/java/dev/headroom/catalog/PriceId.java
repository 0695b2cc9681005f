package dev.headroom.catalog;

import java.util.UUID;

/** Identifies a price. */
public record PriceId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
