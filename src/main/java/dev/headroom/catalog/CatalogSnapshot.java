package dev.headroom.catalog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.headroom.catalog.Offer.OfferId;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.CreateProduct.NewFeature;
import dev.headroom.catalog.Feature.FeatureInUse;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.SheetRules;
import dev.headroom.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole catalogue at one moment, immutable: a request that asks several things of it gets answers that agree. */
public final class CatalogSnapshot {

    private static final Comparator<PlanVersion> BY_RANK = Comparator.comparingInt(version -> version.plan().rank());

    private final List<Product> products;
    private final List<Feature> features;
    private final List<Plan> plans;
    private final List<Plan> addOns;
    private final Map<PlanVersionId, PlanVersion> versions;
    private final Map<PlanId, List<PlanVersion>> versionsByPlan;
    private final Map<PriceId, PlanVersion> versionsByPrice;
    private final Map<PlanId, PlanVersion> onSale;
    private final Map<ProductId, List<PlanVersion>> tiersOnSale;
    private final Map<ProductId, List<PlanVersion>> addOnsOnSale;
    private final OwnPrices own;
    private final Map<String, List<Feature>> counting;
    private final Map<FeatureId, Feature> featuresById;
    private final Map<String, Feature> featuresByKey;

    private final Map<OfferId, Offer> offers;

    CatalogSnapshot(List<Product> products, List<Feature> features, List<PlanVersion> versions, List<Offer> offers) {
        this.products = List.copyOf(products);
        this.features = List.copyOf(features);
        this.plans = plans(versions, Plan.Kind.TIER);
        this.addOns = plans(versions, Plan.Kind.ADD_ON);
        this.versions = versions.stream().collect(toUnmodifiableMap(PlanVersion::id, Function.identity()));
        this.versionsByPlan = versions.stream().sorted(Comparator.comparingInt(PlanVersion::number)).collect(groupingBy(version -> version.plan().id()));
        this.versionsByPrice = versions.stream()
                .flatMap(version -> version.prices().stream().map(price -> Map.entry(price.id(), version)))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        this.onSale = versions.stream().filter(PlanVersion::onSale).collect(toUnmodifiableMap(version -> version.plan().id(), Function.identity()));
        this.tiersOnSale = onSale(versions, Plan.Kind.TIER);
        this.addOnsOnSale = onSale(versions, Plan.Kind.ADD_ON);
        this.own = OwnPrices.among(onSale(versions, _ -> true));
        this.counting = features.stream()
                .filter(feature -> feature.meter() != null)
                .collect(groupingBy(feature -> Objects.requireNonNullElse(Objects.requireNonNull(feature.meter()).source(), feature.key())));
        this.featuresById = features.stream().collect(toUnmodifiableMap(Feature::id, Function.identity()));
        this.offers = offers.stream().collect(toUnmodifiableMap(Offer::id, Function.identity()));
        this.featuresByKey = features.stream().collect(toUnmodifiableMap(Feature::key, Function.identity()));
    }

    /**
     * One feature across several plans.
     *
     * @param plans   in the order asked for; null where a plan does not grant the feature
     * @param differs whether the plans grant different amounts
     */
    public record FeatureComparison(Feature feature, List<@Nullable PlanEntitlement> plans, boolean differs) {}

    private static List<Plan> plans(List<PlanVersion> versions, Plan.Kind kind) {
        return versions.stream().map(PlanVersion::plan).filter(plan -> plan.kind() == kind).distinct().sorted(Comparator.comparingInt(Plan::rank)).toList();
    }

    private static Map<ProductId, List<PlanVersion>> onSale(List<PlanVersion> versions, Plan.Kind kind) {
        return onSale(versions, version -> version.plan().own() == null && version.plan().kind() == kind).collect(groupingBy(version -> version.plan().product()));
    }

    private static Stream<PlanVersion> onSale(List<PlanVersion> versions, Predicate<PlanVersion> which) {
        return versions.stream().filter(version -> version.onSale() && which.test(version)).sorted(BY_RANK);
    }

    public List<Product> products() {
        return products;
    }

