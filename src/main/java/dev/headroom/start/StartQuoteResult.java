package dev.headroom.start;

import dev.headroom.catalog.Plan;
import dev.headroom.subscription.AccountSubscription;

/** What a start would cost, or why it cannot be. */
public sealed interface StartQuoteResult permits StartQuote, StartQuoteResult.AlreadySubscribed, StartQuoteResult.PlanIsNotOnSale,
        StartQuoteResult.StartNotAllowed {

    /** The account has a running subscription of this product; change that one. */
    record AlreadySubscribed(AccountSubscription subscription) implements StartQuoteResult {}

    record PlanIsNotOnSale(Plan plan) implements StartQuoteResult {}

    /** @param reason for people */
    record StartNotAllowed(Rule rule, String reason) implements StartQuoteResult {}

    /** Why no price can be promised. */
    enum Rule {
        /** Only Stripe knows the customer's balance and taxes, and does not answer. */
        NOT_VERIFIED,
        /** Stripe cannot tell the tax without knowing where the customer is. */
        TAX_UNKNOWN,
        /** Stripe would not start it. */
        STRIPE_REFUSES,
        /** The subscription with which it should end together ends itself. */
        OTHER_ENDS,
        /** That subscription does not run, or not yet. */
        OTHER_NOT_ACTIVE,
        /** That subscription's latest invoice is not paid. */
        OTHER_UNPAID,
        /** That subscription is in its trial. */
        OTHER_IN_TRIAL,
        /** That subscription's period has just ended, and its next one is being billed. */
        OTHER_RENEWING,
        /** The periods would end together once and not again, as where the other's months end on the 31st. */
        PERIODS_WOULD_PART,
        /** An offer cannot be taken yet, or any more. */
        OFFER_OVER,
        /** An offer is for another plan, other subscriptions or another currency. */
        OFFER_NOT_ELIGIBLE,
        /** The account has taken an offer before, or as many as may have. */
        OFFER_TAKEN
    }
}
