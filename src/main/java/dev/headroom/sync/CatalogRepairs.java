package dev.headroom.sync;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeCatalogGateway;
import dev.headroom.stripe.StripeLinksRepository;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Makes one difference level. Every step may be the last one before the process dies: repeated, it finds what was made, by its idempotency
 * key or because it is there, and goes on.
 */
@Service
class CatalogRepairs {

    private final StripeCatalogGateway stripe;
    private final StripeLinksRepository links;

    CatalogRepairs(StripeCatalogGateway stripe, StripeLinksRepository links) {
        this.stripe = stripe;
        this.links = links;
    }

    /** @param run under whose id new objects are made */
    void repair(CatalogDifference difference, UUID run) {
        switch (difference) {
            case CatalogDifference.ProductMissing(Plan plan) -> make(plan, run);
            case CatalogDifference.ProductRenamed(Plan plan, var theirs) -> stripe.renameProduct(theirs.id(), plan.name());
            case CatalogDifference.ProductArchived(Plan _, var theirs) -> stripe.reviveProduct(theirs.id());
            case CatalogDifference.PriceMissing(PlanVersion version, PlanPrice price, PriceAtStripe made) -> links.relink(
                    Kind.PRICE, price.id().value(), made == null ? made(version.plan(), price, run) : made.id());
            case CatalogDifference.PriceDiffers(PlanVersion version, PlanPrice price, PriceAtStripe theirs, PriceAtStripe made) ->
                    replace(price, theirs, made == null ? made(version.plan(), price, run) : made.id());
            case CatalogDifference.PriceArchived(PlanVersion _, PlanPrice _, PriceAtStripe theirs) -> stripe.sell(theirs.id(), true);
            case CatalogDifference.PriceOutdated(PlanVersion _, PlanPrice _, PriceAtStripe theirs) -> stripe.sell(theirs.id(), false);
            case CatalogDifference.LookupKeyElsewhere(PlanVersion _, PlanPrice price, PriceAtStripe theirs, var _) -> stripe.mark(theirs.id(), price.id().value());
            case CatalogDifference.CouponMissing(SoldCoupon sold) -> make(sold, run);
            case CatalogDifference.CouponRenamed(SoldCoupon sold, var theirs) -> stripe.renameCoupon(theirs.id(), sold.name());
            case CatalogDifference.CouponDiffers(SoldCoupon sold, var theirs) -> {
                stripe.deleteCoupon(theirs.id());
                make(sold, run);
            }
            case CatalogDifference.ProductForeign _, CatalogDifference.PriceForeign _ -> { }
        }
    }

    private void make(Plan plan, UUID run) {
        links.relink(Kind.PRODUCT, plan.id().value(), stripe.createProduct(plan.name(), plan.id().value(), run.toString()));
    }

    private String made(Plan plan, PlanPrice price, UUID run) {
        return stripe.replacePrice(product(plan), price.id().value(), price.price(), run);
    }

    /** The link comes last: until then it says what is still to be done. */
    private void replace(PlanPrice price, PriceAtStripe old, String made) {
        stripe.sell(old.id(), false);
        links.relink(Kind.PRICE, price.id().value(), made);
    }

    private String product(Plan plan) {
        return links.remote(Kind.PRODUCT, plan.id().value()).orElseThrow();
    }

    private void make(SoldCoupon sold, UUID run) {
        links.relink(
                Kind.COUPON, sold.id(), stripe.createCoupon(sold.id(), sold.name(), sold.reduction(), sold.term(), run.toString()));
    }
}
