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
        STRIPE_REFUSES
    }
}
