package dev.headroom.catalog;

import dev.headroom.sheet.Finding;
import dev.headroom.sheet.SheetRules;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something sold on its own; an account has at most one running subscription of each. */
public record Product(ProductId id, String key, String name, String description) {

    /** What somebody should look at, though nothing keeps it from being sold. */
    public List<Finding> findings() {
        return Stream.of(SheetRules.text("name", name), SheetRules.text("description", description)).flatMap(List::stream).toList();
    }

    /**
     * Says what a product is called from now on; what is absent stays as it is.
     *
     * @param product key, which stays
     */
    public record EditProduct(String product, @Nullable String name, @Nullable String description) {}
}
