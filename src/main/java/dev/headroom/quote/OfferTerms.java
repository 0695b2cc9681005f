package dev.headroom.quote;

import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.subscription.AccountSubscription;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether an offer can be taken with a change of a subscription. */
public final class OfferTerms {

    private OfferTerms() {}

    /** Why one that is open can be taken with no change of a subscription; empty where it can. */
    public static Optional<ChangeNotAllowed> ofChanges(Offer offer, AccountSubscription subscription, Availability availability) {
        return ofSubscription(offer, subscription).or(() -> gone(offer, availability));
    }

    /** Why offers can be taken with no change where nothing of their product runs. */
    public static ChangeNotAllowed ofNothing(Product product) {
        return new ChangeNotAllowed(
                Rule.OFFER_NOT_ELIGIBLE, "Nothing of " + product.name() + " runs that could be changed; takenWith says whether it can be taken with a start");
    }

    /** Whether others, or the account itself, have taken all there is of an offer. */
    static Optional<ChangeNotAllowed> gone(Offer offer, Availability availability) {
        return switch (availability) {
            case FREE -> Optional.empty();
            case TAKEN -> refused(Rule.OFFER_TAKEN, "The account has taken " + offer.name() + " before");
            case EXHAUSTED -> refused(Rule.OFFER_TAKEN, "As many accounts as may have taken " + offer.name());
        };
    }

    /**
     * Whether it can be taken with what a subscription would be, whoever else has taken it.
     *
     * @param accepted when it would be taken, which may be long before the target is reached
     */
    static Optional<ChangeNotAllowed> against(Offer offer, Target target, Circumstances now, Instant accepted) {
        return ofTime(offer, accepted).or(() -> ofPlan(offer, target, now.catalog())).or(() -> ofSubscription(offer, now.subscription()));
    }

    /** Whether these find a place beside those that the subscription has, and that others of its changes bring. */
    static Optional<ChangeNotAllowed> tooMany(List<Offer> offers, Circumstances now) {
        int there = now.subscription().discounts().size() + now.upcoming().taken().size();
        return there + offers.size() <= Offer.MOST_TOGETHER ? Optional.empty() : full();
    }

    private static Optional<ChangeNotAllowed> ofTime(Offer offer, Instant accepted) {
        if (offer.open(accepted)) {
            return Optional.empty();
        }
        return refused(Rule.OFFER_OVER, accepted.isBefore(offer.window().from())
                ? offer.name() + " begins at " + offer.window().from()
                : offer.name() + " ended at " + offer.over());
    }

    private static Optional<ChangeNotAllowed> ofPlan(Offer offer, Target target, CatalogSnapshot catalog) {
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
    private static Optional<ChangeNotAllowed> ofSubscription(Offer offer, AccountSubscription subscription) {
        Currency currency = subscription.balance().currency();
        if (offer.existingCustomers() && !subscription.startedAt().isBefore(offer.window().from())) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for subscriptions that began before " + offer.window().from());
        }
        if (offer.reduction() instanceof AmountOff off && !off.amount().currency().equals(currency)) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for accounts that pay in " + off.amount().currency() + ", not in " + currency);
        }
        return subscription.discounts().size() < Offer.MOST_TOGETHER ? Optional.empty() : full();
    }

    private static Optional<ChangeNotAllowed> full() {
        return refused(Rule.OFFER_NOT_ELIGIBLE, "A subscription has at most " + Offer.MOST_TOGETHER + " discounts at once");
    }

    private static Optional<ChangeNotAllowed> refused(Rule rule, String reason) {
        return Optional.of(new ChangeNotAllowed(rule, reason));
    }
}
