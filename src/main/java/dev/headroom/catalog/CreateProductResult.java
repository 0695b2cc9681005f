package dev.headroom.catalog;

/** What came of {@link CreateProduct}. */
public sealed interface CreateProductResult {

    record ProductCreated(Product product) implements CreateProductResult {}

    /** A product with this key is there already. */
    record ProductKeyTaken(Product product) implements CreateProductResult {}
}
