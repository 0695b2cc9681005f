package dev.headroom.sync;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.pricing.Discount.Reduction;
import dev.headroom.pricing.Discount.Term;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What is sold here for less and has to be a coupon at Stripe: an offer, or a bundle, whose items are reduced for as long as they have it. */
record SoldCoupon(UUID id, String name, Reduction reduction, Term term) {

    static List<SoldCoupon> of(CatalogSnapshot catalog, List<Bundle> bundles) {
        return Stream.concat(catalog.offers().stream().map(SoldCoupon::of), bundles.stream().map(SoldCoupon::of)).toList();
    }

    private static SoldCoupon of(Offer offer) {
        return new SoldCoupon(offer.id().value(), offer.name(), offer.reduction(), offer.term());
    }

    private static SoldCoupon of(Bundle bundle) {
        return new SoldCoupon(bundle.id().value(), bundle.name(), bundle.off(), new Term.Forever());
    }
}
