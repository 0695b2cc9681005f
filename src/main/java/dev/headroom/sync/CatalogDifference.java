package dev.headroom.sync;

import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import dev.headroom.stripe.StripeAccountGateway.CouponAtStripe;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeAccountGateway.ProductAtStripe;
import dev.headroom.stripe.StripeCatalogGateway;
import dev.headroom.sync.CatalogPlan.DifferenceKind;
import dev.headroom.sync.CatalogPlan.Line;
import org.jspecify.annotations.Nullable;

/** One thing in which our catalogue and Stripe's are not the same. */
sealed interface CatalogDifference {

    /** In words, with what making it level does. */
    Line told();

    /** The plan has no product at Stripe, or one that is gone. */
    record ProductMissing(Plan plan) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(DifferenceKind.PRODUCT_MISSING, subject(plan), plan.name(), plan.name(), null, null, "Makes a product at Stripe");
        }
    }

    record ProductRenamed(Plan plan, ProductAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(DifferenceKind.PRODUCT_RENAMED, subject(plan), plan.name(), plan.name(), theirs.name(), theirs.id(), "Renames the product at Stripe");
        }
    }

    /** On sale here, and not there. */
    record ProductArchived(Plan plan, ProductAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(DifferenceKind.PRODUCT_ARCHIVED, subject(plan) + ":archived", plan.name(), "on sale", "archived", theirs.id(), "Makes the product active at Stripe");
        }
    }

    /**
     * Nothing at Stripe stands for the price, or something that is gone.
     *
     * @param made for it, by somebody who died before it was written down
     */
    record PriceMissing(PlanVersion version, PlanPrice price, @Nullable PriceAtStripe made) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.PRICE_MISSING, subject(price), name(version), PriceWords.of(price, version), null, made == null ? null : made.id(),
                    made == null ? "Makes a price at Stripe" : "Takes the price at Stripe that has its lookup key");
        }
    }

    /**
     * What stands for the price at Stripe asks something else: prices never change, so it has to be another one.
     *
     * @param made that has the lookup key and asks the right thing
     */
    record PriceDiffers(PlanVersion version, PlanPrice price, PriceAtStripe theirs, @Nullable PriceAtStripe made) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.PRICE_DIFFERS, subject(price), name(version), PriceWords.of(price, version), PriceWords.of(theirs, version), theirs.id(),
                    (made == null ? "Makes a new price at Stripe with the lookup key of the old one, and archives that" : "Takes " + made.id() + ", and archives the old one")
                            + "; subscriptions on it are billed as before, and are not quoted here");
        }
    }

    /** On sale here, and not there. */
    record PriceArchived(PlanVersion version, PlanPrice price, PriceAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.PRICE_ARCHIVED, subject(price) + ":archived", name(version), "on sale: " + PriceWords.of(price, version), "archived", theirs.id(),
                    "Makes the price active at Stripe");
        }
    }

    /** Sold no more here and had by nobody, and still active there. */
    record PriceOutdated(PlanVersion version, PlanPrice price, PriceAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.PRICE_OUTDATED, subject(price) + ":archived", name(version), "retired: " + PriceWords.of(price, version), "active", theirs.id(),
                    "Archives the price at Stripe; nobody has it");
        }
    }

    /** The right price, but found by its lookup key is another one, or none. */
    record LookupKeyElsewhere(PlanVersion version, PlanPrice price, PriceAtStripe theirs, @Nullable PriceAtStripe holder) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.LOOKUP_KEY_ELSEWHERE, subject(price) + ":key", name(version), "key of " + theirs.id(), holder == null ? null : "key of " + holder.id(),
                    theirs.id(), "Gives the price its lookup key");
        }
    }

    record CouponMissing(SoldCoupon sold) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(DifferenceKind.COUPON_MISSING, subject(sold), sold.name(), words(sold.reduction(), sold.term()), null, null, "Makes a coupon at Stripe");
        }
    }

    record CouponRenamed(SoldCoupon sold, CouponAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.COUPON_RENAMED, subject(sold), sold.name(), StripeCatalogGateway.couponName(sold.name()), theirs.name(), theirs.id(),
                    "Renames the coupon at Stripe");
        }
    }

    record CouponDiffers(SoldCoupon sold, CouponAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.COUPON_DIFFERS, subject(sold), sold.name(), words(sold.reduction(), sold.term()),
                    words(theirs.reduction(), theirs.term()) + (theirs.products().isEmpty() ? "" : ", off " + String.join(" and ", theirs.products()) + " alone"),
                    theirs.id(), "Deletes the coupon at Stripe and makes it anew; discounts that came of it go on as they are");
        }
    }

    /** Sold at Stripe and unknown here. */
    record ProductForeign(ProductAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(DifferenceKind.PRODUCT_FOREIGN, "product:" + theirs.id(), theirs.name(), null, theirs.name(), theirs.id(), "Left alone; an import would take it in");
        }
    }

    /** A price of one of our products that is sold at Stripe and unknown here. */
    record PriceForeign(Plan plan, PriceAtStripe theirs) implements CatalogDifference {
        @Override
        public Line told() {
            return new Line(
                    DifferenceKind.PRICE_FOREIGN, "price:" + theirs.id(), plan.name(), null, PriceWords.of(theirs, plan.kind()), theirs.id(),
                    "Left alone; a subscription on it is not quoted here");
        }
    }

    private static String subject(Plan plan) {
        return "product:" + plan.id();
    }

    private static String subject(PlanPrice price) {
        return "price:" + price.id();
    }

    private static String subject(SoldCoupon sold) {
        return "coupon:" + sold.id();
    }

    private static String name(PlanVersion version) {
        return version.plan().name() + ", version " + version.number();
    }

    private static String words(@Nullable Reduction reduction, Term term) {
        return switch (reduction) {
            case Reduction.PercentOff percent -> percent.percent().toPlainString() + " %";
            case Reduction.AmountOff amount -> amount.amount().toString();
            case null -> "in a currency that is not supported";
        } + switch (term) {
            case Term.Once _ -> ", once";
            case Term.Repeating repeating -> ", for " + repeating.months() + " months";
            case Term.Forever _ -> ", for good";
        };
    }
}
