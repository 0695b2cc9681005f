package dev.headroom.start;

import dev.headroom.account.Account;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Offer;
import dev.headroom.catalog.Offers.Availability;
import dev.headroom.catalog.Plan;
import dev.headroom.pricing.Discount.Reduction.AmountOff;
import dev.headroom.start.StartQuoteResult.Rule;
import dev.headroom.start.StartQuoteResult.StartNotAllowed;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Whether an offer can be taken with the start of a subscription. */
public final class StartOfferTerms {

    private StartOfferTerms() {}

    /** @param at the second in which it would begin */
    static Optional<StartNotAllowed> against(Offer offer, Plan plan, Account account, CatalogSnapshot known, Availability availability, Instant at) {
        return ofTime(offer, at)
                .or(() -> ofPlan(offer, plan, known))
                .or(() -> ofStarts(offer, List.of(plan), account.currency(), availability));
    }

    /**
     * Why one that is open can be taken with no start; empty where it can.
     *
     * @param plans those that it is for and that could be started
     */
    public static Optional<StartNotAllowed> ofStarts(Offer offer, List<Plan> plans, Currency currency, Availability availability) {
        if (plans.isEmpty()) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for no plan that is sold in " + currency);
        }
        if (offer.existingCustomers()) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for subscriptions that began before " + offer.window().from());
        }
        if (offer.reduction() instanceof AmountOff off && !off.amount().currency().equals(currency)) {
            return refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is for accounts that pay in " + off.amount().currency() + ", not in " + currency);
        }
        return switch (availability) {
            case FREE -> Optional.empty();
            case TAKEN -> refused(Rule.OFFER_TAKEN, "The account has taken " + offer.name() + " before");
            case EXHAUSTED -> refused(Rule.OFFER_TAKEN, "As many accounts as may have taken " + offer.name());
        };
    }

    private static Optional<StartNotAllowed> ofTime(Offer offer, Instant at) {
        if (offer.open(at)) {
            return Optional.empty();
        }
        return refused(Rule.OFFER_OVER, at.isBefore(offer.window().from())
                ? offer.name() + " begins at " + offer.window().from()
                : offer.name() + " ended at " + offer.over());
    }

    private static Optional<StartNotAllowed> ofPlan(Offer offer, Plan plan, CatalogSnapshot known) {
        return plan.product().equals(offer.product()) && offer.isFor(plan)
                ? Optional.empty()
                : refused(Rule.OFFER_NOT_ELIGIBLE, offer.name() + " is not for " + plan.name() + " of " + known.product(plan.product()).name());
    }

    private static Optional<StartNotAllowed> refused(Rule rule, String reason) {
        return Optional.of(new StartNotAllowed(rule, reason));
    }
}
