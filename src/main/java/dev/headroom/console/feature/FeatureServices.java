package dev.headroom.console.feature;

import dev.headroom.actor.Permission;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.Product;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.entitlement.RollOuts;
import dev.headroom.entitlement.Unlocks;
import dev.headroom.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the pages of features ask, and what uses one as far as whoever asks may know. */
@Component
record FeatureServices(SignedIn signedIn, Catalog catalog, Drafts drafts, Subscriptions subscriptions, RollOuts rollOuts, Unlocks unlocks) {

    private static final int PAGE = 100;

    boolean mayEdit() {
        return signedIn.may(Permission.CATALOG);
    }

    List<FeatureUse> uses(Collection<Feature> features) {
        CatalogSnapshot known = catalog.snapshot();
        Map<FeatureId, Integer> having = subscriptions.having(signedIn.actor(), features);
        List<Draft> open = open();
        return features.stream().map(feature -> use(feature, known, open, having.getOrDefault(feature.id(), 0))).toList();
    }

    private static FeatureUse use(Feature feature, CatalogSnapshot known, List<Draft> open, int accounts) {
        Product product = known.product(feature.product());
        List<PlanVersion> granting = known.granting(feature);
        List<Draft> drafts = open.stream().filter(draft -> draft.subject().product().equals(product.id()) && FeatureUse.granted(draft, feature).isPresent()).toList();
        return new FeatureUse(feature, product, granting, drafts, known.users(feature).features(), accounts);
    }

    /** Every draft that is open; none for whoever may not see them. */
    private List<Draft> open() {
        List<Draft> open = new ArrayList<>();
        List<Draft> page = mayEdit() ? drafts.page(signedIn.actor(), Draft.State.OPEN, null, PAGE) : List.of();
        while (!page.isEmpty()) {
            open.addAll(page);
            page = page.size() < PAGE ? List.of() : drafts.page(signedIn.actor(), Draft.State.OPEN, page.getLast().id().value(), PAGE);
        }
        return open;
    }
}
