package dev.headroom.reach;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.bundle.Bundle;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.impact.ImpactLine.Standing;
import dev.headroom.money.Money;
import dev.headroom.quote.OfferTerms;
import dev.headroom.quote.Target;
import dev.headroom.reach.ReachLine.How;
import dev.headroom.start.StartOfferTerms;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Who could take an offer, by the rules of quotes; pure. */
record OfferReach(Offer offer, CatalogSnapshot catalog, List<Bundle> bundles, Instant at) {

    /** Of one subscription of its product; empty where it can be taken with no change of it. */
    Optional<ReachLine> change(AccountSubscription subscription, Availability availability) {
        if (OfferTerms.ofChanges(offer, subscription, availability).isPresent()) {
            return Optional.empty();
        }
        Target now = Target.of(subscription, catalog, bundles);
        boolean stays = offer.isFor(now.version().plan());
        if (!stays && sold(subscription.account(), subscription.balance().currency()).stream().noneMatch(offer::isFor)) {
            return Optional.empty();
        }
        Money before = now.recurring(subscription, at).mrr();
        return Optional.of(new ReachLine(
                subscription.account(), stays ? How.STAYING : How.MOVING, subscription.product(), subscription.id(), now.version().id(), Standing.of(subscription),
                before, stays ? now.taking(offer, at).recurring(subscription, at).mrr() : before));
    }

    /** Of an account that has nothing of the product. */
    Optional<ReachLine> start(Account account, Availability availability) {
        List<Plan> plans = sold(account.id(), account.currency()).stream().filter(offer::isFor).toList();
        Money none = Money.zero(account.currency());
        return StartOfferTerms.ofStarts(offer, plans, account.currency(), availability).isPresent()
                ? Optional.empty()
                : Optional.of(new ReachLine(account.id(), How.STARTING, offer.product(), null, null, null, none, none));
    }

    /** What is on sale to everybody, and what is the account's own. */
    private List<Plan> sold(AccountId account, Currency currency) {
        return catalog.onSale(offer.product(), Plan.Kind.TIER, account.value()).stream()
                .filter(version -> version.prices().stream().anyMatch(price -> price.price().currency().equals(currency)))
                .map(PlanVersion::plan)
                .toList();
    }
}
