package dev.headroom.catalog;

import dev.headroom.catalog.Feature.MeterRule;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headroom.time.Reset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for a new product with its features; every plan of the product grants some of these. */
public record CreateProduct(String idempotencyKey, String key, String name, @Nullable String description, List<NewFeature> features) {

    /**
     * @param reset       NEVER for what is held, such as seats; required of meters
     * @param rollingDays required with ROLLING, 1 to 92
     * @param meter       how events become usage; absent sums their quantities
     * @param thresholds  ascending, 1 to 1,000 percent, at most ten; absent is {@link Feature#THRESHOLDS}
     * @param description absent is none; and then it is no part of what makes two commands the same one, so that those from before there was any stay what they were
     */
    public record NewFeature(
            String key, String name, FeatureKind kind, @Nullable String unit, @Nullable Reset reset, @Nullable Integer rollingDays,
            @Nullable Boolean seats, @Nullable NewMeter meter, @Nullable List<Integer> thresholds,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description) {}

    /** {@link MeterRule} as it is asked for. */
    public record NewMeter(
            MeterRule.@Nullable Aggregation aggregation, @Nullable String property, @Nullable List<NewFilter> filter,
            @Nullable List<String> groupBy, @Nullable String source) {}

    /** One property and the values with which an event counts. */
    public record NewFilter(String property, List<String> values) {}

    /**
     * Asks for more features of a product that is there, behind those that it has.
     *
     * @param product key
     */
    public record AddFeatures(String idempotencyKey, String product, List<NewFeature> features) {}

    /** What came of {@link AddFeatures}. */
    public record FeaturesAdded(Product product, List<Feature> features) {}

    /** What came of it. */
    public sealed interface CreateProductResult {}

    public record ProductCreated(Product product) implements CreateProductResult {}

    /** A product with this key is there already. */
    public record ProductKeyTaken(Product product) implements CreateProductResult {}
}
