package dev.headroom.exchange;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.exchange.FileDifference.Subject;
import dev.headroom.exchange.CatalogFile.BundlePart;
import dev.headroom.exchange.CatalogFile.OfferPart;
import dev.headroom.exchange.CatalogFile.ProductPart;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is there and not in the file: it stays as it is, and is told of. */
final class Unnamed {

    private static final String STAYS = " is not in the file, and stays as it is";

    private final Comparing to;
    private final CatalogFile file;
    private final CatalogSnapshot catalog;

    Unnamed(Comparing to, CatalogFile file) {
        this.to = to;
        this.file = file;
        this.catalog = to.known().catalog();
    }

    void tell() {
        for (Product product : catalog.products().stream().sorted(Comparator.comparing(Product::key)).toList()) {
            file.products().stream().filter(part -> part.product().key().equals(product.key())).findFirst().ifPresentOrElse(
                    part -> tell(part, product), () -> to.left(Subject.PRODUCT, product.key(), "\"" + product.name() + "\"" + STAYS));
        }
        Set<String> bundles = keys(file.bundles().stream(), (BundlePart part) -> part.bundle().key());
        to.known().bundles().stream()
                .filter(bundle -> !bundles.contains(bundle.key()) && (bundle.until() == null || to.now().isBefore(bundle.until())))
                .sorted(Comparator.comparing(Bundle::key))
                .forEach(bundle -> to.left(Subject.BUNDLE, bundle.key(), "\"" + bundle.name() + "\"" + STAYS));
    }

    private void tell(ProductPart part, Product product) {
        Set<String> features = keys(part.product().features().stream(), feature -> feature.key());
        catalog.featuresOf(product.id()).stream().filter(feature -> !feature.retired() && !features.contains(feature.key()))
                .forEach((Feature feature) -> to.left(Subject.FEATURE, feature.key(), "\"" + feature.name() + "\"" + STAYS));
        Set<String> plans = keys(part.plans().stream(), plan -> Objects.requireNonNullElse(plan.sheet().key(), ""));
        sold(plans, catalog.onSale(product.id()), Subject.PLAN);
        sold(plans, catalog.addOnsOnSale(product.id()), Subject.ADD_ON);
        sold(plans, catalog.ownOnSale(product.id()).stream().filter(version -> version.plan().tier()).toList(), Subject.PLAN);
        sold(plans, catalog.ownOnSale(product.id()).stream().filter(version -> !version.plan().tier()).toList(), Subject.ADD_ON);
        Set<String> offers = keys(part.offers().stream(), (OfferPart offer) -> offer.offer().key());
        catalog.offers().stream()
                .filter(offer -> offer.product().equals(product.id()) && !offer.negotiated() && !offers.contains(offer.key()) && to.now().isBefore(offer.over()))
                .sorted(Comparator.comparing(Offer::key))
                .forEach(offer -> to.left(Subject.OFFER, offer.key(), "\"" + offer.name() + "\"" + STAYS));
        rules(part, product);
    }

    private void sold(Set<String> named, List<PlanVersion> versions, Subject subject) {
        versions.stream().map(PlanVersion::plan).filter(plan -> !named.contains(plan.key()))
                .forEach(plan -> to.left(subject, plan.key(), "\"" + plan.name() + "\"" + STAYS));
    }

    private void rules(ProductPart part, Product product) {
        long left = to.known().policy(product.id()).rules().stream()
                .filter(rule -> part.rules().stream().noneMatch(each -> each.rule().kind() == rule.kind()
                        && Objects.equals(each.rule().from(), key(rule.from())) && Objects.equals(each.rule().to(), key(rule.to()))))
                .count();
        if (left > 0) {
            to.left(Subject.TRANSITION_RULE, product.key(), left + (left == 1 ? " rule" + STAYS : " rules are not in the file, and stay as they are"));
        }
    }

    private @Nullable String key(@Nullable PlanId plan) {
        return to.known().plans().filter(each -> each.id().equals(plan)).map(each -> each.key()).findFirst().orElse(null);
    }

    private static <T> Set<String> keys(Stream<T> parts, Function<T, String> key) {
        return parts.map(key).collect(Collectors.toSet());
    }
}
