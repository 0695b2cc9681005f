package dev.headroom.sync;

import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.stripe.StripeCatalogGateway;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Makes at Stripe what is on sale here and missing there. */
@Service
public class CatalogSyncs {

    /** What is made for the first time needs nothing to tell it from what was made before. */
    private static final String FIRST = "";

    private final Catalog catalog;
    private final Bundles bundles;
    private final StripeCatalogGateway stripe;
    private final StripeLinksRepository links;

    CatalogSyncs(Catalog catalog, Bundles bundles, StripeCatalogGateway stripe, StripeLinksRepository links) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.stripe = stripe;
        this.links = links;
    }

    /** Pushes every product, price, offer and bundle that Stripe does not have yet; returns how many prices that were. */
    public synchronized int push() {
        CatalogSnapshot known = catalog.snapshot();
        SoldCoupon.of(known, bundles.all()).stream().filter(sold -> links.remote(Kind.COUPON, sold.id()).isEmpty()).forEach(this::push);
        List<PlanVersion> sold = Stream.concat(known.plans().stream(), known.addOns().stream())
                .flatMap(plan -> known.versionsOf(plan).stream())
                .filter(version -> version.state() != State.DRAFT)
                .toList();
        return sold.stream().mapToInt(this::push).sum();
    }

    private void push(SoldCoupon sold) {
        String made = stripe.createCoupon(sold.id(), sold.name(), sold.reduction(), sold.term(), FIRST);
        links.link(Kind.COUPON, sold.id(), made);
    }

    private int push(PlanVersion version) {
        List<PlanPrice> missing =
                version.prices().stream().filter(price -> links.remote(Kind.PRICE, price.id().value()).isEmpty()).toList();
        missing.forEach(price -> push(version.plan(), price));
        return missing.size();
    }

    private void push(Plan plan, PlanPrice price) {
        String made = stripe.findPrice(price.id().value())
                .orElseGet(() -> stripe.createPrice(product(plan), price.id().value(), price.price()));
        links.link(Kind.PRICE, price.id().value(), made);
    }

    private String product(Plan plan) {
        return links.remote(Kind.PRODUCT, plan.id().value()).orElseGet(() -> {
            String made = stripe.createProduct(plan.name(), plan.id().value(), FIRST);
            links.link(Kind.PRODUCT, plan.id().value(), made);
            return made;
        });
    }
}
