package dev.headroom.sync;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersion.State;
import dev.headroom.catalog.PriceId;
import dev.headroom.money.UnitPrice;
import dev.headroom.pricing.ChargeModel;
import dev.headroom.pricing.Price;
import dev.headroom.stripe.StripeAccountGateway.Catalogue;
import dev.headroom.stripe.StripeAccountGateway.CouponAtStripe;
import dev.headroom.stripe.StripeAccountGateway.PriceAtStripe;
import dev.headroom.stripe.StripeAccountGateway.ProductAtStripe;
import dev.headroom.stripe.StripeCatalogGateway;
import dev.headroom.stripe.StripeLinksRepository.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in what our catalogue and Stripe's are not the same; drafts are nobody's business but ours. */
final class CatalogComparison {

    /** Which object at Stripe stands for one of ours. */
    interface Links {
        Optional<String> remote(Kind kind, UUID local);
    }

    private final CatalogSnapshot ours;
    private final List<SoldCoupon> coupons;
    private final Catalogue theirs;
    private final Links links;
    private final Predicate<PriceId> had;
    private final Map<String, ProductAtStripe> products;
    private final Map<String, PriceAtStripe> prices;
    private final Map<String, PriceAtStripe> byLookupKey;
    private final List<CatalogDifference> found = new ArrayList<>();

    /** @param had whether a running subscription has a price, or will have with its next period */
    CatalogComparison(CatalogSnapshot ours, List<SoldCoupon> coupons, Catalogue theirs, Links links, Predicate<PriceId> had) {
        this.ours = ours;
        this.coupons = coupons;
        this.theirs = theirs;
        this.links = links;
        this.had = had;
        this.products = theirs.products().stream().collect(toMap(ProductAtStripe::id, Function.identity()));
        this.prices = theirs.prices().stream().collect(toMap(PriceAtStripe::id, Function.identity()));
        this.byLookupKey = theirs.prices().stream().filter(price -> price.lookupKey() != null)
                .collect(toMap(price -> Objects.requireNonNull(price.lookupKey()), Function.identity(), (first, _) -> first));
    }

    List<CatalogDifference> differences() {
        found.clear();
        plans().forEach(this::compare);
        versions().forEach(version -> version.prices().forEach(price -> compare(version, price)));
        coupons.forEach(this::compare);
        foreign();
        return found.stream()
                .sorted(Comparator.comparing((CatalogDifference each) -> each.told().kind()).thenComparing(each -> each.told().subject()))
                .toList();
    }

    private Stream<Plan> plans() {
        return Stream.concat(ours.plans().stream(), ours.addOns().stream()).filter(plan -> sold(plan).findAny().isPresent());
    }

    private Stream<PlanVersion> sold(Plan plan) {
        return ours.versionsOf(plan).stream().filter(version -> version.state() != State.DRAFT);
    }

    private Stream<PlanVersion> versions() {
        return plans().flatMap(this::sold);
    }

    private void compare(Plan plan) {
        Optional<ProductAtStripe> product = links.remote(Kind.PRODUCT, plan.id().value()).map(products::get);
        if (product.isEmpty()) {
            found.add(new CatalogDifference.ProductMissing(plan));
            return;
        }
        if (!product.get().name().equals(plan.name())) {
            found.add(new CatalogDifference.ProductRenamed(plan, product.get()));
        }
        if (!product.get().active() && ours.onSale(plan).isPresent()) {
            found.add(new CatalogDifference.ProductArchived(plan, product.get()));
        }
    }

