package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Plan;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether an offer can be taken with what a subscription would be, whoever else has taken it. */
final class OfferTerms {

    private OfferTerms() {}

    /** @param accepted when it would be taken, which may be long before the target is reached */
    static Optional<QuoteResult> against(Offer offer, Target target, Circumstances now, Instant accepted) {
        return ofTime(offer, accepted).or(() -> ofPlan(offer, target, now.catalog())).or(() -> ofSubscription(offer, now.subscription()));
    }

    /** Whether these find a place beside those that the subscription has, and that others of its changes bring. */
    static Optional<QuoteResult> tooMany(List<Offer> offers, Circumstances now) {
        int there = now.subscription().discounts().size() + now.upcoming().taken().size();
        return there + offers.size() <= Offer.MOST_TOGETHER ? Optional.empty() : full();
    }

    private static Optional<QuoteResult> ofTime(Offer offer, Instant accepted) {
        if (offer.open(accepted)) {
            return Optional.empty();
        }
        return refused(Rule.OFFER_OVER, accepted.isBefore(offer.window().from())
                ? offer.name() + " begins at " + offer.window().from()
                : offer.name() + " ended at " + offer.over());
    }

    private static Optional<QuoteResult> ofPlan(Offer offer, Target target, CatalogSnapshot catalog) {
        Plan plan = target.version().plan();
        if (!plan.product().equals(offer.product())) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for " + catalog.product(offer.product()).name());
        }
        return offer.isFor(plan) ? Optional.empty() : refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for " + names(offer, catalog) + ", not for " + plan.name());
    }

    private static String names(Offer offer, CatalogSnapshot catalog) {
        return catalog.plans().stream().filter(offer::isFor).map(Plan::name).collect(Collectors.joining(", "));
    }

    /** Whatever it is changed to, and whenever. */
    static Optional<QuoteResult> ofSubscription(Offer offer, AccountSubscription subscription) {
        Currency currency = subscription.balance().currency();
        if (offer.existingCustomers() && !subscription.startedAt().isBefore(offer.window().from())) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for subscriptions that began before " + offer.window().from());
        }
        if (offer.reduction() instanceof AmountOff off && !off.amount().currency().equals(currency)) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for accounts that pay in " + off.amount().currency() + ", not in " + currency);
        }
        return subscription.discounts().size() < Offer.MOST_TOGETHER ? Optional.empty() : full();
    }

    private static Optional<QuoteResult> full() {
        return refused(Rule.OFFER_NOT_ELIGIBLE, "A subscription has at most " + Offer.MOST_TOGETHER + " discounts at once");
    }

    private static Optional<QuoteResult> refused(Rule rule, String reason) {
        return Optional.of(new ChangeNotAllowed(rule, reason));
    }
}
