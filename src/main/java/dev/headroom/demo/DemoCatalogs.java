package dev.headroom.demo;

import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Puts on sale what the demo vendor sells; a second time changes nothing. */
@Service
class DemoCatalogs {

    static final Actor.System SELF = new Actor.System("demo");

    private final Catalog catalog;
    private final Bundles bundles;
    private final DemoDrafts drafts;

    DemoCatalogs(Catalog catalog, Bundles bundles, DemoDrafts drafts) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.drafts = drafts;
    }

    boolean empty() {
        return catalog.snapshot().products().isEmpty();
    }

    /** @param endedAt the end of the made-up history, when the offers begin */
    void create(Instant endedAt) {
        CatalogFile file = DemoFiles.catalog();
        file.newProducts().forEach(product -> catalog.create(SELF, product));
        file.newPlans().forEach(plan -> catalog.create(SELF, plan));
        file.newAddOns().forEach(addOn -> catalog.create(SELF, addOn));
        file.newBundles().forEach(bundle -> bundles.create(SELF, bundle));
        file.newOffers(endedAt).forEach(offer -> catalog.create(SELF, offer));
        drafts.prepare();
    }
}
