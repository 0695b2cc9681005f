package dev.headroom.exchange;

import dev.headroom.actor.Actor;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.draft.Drafts;
import dev.headroom.policy.Policies;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Reads everything that a file is compared with: from the database, for what is about to be written is not compared with what is remembered. */
@Service
class Surroundings {

    private final Catalog catalog;
    private final Policies policies;
    private final Bundles bundles;
    private final Drafts drafts;

    Surroundings(Catalog catalog, Policies policies, Bundles bundles, Drafts drafts) {
        this.catalog = catalog;
        this.policies = policies;
        this.bundles = bundles;
        this.drafts = drafts;
    }

    /** As the transaction of the caller sees it. */
    Known known(Actor actor) {
        CatalogSnapshot snapshot = catalog.current();
        return new Known(
                snapshot, policies.current(), bundles.current(),
                drafts.openOf(actor, Stream.concat(snapshot.plans().stream(), snapshot.addOns().stream()).map(Plan::id).toList()));
    }

    OtherModules others() {
        return new OtherModules(policies, bundles);
    }
}
