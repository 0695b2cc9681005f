package dev.headroom.catalog;

import dev.headroom.actor.Actor;
import dev.headroom.catalog.CreateProduct.AddFeatures;
import dev.headroom.catalog.CreateProduct.FeaturesAdded;
import dev.headroom.catalog.Feature.EditFeature;
import dev.headroom.catalog.Feature.RetireFeatureResult;
import dev.headroom.catalog.Product.EditProduct;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What products and their features are called, and which features can still be granted. */
@Controller
class FeatureController {

    private final Catalog catalog;

    FeatureController(Catalog catalog) {
        this.catalog = catalog;
    }

    record Named(String feature) {}

    record ProductEdited(Product product) {}

    record FeatureEdited(Feature feature) {}

    record FeatureRestored(Feature feature) {}

    @MutationMapping
    FeaturesAdded addFeatures(@Argument AddFeatures input, @ContextValue Actor actor) {
        return catalog.add(actor, input);
    }

    @MutationMapping
    ProductEdited editProduct(@Argument EditProduct input, @ContextValue Actor actor) {
        return new ProductEdited(catalog.edit(actor, input));
    }

    @MutationMapping
    FeatureEdited editFeature(@Argument EditFeature input, @ContextValue Actor actor) {
        return new FeatureEdited(catalog.edit(actor, input));
    }

    @MutationMapping
    RetireFeatureResult retireFeature(@Argument Named input, @ContextValue Actor actor) {
        return catalog.retire(actor, input.feature());
    }

    @MutationMapping
    FeatureRestored restoreFeature(@Argument Named input, @ContextValue Actor actor) {
        return new FeatureRestored(catalog.restore(actor, input.feature()));
    }

    @SchemaMapping(typeName = "Feature")
    List<String> usedBy(Feature feature, @ContextValue Actor actor) {
        CatalogSnapshot known = catalog.snapshot();
        return Stream.of(Plan.Kind.TIER, Plan.Kind.ADD_ON)
                .flatMap(kind -> Selling.to(actor, feature.product(), kind, known))
                .filter(version -> version.entitlement(feature).isPresent())
                .map(version -> version.plan().key())
                .toList();
    }
}
