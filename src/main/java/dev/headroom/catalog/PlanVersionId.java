package dev.headroom.catalog;

import java.util.UUID;

/** Identifies a plan version. */
public record PlanVersionId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
