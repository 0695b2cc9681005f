package dev.headroom.catalog;

import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.id.Ids;
import dev.headroom.time.Reset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a product and its features out of what was asked for, or says which fields are wrong. */
final class NewProducts {

    private NewProducts() {}

    static Product product(CreateProduct command, Refusals refusals) {
        return new Product(
                new ProductId(Ids.next()),
                refusals.made(() -> Check.key("input.key", command.key()), command.key()),
                refusals.made(() -> Check.text("input.name", command.name()), command.name()),
                description("input.description", command.description(), refusals));
    }

    static String description(String path, @Nullable String wanted, Refusals refusals) {
        String text = Optional.ofNullable(wanted).orElse("");
        refusals.look(() -> {
            if (!Check.storable(text)) {
                throw HeadroomException.invalid(path, "A description has no NUL in it");
            }
        });
        return text;
    }

    /** @param known whose features of the product come before them */
    static List<Feature> features(List<NewFeature> wanted, Product product, CatalogSnapshot known, Refusals refusals) {
        List<Feature> features = IntStream.range(0, wanted.size())
                .mapToObj(i -> feature("input.features[" + i + "].", wanted.get(i), product, refusals))
                .toList();
        requireNew(features, known, refusals);
        List<Feature> before = known.featuresOf(product.id());
        if (Stream.concat(before.stream(), features.stream()).filter(Feature::seats).count() > 1) {
            refusals.look(() -> {
                throw HeadroomException.invalid("input.features", "Members can hold one allowance of a product only");
            });
        }
        NewMeters.requireSources(features, before, refusals);
        return features;
    }

    private static Feature feature(String path, NewFeature wanted, Product product, Refusals refusals) {
        boolean seats = Boolean.TRUE.equals(wanted.seats());
        refusals.look(() -> {
            if (seats && wanted.kind() != FeatureKind.ALLOWANCE) {
                throw HeadroomException.invalid(path + "seats", "Only an allowance can be held by members");
            }
        });
        return new Feature(
                new FeatureId(Ids.next()),
                product.id(),
                refusals.made(() -> Check.key(path + "key", wanted.key()), wanted.key()),
                refusals.made(() -> Check.text(path + "name", wanted.name()), wanted.name()),
                wanted.kind(),
                Optional.ofNullable(wanted.unit()).orElse(""),
                refusals.made(() -> reset(path, wanted.kind(), wanted.reset()), Reset.NEVER),
                refusals.made(() -> NewMeters.rollingDays(path, wanted.reset(), wanted.rollingDays()), null),
                seats,
                refusals.made(() -> NewMeters.rule(path, wanted), null),
                refusals.made(() -> NewMeters.thresholds(path, wanted), Feature.THRESHOLDS),
                description(path + "description", wanted.description(), refusals),
                null);
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

    private static void requireNew(List<Feature> features, CatalogSnapshot known, Refusals refusals) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            String key = features.get(i).key();
            if (!seen.add(key)) {
                refusals.look(() -> {
                    throw HeadroomException.invalid("input.features", "Two features have the key \"" + key + "\"");
                });
            }
            String field = "input.features[" + i + "].key";
            known.feature(key).ifPresent(other -> refusals.look(() -> {
                throw taken(field, key, known.product(other.product()));
            }));
        }
    }

    static HeadroomException taken(String field, String key, Product by) {
        return HeadroomException.of(
                ErrorCode.ALREADY_EXISTS, field, "The product \"" + by.key() + "\" has a feature \"" + key + "\"; among all products there is one of a key");
    }
}