    /** In the order in which they are shown. */
    public List<Feature> features() {
        return features;
    }

    /** Retired ones with them. */
    public List<Feature> featuresOf(ProductId product) {
        return features.stream().filter(feature -> feature.product().equals(product)).toList();
    }

    /** The tiers by rank, lowest first, over all products. */
    public List<Plan> plans() {
        return plans;
    }

    public Optional<Plan> plan(String key) {
        return named(plans, key);
    }

    public Optional<Plan> addOn(String key) {
        return named(addOns, key);
    }

    /** In the order in which they are shown, over all products. */
    public List<Plan> addOns() {
        return addOns;
    }

    /** The tiers that every account can buy of a product, lowest rank first. */
    public List<PlanVersion> onSale(ProductId product) {
        return tiersOnSale.getOrDefault(product, List.of());
    }

    /** Those of them that accounts are shown and proposed; what is not listed is sold by its key. */
    public List<PlanVersion> listed(ProductId product) {
        return onSale(product).stream().filter(version -> version.plan().listed()).toList();
    }

    /** The add-ons that every account can buy beside a tier of the product. */
    public List<PlanVersion> addOnsOnSale(ProductId product) {
        return addOnsOnSale.getOrDefault(product, List.of());
    }

    /** What is on sale of a product that is some account's alone, tiers and add-ons. */
    public List<PlanVersion> ownOnSale(ProductId product) {
        return own.of(product).sorted(BY_RANK).toList();
    }

    /** All that an account can buy of a product, lowest rank first: what everybody can, and what is its own, which of one rank comes first. */
    public List<PlanVersion> onSale(ProductId product, Plan.Kind kind, UUID account) {
        return Stream.concat(own.of(account, product, kind), (kind == Plan.Kind.TIER ? tiersOnSale : addOnsOnSale).getOrDefault(product, List.of()).stream()).sorted(BY_RANK).toList();
    }

    /** Those of them that the account is shown and proposed: what is its own, and of what that is in the place of only what is sold by an interval that its own price is not. */
    public List<PlanVersion> listed(ProductId product, Plan.Kind kind, UUID account) {
        return listed(product, kind, account, (its, currency) -> its.prices().stream().anyMatch(price -> price.price().currency().equals(currency)));
    }

    /** The same of what is paid in one currency: an own price that has none in it is in the place of nothing. */
    public List<PlanVersion> listed(ProductId product, Plan.Kind kind, UUID account, Currency paid) {
        return listed(product, kind, account, (_, currency) -> currency.equals(paid));
    }

    private List<PlanVersion> listed(ProductId product, Plan.Kind kind, UUID account, BiPredicate<PlanVersion, Currency> counts) {
        return onSale(product, kind, account).stream().filter(version -> version.plan().open() && !own.replace(version, account, counts)).toList();
    }

    /** What an account is shown that a version costs; empty also where a price of its own is in the place of that one. */
    public Optional<PlanPrice> shown(PlanVersion version, Interval interval, Currency currency, UUID account) {
        return version.price(interval, currency).filter(price -> !own.replace(price, version, account));
    }

    /** Every offer there ever was, in no order. */
    public Collection<Offer> offers() {
        return offers.values();
    }

    /** The offers of a product that anybody can take at an instant, the one that ends first before the others. */
    public List<Offer> offers(ProductId product, Instant at) {
        return offers.values().stream()
                .filter(offer -> offer.product().equals(product) && !offer.negotiated() && offer.open(at))
                .sorted(Comparator.comparing((Offer offer) -> offer.window().until()).thenComparing(Offer::key))
                .toList();
    }

    public Optional<Offer> offer(String key) {
        return offers.values().stream().filter(offer -> offer.key().equals(key)).findFirst();
    }

    public Offer offer(OfferId id) {
        return Objects.requireNonNull(offers.get(id), () -> "No offer " + id);
    }

    /** @throws HeadroomException NOT_FOUND, naming the field that held the key */
    public Offer requireOffer(String field, String key) {
        return offer(key).orElseThrow(() -> HeadroomException.notFound(field, "No offer has the key \"" + key + "\""));
    }

