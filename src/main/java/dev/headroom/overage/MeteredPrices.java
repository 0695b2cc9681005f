package dev.headroom.overage;

import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.catalog.PlanEntitlement;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.limits.Limit;
import dev.headroom.money.UnitPrice;
import dev.headroom.overage.MeteredPrice.Content;
import dev.headroom.stripe.StripeMeterGateway;
import dev.headroom.time.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** The metered prices that plans ask for, each with its meter at Stripe. */
@Service
class MeteredPrices {

    private final Catalog catalog;
    private final MeteredPriceRepository prices;
    private final StripeMeterGateway stripe;
    private final Map<Content, UUID> known = new ConcurrentHashMap<>();

    MeteredPrices(Catalog catalog, MeteredPriceRepository prices, StripeMeterGateway stripe) {
        this.catalog = catalog;
        this.prices = prices;
        this.stripe = stripe;
    }

    /** What is counted in windows that end: what rolls, and what is held, never comes to an amount that stays. */
    static boolean bills(Feature feature) {
        return feature.kind() == FeatureKind.METER && switch (feature.reset()) {
            case BILLING_PERIOD, CALENDAR_MONTH, DAY -> true;
            case NEVER, ROLLING -> false;
        };
    }

    /** The features of which use past a limit costs something in any version that was ever on sale. */
    List<Feature> features() {
        CatalogSnapshot now = catalog.snapshot();
        return sold(now).flatMap(version -> version.entitlements().stream()).filter(MeteredPrices::charges).map(PlanEntitlement::feature).distinct().toList();
    }

    private static Stream<PlanVersion> sold(CatalogSnapshot now) {
        return Stream.concat(now.plans().stream(), now.addOns().stream()).flatMap(plan -> now.versionsOf(plan).stream())
                .filter(version -> version.state() != PlanVersion.State.DRAFT);
    }

    private static boolean charges(PlanEntitlement granted) {
        return granted.policy() == Limit.Policy.OVERAGE && !granted.overage().isEmpty() && bills(granted.feature());
    }

    UUID id(Feature feature, UnitPrice each, Interval every) {
        return known.computeIfAbsent(new Content(feature.id(), each, every), content -> prices.require(content).id());
    }

    List<MeteredPrice> all() {
        return prices.all();
    }

    List<MeteredPrice> byIds(Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : prices.byIds(ids);
    }

    /** Makes at Stripe whatever a plan on sale may come to charge. */
    void push() {
        sold(catalog.snapshot()).filter(PlanVersion::onSale).forEach(version -> version.entitlements().stream().filter(MeteredPrices::charges)
                .forEach(granted -> version.prices().stream().map(PlanVersion.PlanPrice::price)
                        .filter(price -> granted.overage().containsKey(price.currency()))
                        .forEach(price -> id(granted.feature(), granted.overage().get(price.currency()), price.interval()))));
        prices.all().stream().filter(price -> price.stripe() == null).forEach(this::atStripe);
    }

    /** The price as Stripe has it, made if need be. */
    MeteredPrice atStripe(MeteredPrice price) {
        if (price.stripe() != null) {
            return price;
        }
        Feature feature = catalog.snapshot().feature(price.feature());
        String meter = stripe.meter(price.id(), feature.name() + " at " + price.each());
        String made = stripe.price(price.id(), meter, feature.name(), price.each(), price.every());
        prices.made(price.id(), meter, made);
        return new MeteredPrice(price.id(), price.feature(), price.each(), price.every(), meter, made);
    }
}