    private void compare(PlanVersion version, PlanPrice price) {
        Optional<PriceAtStripe> stands = links.remote(Kind.PRICE, price.id().value()).map(prices::get);
        if (stands.isEmpty()) {
            found.add(new CatalogDifference.PriceMissing(version, price, made(price)));
            return;
        }
        PriceAtStripe linked = stands.get();
        if (linked.terms() == null || !alike(price.price(), linked.terms())) {
            found.add(new CatalogDifference.PriceDiffers(version, price, linked, made(price)));
            return;
        }
        sale(version, price, linked).ifPresent(found::add);
        if (linked.active() && !price.id().toString().equals(linked.lookupKey()) && madeHere(version, linked)) {
            found.add(new CatalogDifference.LookupKeyElsewhere(version, price, linked, holder(price).orElse(null)));
        }
    }

    /** One that has the lookup key and asks what ours does. */
    private @Nullable PriceAtStripe made(PlanPrice price) {
        return holder(price).filter(each -> each.active() && each.terms() != null && alike(price.price(), each.terms())).orElse(null);
    }

    private Optional<PriceAtStripe> holder(PlanPrice price) {
        return Optional.ofNullable(byLookupKey.get(price.id().toString()));
    }

    private Optional<CatalogDifference> sale(PlanVersion version, PlanPrice price, PriceAtStripe linked) {
        if (version.onSale() && !linked.active()) {
            return Optional.of(new CatalogDifference.PriceArchived(version, price, linked));
        }
        return !version.onSale() && linked.active() && !had.test(price.id())
                ? Optional.of(new CatalogDifference.PriceOutdated(version, price, linked))
                : Optional.empty();
    }

    /** What was taken in from Stripe keeps the lookup key that its owner gave it. */
    private boolean madeHere(PlanVersion version, PriceAtStripe price) {
        return Optional.ofNullable(products.get(price.product())).filter(product -> version.plan().id().toString().equals(product.madeFor())).isPresent();
    }

    /** Stripe has one word for what costs the same whatever the quantity, which is then one, and for what each unit costs. */
    static boolean alike(Price ours, Price theirs) {
        return ours.interval() == theirs.interval() && ours.currency().equals(theirs.currency()) && unified(ours.model()).equals(unified(theirs.model()));
    }

    private static ChargeModel unified(ChargeModel model) {
        return model instanceof ChargeModel.Flat flat ? new ChargeModel.PerSeat(UnitPrice.of(flat.fee())) : model;
    }

    private void compare(SoldCoupon sold) {
        Optional<CouponAtStripe> coupon = links.remote(Kind.COUPON, sold.id())
                .flatMap(id -> theirs.coupons().stream().filter(each -> each.id().equals(id)).findFirst());
        if (coupon.isEmpty()) {
            found.add(new CatalogDifference.CouponMissing(sold));
        } else if (!Objects.equals(sold.reduction(), coupon.get().reduction()) || !sold.term().equals(coupon.get().term()) || !coupon.get().products().isEmpty()) {
            found.add(new CatalogDifference.CouponDiffers(sold, coupon.get()));
        } else if (!StripeCatalogGateway.couponName(sold.name()).equals(coupon.get().name())) {
            found.add(new CatalogDifference.CouponRenamed(sold, coupon.get()));
        }
    }

    /** What is sold at Stripe and stands for nothing of ours. */
    private void foreign() {
        Map<String, Plan> known = plans().filter(plan -> links.remote(Kind.PRODUCT, plan.id().value()).isPresent())
                .collect(toMap(plan -> links.remote(Kind.PRODUCT, plan.id().value()).orElseThrow(), Function.identity()));
        Set<String> standing = versions().flatMap(version -> version.prices().stream())
                .flatMap(price -> links.remote(Kind.PRICE, price.id().value()).stream())
                .collect(toSet());
        theirs.products().stream().filter(product -> product.active() && !known.containsKey(product.id())).map(CatalogDifference.ProductForeign::new).forEach(found::add);
        theirs.prices().stream()
                .filter(price -> price.active() && known.containsKey(price.product()) && !standing.contains(price.id()))
                .map(price -> new CatalogDifference.PriceForeign(Objects.requireNonNull(known.get(price.product())), price))
                .forEach(found::add);
    }
}
