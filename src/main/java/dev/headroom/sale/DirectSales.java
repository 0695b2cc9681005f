package dev.headroom.sale;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.bundle.CreateBundle;
import dev.headroom.bundle.CreateBundle.CreateBundleResult;
import dev.headroom.bundle.EndBundle;
import dev.headroom.bundle.EndBundle.EndBundleResult;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offer.CreateOffer;
import dev.headroom.catalog.Offer.CreateOfferResult;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.rollout.PublishingPolicies;
import org.springframework.stereotype.Service;

/** Puts offers and bundles live without a draft, where the vendor's configuration allows it, and whoever prepares may publish. */
@Service
class DirectSales {

    private static final Actor.System SELF = new Actor.System("sale");

    private final Catalog catalog;
    private final Bundles bundles;
    private final PublishingPolicies policies;
    private final SaleProperties properties;

    DirectSales(Catalog catalog, Bundles bundles, PublishingPolicies policies, SaleProperties properties) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.policies = policies;
        this.properties = properties;
    }

    CreateOfferResult create(Actor actor, CreateOffer command) {
        allowed(actor);
        return catalog.create(actor, command);
    }

    Offer endOffer(Actor actor, String key) {
        allowed(actor);
        return catalog.end(actor, key);
    }

    CreateBundleResult create(Actor actor, CreateBundle command) {
        allowed(actor);
        return bundles.create(actor, command);
    }

    EndBundleResult end(Actor actor, EndBundle command) {
        allowed(actor);
        return bundles.end(actor, command);
    }

    private void allowed(Actor actor) {
        actor.requireEveryAccount(Permission.PUBLISH);
        if (!properties.direct() || !policies.current(SELF).editorMayPublish()) {
            throw HeadroomException.of(ErrorCode.FORBIDDEN, null, "Offers and bundles are put live from a draft that somebody has looked at: openSaleDraft, lookAtSaleDraft, publishSaleDraft");
        }
    }
}
