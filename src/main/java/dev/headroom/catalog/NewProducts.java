package dev.headroom.catalog;

import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.time.Reset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a product and its features out of what was asked for, or says which field is wrong. */
final class NewProducts {

    private NewProducts() {}

    static Product product(CreateProduct command) {
        return new Product(
                new ProductId(Ids.next()),
                Check.key("input.key", command.key()),
                Check.text("input.name", command.name()),
                Optional.ofNullable(command.description()).orElse(""));
    }

    static List<Feature> features(CreateProduct command, Product product) {
        List<Feature> features = IntStream.range(0, command.features().size())
                .mapToObj(i -> feature("input.features[" + i + "].", command.features().get(i), product))
                .toList();
        Set<String> seen = new HashSet<>();
        features.forEach(feature -> requireNew(seen, feature));
        if (features.stream().filter(Feature::seats).count() > 1) {
            throw HeadroomException.invalid("input.features", "Members can hold one allowance of a product only");
        }
        NewMeters.requireSources(features);
        return features;
    }

    private static Feature feature(String path, NewFeature wanted, Product product) {
        boolean seats = Boolean.TRUE.equals(wanted.seats());
        if (seats && wanted.kind() != FeatureKind.ALLOWANCE) {
            throw HeadroomException.invalid(path + "seats", "Only an allowance can be held by members");
        }
        return new Feature(
                new FeatureId(Ids.next()),
                product.id(),
                Check.key(path + "key", wanted.key()),
                Check.text(path + "name", wanted.name()),
                wanted.kind(),
                Optional.ofNullable(wanted.unit()).orElse(""),
                reset(path, wanted.kind(), wanted.reset()),
                NewMeters.rollingDays(path, wanted.reset(), wanted.rollingDays()),
                seats,
                NewMeters.rule(path, wanted),
                NewMeters.thresholds(path, wanted));
    }

    private static Reset reset(String path, FeatureKind kind, @Nullable Reset wanted) {
        if (kind == FeatureKind.METER) {
            return Check.present(path + "reset", wanted);
        }
        if (wanted != null && wanted != Reset.NEVER) {
            throw HeadroomException.invalid(path + "reset", "Only a meter starts again from zero");
        }
        return Reset.NEVER;
    }

    private static void requireNew(Set<String> seen, Feature feature) {
        if (!seen.add(feature.key())) {
            throw HeadroomException.invalid("input.features", "Two features have the key \"" + feature.key() + "\"");
        }
    }
}
