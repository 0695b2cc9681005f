package dev.headroom.exchange;

import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.ProductId;
import dev.headroom.draft.Draft;
import dev.headroom.policy.ProductPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that a file is compared with, as one transaction sees it.
 *
 * @param drafts the open ones of plans and add-ons that are there
 */
record Known(CatalogSnapshot catalog, Map<ProductId, ProductPolicy> policies, List<Bundle> bundles, Map<PlanId, Draft> drafts) {

    ProductPolicy policy(ProductId product) {
        return policies.getOrDefault(product, ProductPolicy.USUAL);
    }

    Stream<Plan> plans() {
        return Stream.concat(catalog.plans().stream(), catalog.addOns().stream());
    }
}
