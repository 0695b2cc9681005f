package dev.headroom.exchange;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Feature.MeterRule;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.OfferDuration;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.policy.ProductPolicy;
import dev.headroom.policy.TransitionRule;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.time.Reset;
import dev.headroom.yaml.YamlWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the catalogue as a file, everything in an order that only its content decides: products, offers and bundles by key, plans by rank, features as they are shown. */
final class FileWriting {

    private final CatalogSnapshot catalog;
    private final Known known;

    FileWriting(Known known) {
        this.known = known;
        this.catalog = known.catalog();
    }

    /** @param chosen of the products; bundles are written where all that they are of is */
    String text(Predicate<Product> chosen) {
        YamlWriter file = new YamlWriter();
        file.comment("yaml-language-server: $schema=catalog.schema.json");
        file.comment("The catalogue of Headroom. Amounts are in minor units: 2900 USD are $29.00.");
        file.field("catalog", FileReading.FORM);
        List<Product> products = catalog.products().stream().filter(chosen).sorted(Comparator.comparing(Product::key)).toList();
        file.each("products", products, this::product);
        List<Bundle> bundles = known.bundles().stream()
                .filter(bundle -> !endedBeforeItBegan(bundle))
                .filter(bundle -> bundle.members().stream().allMatch(member -> products.stream().anyMatch(product -> product.id().equals(member.product()))))
                .sorted(Comparator.comparing(Bundle::key))
                .toList();
        file.each("bundles", bundles, this::bundle);
        return file.toString();
    }

    /** Nobody could ever get it, and nobody could make such a one. */
    private static boolean endedBeforeItBegan(Bundle bundle) {
        return bundle.from().equals(bundle.until());
    }

    private void product(YamlWriter out, Product product) {
        ProductPolicy policy = known.policy(product.id());
        out.field("key", product.key()).field("name", product.name()).field("description", present(product.description()))
                .below("creditGuard", guard -> guard.field("days", policy.guard().days()).field("measure", policy.guard().measure()))
                .each("features", catalog.featuresOf(product.id()).stream().filter(feature -> !feature.retired()).toList(), FileWriting::feature)
                .each("plans", sold(catalog.onSale(product.id()), product, Plan.Kind.TIER), this::plan)
                .each("addOns", sold(catalog.addOnsOnSale(product.id()), product, Plan.Kind.ADD_ON), this::plan)
                .each("offers", offers(product), this::offer)
                .each("transitionRules", rules(policy), this::rule);
        leftOut(out, product);
    }

    private void plan(YamlWriter out, PlanVersion version) {
        PlanWriting.plan(out, version, known.own(version.plan()).orElse(null));
    }

    /** With the own prices of accounts after what they are in the place of; where that is not sold any more, nobody could make them from a file. */
    private List<PlanVersion> sold(List<PlanVersion> versions, Product product, Plan.Kind kind) {
        Set<PlanId> there = versions.stream().map(version -> version.plan().id()).collect(Collectors.toSet());
        return Stream.concat(versions.stream(), catalog.ownOnSale(product.id()).stream().filter(version -> version.plan().kind() == kind && there.contains(version.plan().ruled())))
                .sorted(Comparator.comparing((PlanVersion version) -> version.plan().rank()).thenComparing(version -> version.plan().key()))
                .toList();
    }

    /** What is sold and not written, so that nobody misses it without knowing why. */
    private void leftOut(YamlWriter out, Product product) {
        catalog.ownOnSale(product.id()).stream().map(PlanVersion::plan).filter(plan -> catalog.onSale(catalog.plan(plan.ruled())).isEmpty())
                .sorted(Comparator.comparing(Plan::key))
                .forEach(plan -> out.comment("Not here, though on sale: \"" + plan.key() + "\", in the place of \"" + catalog.plan(plan.ruled()).key() + "\", which is not sold any more."));
    }

    private static void feature(YamlWriter out, Feature feature) {
        out.field("key", feature.key()).field("name", feature.name()).field("description", present(feature.description()))
                .field("kind", feature.kind()).field("unit", present(feature.unit()))
                .field("reset", feature.kind() == FeatureKind.METER || feature.reset() != Reset.NEVER ? feature.reset() : null)
                .field("rollingDays", feature.rollingDays()).field("seats", feature.seats() ? true : null);
        MeterRule meter = feature.meter();
        if (meter != null && !meter.equals(MeterRule.SUM)) {
            out.below("meter", rule -> rule.field("aggregation", meter.aggregation()).field("property", meter.property())
                    .each("filter", meter.filter().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(),
                            (filter, entry) -> filter.field("property", entry.getKey()).line("values", entry.getValue()))
                    .line("groupBy", meter.groupBy()).field("source", meter.source()));
        }
        if (!feature.thresholds().equals(Feature.THRESHOLDS)) {
            out.whole("thresholds", feature.thresholds());
        }
    }

    private List<Offer> offers(Product product) {
        return catalog.offers().stream().filter(offer -> offer.product().equals(product.id()) && !offer.negotiated()).sorted(Comparator.comparing(Offer::key)).toList();
    }

    private void offer(YamlWriter out, Offer offer) {
        out.field("key", offer.key()).field("name", offer.name());
        switch (offer.reduction()) {
            case PercentOff off -> out.number("percentOff", Decimal.plain(off.percent()));
            case AmountOff off -> out.below("amountOff", amount -> amount.field("minor", off.amount().minor()).field("currency", off.amount().currency().getCurrencyCode()));
        }
        out.field("duration", OfferDuration.of(offer.term())).field("months", offer.term() instanceof Term.Repeating(int months) ? months : null)
                .field("from", offer.window().from()).field("until", offer.window().until())
                .line("plans", offer.plans().stream().map(this::key).sorted().toList())
                .field("existingCustomers", offer.existingCustomers() ? true : null).field("redemptionCap", offer.cap())
                .field("ended", offer.endedAt() == null ? null : true);
    }

    private List<TransitionRule> rules(ProductPolicy policy) {
        return policy.rules().stream()
                .sorted(Comparator.comparing(TransitionRule::kind).thenComparing(rule -> order(rule.from())).thenComparing(rule -> order(rule.to()))).toList();
    }

    /** What names a plan comes before what names none. */
    private String order(@Nullable PlanId plan) {
        return plan == null ? "1" : "0" + key(plan);
    }

    private void rule(YamlWriter out, TransitionRule rule) {
        out.field("kind", rule.kind()).field("from", rule.from() == null ? null : key(rule.from())).field("to", rule.to() == null ? null : key(rule.to()))
                .field("transition", rule.transition());
    }

    private void bundle(YamlWriter out, Bundle bundle) {
        out.field("key", bundle.key()).field("name", bundle.name()).number("percentOff", Decimal.plain(bundle.off().percent()))
                .each("members", bundle.members(), this::member).field("from", bundle.from()).field("until", bundle.until());
    }

    private void member(YamlWriter out, Member member) {
        if (member.addOn() == null) {
            out.field("product", catalog.product(member.product()).key());
        } else {
            out.field("addOn", key(member.addOn()));
        }
        out.field("reduced", member.reduced() ? null : false);
    }

    private String key(PlanId plan) {
        return known.plans().filter(each -> each.id().equals(plan)).map(Plan::key).findFirst().orElseThrow();
    }

    private static @Nullable String present(String text) {
        return Objects.requireNonNull(text).isEmpty() ? null : text;
    }
}
