package dev.headroom.catalog;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.CatalogSnapshot.FeatureComparison;
import dev.headroom.catalog.CreateAddOn.CreateAddOnResult;
import dev.headroom.catalog.CreateProduct.CreateProductResult;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.error.Check;
import dev.headroom.pricing.Rating;
import dev.headroom.sheet.PriceLine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The catalogue is the same for everybody who may read. */
@Controller
class CatalogController {

    private static final int MOST_COMPARED = 10;

    private final Catalog catalog;

    CatalogController(Catalog catalog) {
        this.catalog = catalog;
    }

    @QueryMapping
    List<Product> products(@ContextValue Actor actor) {
        actor.require(Permission.READ);
        return catalog.snapshot().products();
    }

    @QueryMapping
    Optional<Product> product(@Argument String key, @ContextValue Actor actor) {
        actor.require(Permission.READ);
        return catalog.snapshot().product(key);
    }

    @QueryMapping
    Optional<Plan> plan(@Argument String key, @ContextValue Actor actor) {
        actor.require(Permission.READ);
        return catalog.snapshot().plan(key).filter(known(actor));
    }

    @QueryMapping
    Optional<Plan> addOn(@Argument String key, @ContextValue Actor actor) {
        actor.require(Permission.READ);
        return catalog.snapshot().addOn(key).filter(known(actor));
    }

    @QueryMapping
    List<FeatureComparison> comparePlans(@Argument List<String> plans, @ContextValue Actor actor) {
        actor.require(Permission.READ);
        Check.between("plans", plans.size(), 1, MOST_COMPARED);
        return catalog.snapshot().compare(plans, known(actor));
    }

    @MutationMapping
    CreateProductResult createProduct(@Argument CreateProduct input, @ContextValue Actor actor) {
        return catalog.create(actor, input);
    }

    @MutationMapping
    CreatePlanResult createPlan(@Argument CreatePlanInput input, @ContextValue Actor actor) {
        return catalog.create(actor, input.command());
    }

    @MutationMapping
    CreateAddOnResult createAddOn(@Argument CreateAddOnInput input, @ContextValue Actor actor) {
        return catalog.create(actor, input.command());
    }

    @SchemaMapping(typeName = "Product")
    List<Feature> features(Product product, @Argument boolean retired) {
        return catalog.snapshot().featuresOf(product.id()).stream().filter(feature -> retired || !feature.retired()).toList();
    }

    @SchemaMapping(typeName = "Product")
    List<Plan> plans(Product product, @ContextValue Actor actor) {
        return Selling.to(actor, product.id(), Plan.Kind.TIER, catalog.snapshot()).map(PlanVersion::plan).toList();
    }

    @SchemaMapping(typeName = "Product")
    List<Plan> addOns(Product product, @ContextValue Actor actor) {
        return Selling.to(actor, product.id(), Plan.Kind.ADD_ON, catalog.snapshot()).map(PlanVersion::plan).toList();
    }

    /** What is one account's own is there for the vendor and for that account. */
    private static Predicate<Plan> known(Actor actor) {
        return plan -> plan.own() == null || actor.sees(plan.own().account());
    }

    @SchemaMapping(typeName = "AddOn", field = "product")
    Product productOf(Plan addOn) {
        return catalog.snapshot().product(addOn.product());
    }

    @SchemaMapping(typeName = "AddOn", field = "onSale")
    Optional<PlanVersion> addOnOnSale(Plan addOn) {
        return catalog.snapshot().onSale(addOn);
    }

    @SchemaMapping(typeName = "AddOnVersion")
    Plan addOn(PlanVersion version) {
        return version.plan();
    }

    @SchemaMapping(typeName = "Plan")
    Product product(Plan plan) {
        return catalog.snapshot().product(plan.product());
    }

    @SchemaMapping(typeName = "Plan")
    Optional<PlanVersion> onSale(Plan plan) {
        return catalog.snapshot().onSale(plan);
    }

    @SchemaMapping(typeName = "PlanEntitlement")
    List<OveragePrice> overage(PlanEntitlement entitlement) {
        return entitlement.overage().values().stream()
                .map(price -> new OveragePrice(price.currency().getCurrencyCode(), price.minor().toPlainString()))
                .sorted(Comparator.comparing(OveragePrice::currency))
                .toList();
    }

    record OveragePrice(String currency, String unitMinor) {}

    @SchemaMapping(typeName = "PlanPrice")
    dev.headroom.time.Interval interval(PlanPrice price) {
        return price.price().interval();
    }

    @SchemaMapping(typeName = "PlanPrice")
    String currency(PlanPrice price) {
        return price.price().currency().getCurrencyCode();
    }

    @SchemaMapping(typeName = "PlanPrice")
    PriceLine.Model model(PlanPrice price) {
        return PriceLine.Model.of(price.price().model());
    }

    @SchemaMapping(typeName = "PlanPrice")
    String summary(PlanPrice price, java.util.Locale locale) {
        return PriceSummary.of(price.price(), catalog.snapshot().versionOf(price.id()).plan().kind(), locale);
    }

    @SchemaMapping(typeName = "PlanPrice")
    RatedPrice rate(PlanPrice price, @Argument long quantity) {
        Check.between("quantity", quantity, 1, Rating.MOST_UNITS);
        return RatedPrice.of(price.price().rate(quantity));
    }

    record RatedPrice(long quantity, dev.headroom.money.Money amount, String exact, List<String> steps) {

        static RatedPrice of(Rating rating) {
            return new RatedPrice(
                    rating.quantity(), rating.amount(), rating.exact().toPlainString(),
                    rating.steps().stream().map(Rating.Step::explanation).toList());
        }
    }
}
