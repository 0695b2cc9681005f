package dev.headroom.catalog;

import dev.headroom.time.Reset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for a new product with its features; every plan of the product grants some of these. */
public record CreateProduct(String idempotencyKey, String key, String name, @Nullable String description, List<NewFeature> features) {

    /** @param reset NEVER for what is held, such as seats; required of meters */
    public record NewFeature(
            String key, String name, FeatureKind kind, @Nullable String unit, @Nullable Reset reset, @Nullable Boolean seats) {}
}