    /** One that an account may know of. @throws HeadroomException NOT_FOUND, the same for another account's */
    public Offer requireOffer(String field, String key, UUID account) {
        return offer(key).filter(offer -> offer.isFor(account)).orElseThrow(() -> HeadroomException.notFound(field, "No offer has the key \"" + key + "\""));
    }

    /**
     * Those that a request names, in the order in which they reduce.
     *
     * @param path    of the request, which has a field {@code offer} for one and {@code offers} for several
     * @throws HeadroomException NOT_FOUND as above, INVALID_INPUT for both fields, for one offer twice, and for more than a subscription can have
     */
    public List<Offer> requireOffers(String path, @Nullable String one, @Nullable List<String> several, UUID account) {
        if (several == null) {
            return Stream.ofNullable(one).map(key -> requireOffer(path + ".offer", key, account)).toList();
        }
        if (one != null) {
            throw HeadroomException.invalid(path + ".offers", "Name one offer, or several, and not both");
        }
        if (new HashSet<>(several).size() < several.size()) {
            throw HeadroomException.invalid(path + ".offers", "Name each offer once");
        }
        if (several.size() > Offer.MOST_TOGETHER) {
            throw HeadroomException.invalid(path + ".offers", "A subscription has at most " + Offer.MOST_TOGETHER + " discounts at once");
        }
        return several.stream().map(key -> requireOffer(path + ".offers", key, account)).toList();
    }

    /** The same with one more offer, which nobody else knows of. */
    public CatalogSnapshot with(Offer offer) {
        return new CatalogSnapshot(products, features, List.copyOf(versions.values()), Stream.concat(offers.values().stream(), Stream.of(offer)).toList());
    }

    /** The same with a product that nobody else knows of. */
    public CatalogSnapshot with(Product product) {
        return new CatalogSnapshot(Stream.concat(products.stream(), Stream.of(product)).toList(), features, List.copyOf(versions.values()), List.copyOf(offers.values()));
    }

    /** The same with other features of a product, which nobody else knows of. */
    public CatalogSnapshot with(ProductId product, List<Feature> other) {
        List<Feature> known = Stream.concat(features.stream().filter(feature -> !feature.product().equals(product)), other.stream()).toList();
        return new CatalogSnapshot(products, known, List.copyOf(versions.values()), List.copyOf(offers.values()));
    }

    /** What uses a feature now: of plans and add-ons what is on sale, of features those that count its events. */
    public FeatureInUse users(Feature feature) {
        List<Plan> granting = onSale.values().stream()
                .filter(version -> version.entitlement(feature).isPresent())
                .map(PlanVersion::plan)
                .sorted(Comparator.comparingInt(Plan::rank).thenComparing(Plan::key))
                .toList();
        return new FeatureInUse(
                feature, granting.stream().filter(Plan::tier).toList(), granting.stream().filter(plan -> !plan.tier()).toList(),
                countingEventsOf(feature).stream().filter(other -> !other.id().equals(feature.id()) && !other.retired()).toList());
    }

    /** Every version that grants a feature, on sale or not: of plans and then of add-ons, by rank, the newest first. */
    public List<PlanVersion> granting(Feature feature) {
        return Stream.concat(plans.stream(), addOns.stream())
                .flatMap(plan -> versionsOf(plan).reversed().stream())
                .filter(version -> version.entitlement(feature).isPresent())
                .toList();
    }

    /**
     * What a command would make, as far as that can be told.
     *
     * @param refusals told of what is wrong with it
     */
    public Product imagine(CreateProduct command, Refusals refusals) {
        return NewProducts.product(command, refusals);
    }

    /** The same of features of a product, whose paths begin as those of {@link CreateProduct} do. */
    public List<Feature> imagine(List<NewFeature> wanted, Product product, Refusals refusals) {
        return NewProducts.features(wanted, product, this, refusals);
    }

    /** The same of an offer. */
    public Offer imagine(CreateOffer command, Refusals refusals) {
        return NewOffers.offer(command, this, refusals);
    }

