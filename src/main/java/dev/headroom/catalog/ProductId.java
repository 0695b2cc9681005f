package dev.headroom.catalog;

import java.util.UUID;

/** Identifies a product. */
public record ProductId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
