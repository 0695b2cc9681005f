package dev.headroom.catalog;

import org.jspecify.annotations.Nullable;

/** Something sold on its own; an account has at most one running subscription of each. */
public record Product(ProductId id, String key, String name, String description) {

    /**
     * Says what a product is called from now on; what is absent stays as it is.
     *
     * @param product key, which stays
     */
    public record EditProduct(String product, @Nullable String name, @Nullable String description) {}
}