    /** The same with a version that is not sold, whatever it would be, and which nobody else knows of; itself where it is known by now. */
    public CatalogSnapshot with(PlanVersion imagined) {
        if (versions.containsKey(imagined.id())) {
            return this;
        }
        List<PlanVersion> known = Stream.concat(versions.values().stream(), Stream.of(imagined.in(PlanVersion.State.DRAFT))).toList();
        return new CatalogSnapshot(products, features, known, List.copyOf(offers.values()));
    }

    /** The same with a version, which nobody else knows of, on sale in the place of the one that is. */
    public CatalogSnapshot selling(PlanVersion imagined) {
        Stream<PlanVersion> others = versions.values().stream().filter(version -> !version.id().equals(imagined.id()))
                .map(version -> version.onSale() && version.plan().id().equals(imagined.plan().id()) ? version.in(PlanVersion.State.RETIRED) : version);
        return new CatalogSnapshot(products, features, Stream.concat(others, Stream.of(imagined.in(PlanVersion.State.PUBLISHED))).toList(), List.copyOf(offers.values()));
    }

    /** Whether a price is one of its versions'. */
    public boolean knows(PriceId price) {
        return versionsByPrice.containsKey(price);
    }

    public Product product(ProductId id) {
        return products.stream().filter(product -> product.id().equals(id)).findFirst().orElseThrow();
    }

    public Optional<Product> product(String key) {
        return products.stream().filter(product -> product.key().equals(key)).findFirst();
    }

    /** @throws HeadroomException NOT_FOUND, naming the field that held the key */
    public Product requireProduct(String field, String key) {
        return product(key).orElseThrow(() -> HeadroomException.notFound(field, "No product has the key \"" + key + "\""));
    }

    /** @throws HeadroomException NOT_FOUND, naming the field that held the key */
    public Plan requirePlan(String field, String key) {
        return plan(key).orElseThrow(() -> HeadroomException.notFound(field, "No plan has the key \"" + key + "\""));
    }

    /** @throws HeadroomException NOT_FOUND, naming the field that held the key */
    public Plan requireAddOn(String field, String key) {
        return addOn(key).orElseThrow(() -> HeadroomException.notFound(field, "No add-on has the key \"" + key + "\""));
    }

    /** One that an account may know of. @throws HeadroomException NOT_FOUND, the same for another account's own */
    public Plan requirePlan(String field, String key, UUID account) {
        return plan(key).filter(plan -> plan.isFor(account)).orElseThrow(() -> HeadroomException.notFound(field, "No plan has the key \"" + key + "\""));
    }

    /** The same of an add-on. */
    public Plan requireAddOn(String field, String key, UUID account) {
        return addOn(key).filter(plan -> plan.isFor(account)).orElseThrow(() -> HeadroomException.notFound(field, "No add-on has the key \"" + key + "\""));
    }

    /** A plan or add-on that is there. */
    public Plan plan(PlanId id) {
        return Stream.concat(plans.stream(), addOns.stream()).filter(plan -> plan.id().equals(id)).findFirst().orElseThrow();
    }

    /** The plan or add-on that has a key, which no two of them share. */
    Plan named(String key) {
        return plan(key).or(() -> addOn(key)).orElseThrow();
    }

    private static Optional<Plan> named(List<Plan> among, String key) {
        return among.stream().filter(plan -> plan.key().equals(key)).findFirst();
    }

    public Optional<Feature> feature(String key) {
        return Optional.ofNullable(featuresByKey.get(key));
    }

    public Feature feature(FeatureId id) {
        return Objects.requireNonNull(featuresById.get(id), () -> "No feature " + id);
    }

    /** The features that count the events of a meter: itself, and those that name it as their source. */
    public List<Feature> countingEventsOf(Feature meter) {
        return counting.getOrDefault(meter.key(), List.of());
    }

    /** The version of a plan or add-on that is on sale; empty for a retired one. */
    public Optional<PlanVersion> onSale(Plan plan) {
        return Optional.ofNullable(onSale.get(plan.id()));
    }

