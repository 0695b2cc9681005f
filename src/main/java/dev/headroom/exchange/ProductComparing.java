package dev.headroom.exchange;

import dev.headroom.catalog.CreateProduct.AddFeatures;
import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.EditFeature;
import dev.headroom.catalog.Product;
import dev.headroom.catalog.Product.EditProduct;
import dev.headroom.error.Refusals;
import dev.headroom.exchange.FileDifference.Effect;
import dev.headroom.exchange.FileDifference.Subject;
import dev.headroom.exchange.CatalogFile.ProductPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares products and their features: what they are called is changed, what decides about use is not. */
final class ProductComparing {

    private final Comparing to;

    ProductComparing(Comparing to) {
        this.to = to;
    }

    void compare(ProductPart part) {
        Refusals refusals = Refusals.gathered();
        Product wanted = to.imagined().imagine(part.product(), refusals);
        Optional<Product> there = to.known().catalog().product(wanted.key());
        if (there.isEmpty()) {
            to.imagine(to.imagined().with(wanted));
            to.differs(part.path(), Subject.PRODUCT, Effect.CREATED, wanted.key(), List.of("\"" + wanted.name() + "\""));
            to.act(new Act.MakeProduct(part.product()));
        } else {
            named(part, there.get(), wanted);
        }
        features(part, there.orElse(wanted), there.isEmpty(), refusals);
        wanted.findings().forEach(each -> to.warn(part.path() + "." + each.path(), each.message()));
        refusals.all().forEach(each -> to.wrong(part.below(each.field()), String.valueOf(each.getMessage())));
    }

    private void named(ProductPart part, Product there, Product wanted) {
        List<String> words = Stream.of(Words.changed("name", there.name(), wanted.name()), Words.changed("description", there.description(), wanted.description()))
                .flatMap(Optional::stream).toList();
        if (!words.isEmpty()) {
            to.differs(part.path(), Subject.PRODUCT, Effect.CHANGED, there.key(), words);
            to.act(new Act.CallProduct(new EditProduct(there.key(), wanted.name(), wanted.description())));
        }
    }

    private void features(ProductPart part, Product product, boolean fresh, Refusals refusals) {
        List<Feature> before = to.known().catalog().featuresOf(product.id());
        Set<String> named = new HashSet<>(part.product().features().stream().map(NewFeature::key).toList());
        List<Feature> unnamed = before.stream().filter(feature -> !named.contains(feature.key())).toList();
        List<Feature> wanted = to.imagined().with(product.id(), unnamed).imagine(part.product().features(), product, refusals);
        List<Feature> after = new ArrayList<>(unnamed);
        List<NewFeature> added = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Feature feature = wanted.get(i);
            String path = part.features().get(i);
            feature.findings().forEach(each -> to.warn(path + "." + each.path(), each.message()));
            Feature there = before.stream().filter(other -> other.key().equals(feature.key())).findFirst().orElse(null);
            if (there != null) {
                compare(path, there, feature);
                after.add(there);
            } else if (to.imagined().feature(feature.key()).isEmpty()) {
                to.differs(path, Subject.FEATURE, Effect.CREATED, feature.key(), List.of("\"" + feature.name() + "\", " + feature.kind()));
                added.add(part.product().features().get(i));
                after.add(feature);
            }
        }
        if (!fresh && !added.isEmpty()) {
            to.act(new Act.MakeFeatures(new AddFeatures(part.product().idempotencyKey() + ".features", product.key(), added)));
        }
        to.imagine(to.imagined().with(product.id(), after));
    }

    private void compare(String path, Feature there, Feature wanted) {
        if (there.retired()) {
            to.wrong(path + ".key", "The feature \"" + there.key() + "\" was retired: restore it first, or give the new one another key");
            return;
        }
        stays(path, "kind", there.kind(), wanted.kind());
        stays(path, "reset", there.reset(), wanted.reset());
        stays(path, "rollingDays", there.rollingDays(), wanted.rollingDays());
        stays(path, "seats", there.seats(), wanted.seats());
        stays(path, "meter", there.meter(), wanted.meter());
        stays(path, "thresholds", there.thresholds(), wanted.thresholds());
        List<String> words = Stream.of(
                        Words.changed("name", there.name(), wanted.name()), Words.changed("description", there.description(), wanted.description()),
                        Words.changed("unit", there.unit(), wanted.unit()))
                .flatMap(Optional::stream).toList();
        if (!words.isEmpty()) {
            to.differs(path, Subject.FEATURE, Effect.CHANGED, there.key(), words);
            to.act(new Act.CallFeature(new EditFeature(there.key(), wanted.name(), wanted.description(), wanted.unit())));
        }
    }

    private void stays(String path, String field, @Nullable Object there, @Nullable Object wanted) {
        if (!Objects.equals(there, wanted)) {
            to.wrong(path + "." + field, "What is counted with a feature depends on its " + field + ", which stays as it is: " + Words.written(there)
                    + ", not " + Words.written(wanted) + "; give the new one another key");
        }
    }
}
