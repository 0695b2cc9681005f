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
import dev.headroom.stripe.StripeRefusedException;
import dev.headroom.stripe.StripeUnavailableException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Makes at Stripe what is on sale here and missing there. */
@Service
public class CatalogSyncs {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogSyncs.class);

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

    /**
     * Pushes every product, price, offer and bundle that Stripe does not have yet; returns how many prices that were. What Stripe refuses keeps nothing
     * else back, and is a difference of the catalogue until somebody has put it right.
     *
     * @throws StripeUnavailableException when Stripe does not answer
     */
    public synchronized int push() {
        CatalogSnapshot known = catalog.snapshot();
        SoldCoupon.of(known, bundles.all()).stream().filter(sold -> links.remote(Kind.COUPON, sold.id()).isEmpty())
                .forEach(coupon -> taken(coupon.name(), () -> push(coupon)));
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
        return (int) missing.stream().filter(price -> taken(version.plan().name(), () -> push(version.plan(), price))).count();
    }

    private static boolean taken(String name, Runnable push) {
        try {
            push.run();
            return true;
        } catch (StripeRefusedException refused) {
            LOG.warn("{} is on sale, and Stripe refuses what sells it: {}", name, refused.getMessage());
            return false;
        }
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