    /** The oldest first. */
    public List<PlanVersion> versionsOf(Plan plan) {
        return Collections.unmodifiableList(versionsByPlan.getOrDefault(plan.id(), List.of()));
    }

    /**
     * Plans on sale side by side, feature by feature.
     *
     * @param planKeys of one product
     * @param known    which of them whoever asks may know of
     * @throws HeadroomException NOT_FOUND for an unknown or retired plan, INVALID_INPUT for plans of several products
     */
    public List<FeatureComparison> compare(List<String> planKeys, Predicate<Plan> known) {
        List<PlanVersion> compared = planKeys.stream()
                .map(key -> onSale(plan(key).filter(known).orElseThrow(() -> HeadroomException.notFound("plans", "No plan has the key \"" + key + "\"")))
                        .orElseThrow(() -> HeadroomException.notFound("plans", "The plan \"" + key + "\" is not on sale")))
                .toList();
        ProductId product = compared.getFirst().plan().product();
        if (compared.stream().anyMatch(version -> !version.plan().product().equals(product))) {
            throw HeadroomException.invalid("plans", "Only plans of one product can be compared");
        }
        return featuresOf(product).stream().map(feature -> compare(feature, compared)).toList();
    }

    private static FeatureComparison compare(Feature feature, List<PlanVersion> versions) {
        List<@Nullable PlanEntitlement> row = new ArrayList<>();
        versions.forEach(version -> row.add(version.entitlement(feature).orElse(null)));
        return new FeatureComparison(feature, Collections.unmodifiableList(row), new HashSet<>(row).size() > 1);
    }

    public PlanVersion version(PlanVersionId id) {
        return Optional.ofNullable(versions.get(id)).orElseThrow(() -> new IllegalStateException("The catalogue lacks plan version " + id));
    }

    /**
     * Everything that is wrong with a sheet, were it put on sale.
     *
     * @param plan that it is of; a new one is one that the catalogue does not have
     */
    public List<Finding> findings(PlanSheet sheet, PlanId plan, ProductId product, Plan.Kind kind) {
        Optional<Plan> self = Stream.concat(plans.stream(), addOns.stream()).filter(each -> each.id().equals(plan)).findFirst();
        boolean taken = Stream.concat(plans.stream(), addOns.stream()).anyMatch(each -> each.key().equals(sheet.key()) && !each.id().equals(plan));
        return SheetRules.findings(sheet, PlanSheets.facts(this, product, kind, self.orElse(null), taken));
    }

    /**
     * What a sheet without errors would be, were it put on sale at an instant: the number after the last one; in no catalogue.
     *
     * @param sheet each of whose prices is named by a UUID, which becomes the price's id
     * @param own   whose it alone would be; absent where it is for every account
     */
    public PlanVersion prepared(PlanVersionId id, PlanId plan, ProductId product, Plan.Kind kind, PlanSheet sheet, Plan.@Nullable OwnPrice own, Instant at) {
        Plan prepared = PlanSheets.plan(plan, product, kind, sheet, own);
        List<PlanPrice> prices = PlanSheets.prices(sheet.prices(), line -> new PriceId(UUID.fromString(line.id()))).stream()
                .sorted(Comparator.comparing((PlanPrice each) -> each.price().interval()).thenComparing(each -> each.price().currency().getCurrencyCode()))
                .toList();
        List<PlanEntitlement> entitlements = PlanSheets.entitlements(sheet, kind, this).stream()
                .sorted(Comparator.comparingInt(granted -> features.indexOf(granted.feature())))
                .toList();
        return PlanVersion.of(id, prepared, versionsOf(prepared).size() + 1, PlanVersion.State.PUBLISHED, at, prices, entitlements);
    }

    /** The version that a price belongs to. */
    public PlanVersion versionOf(PriceId price) {
        return Optional.ofNullable(versionsByPrice.get(price)).orElseThrow(() -> new IllegalStateException("The catalogue lacks price " + price));
    }

    public PlanPrice price(PriceId id) {
        return versionOf(id).prices().stream().filter(price -> price.id().equals(id)).findFirst().orElseThrow();
    }
}
