package dev.headroom.quote;

import dev.headroom.catalog.Plan;
import dev.headroom.policy.TransitionRule;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange.When;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A quote, or why there is none. */
public sealed interface QuoteResult permits Quote, QuoteResult.PlanNotOnSale, QuoteResult.AddOnNotOnSale, QuoteResult.ChangeNotAllowed,
        QuoteResult.AgainstPolicy, QuoteResult.CreditTooSoon, QuoteResult.PaymentPastDue, QuoteResult.ChangeOnHold {

    /** The plan was retired; who has it keeps it, nobody can move to it. */
    record PlanNotOnSale(Plan plan) implements QuoteResult {}

    /** The add-on was retired; who has it keeps it, nobody can buy it any more. */
    record AddOnNotOnSale(Plan addOn) implements QuoteResult {}

    /**
     * @param reason for people, with what would be possible instead
     * @param field  of the request that cannot be granted; absent where it is none alone
     * @param latest that could be asked for in that field; absent where another date would not help
     */
    record ChangeNotAllowed(Rule rule, String reason, @Nullable String field, @Nullable Instant latest) implements QuoteResult {

        ChangeNotAllowed(Rule rule, String reason) {
            this(rule, reason, null, null);
        }
    }

    /**
     * The vendor's policy keeps the change from being made, or from being made then.
     *
     * @param allowed when it can be asked for instead; empty where it cannot
     * @param reason  for people
     */
    record AgainstPolicy(TransitionRule transitionRule, List<When> allowed, String reason) implements QuoteResult {}

    /**
     * Less, at once, so soon after more would be paid back what was used meanwhile.
     *
     * @param expandedAt when the subscription last brought more
     * @param from       when less brings credit again, inclusive
     * @param allowed    when it can be asked for instead; empty where it cannot
     * @param reason     for people
     */
    record CreditTooSoon(Instant expandedAt, Instant from, List<When> allowed, String reason) implements QuoteResult {}

    /** An invoice is open; nothing can be changed until it is paid. */
    record PaymentPastDue(AccountSubscription subscription) implements QuoteResult {}

    /**
     * Nothing, or nothing less, can be changed as the subscription is paid for now.
     *
     * @param until  when that ends by itself; absent where somebody has to act
     * @param reason for people, with what would end it
     */
    record ChangeOnHold(AccountSubscription subscription, Hold hold, @Nullable Instant until, String reason) implements QuoteResult {}

    /** What keeps a subscription as it is. */
    enum Hold {
        /** The vendor asks nobody to pay for it for now. */
        COLLECTION_PAUSED,
        /** A payment for it is disputed with the bank. */
        PAYMENT_DISPUTED,
        /** It was promised to be no less before a day. */
        COMMITTED
    }

    /** Why a change is not possible. */
    enum Rule {
        /** The account has no running subscription of the product. */
        NO_SUBSCRIPTION,
        /** Several subscriptions run, and the request does not say which one it means. */
        AMBIGUOUS,
        /** It would be what it is already. */
        NOTHING_CHANGES,
        /** The plan has no price for this interval in the account's currency. */
        NO_PRICE,
        /** The plan has one price for everybody and cannot be bought several times. */
        SEATS_NOT_SOLD,
        /** The add-on has one price and cannot be bought several times. */
        SOLD_ONCE,
        /** More add-ons than one subscription can hold at Stripe. */
        TOO_MANY_ITEMS,
        /** The first invoice of the subscription was never paid. */
        INCOMPLETE,
        /** Stripe bills something on the subscription that the catalogue does not know, so no amount could be promised. */
        FOREIGN_PRICE,
        /** A schedule that somebody made at Stripe will change the subscription. */
        FOREIGN_SCHEDULE,
        /** Plans of several products are billed on one subscription, and no change says which of them it means. */
        SEVERAL_PLANS,
        /** What is billed on the subscription is billed in different intervals. */
        MIXED_INTERVALS,
        /** The period has ended, and what Stripe bills for the next one is not known yet. */
        RENEWING,
        /** The subscription is to end, so that nothing can wait for a next period, and no longer one can begin. */
        ENDS,
        /** The date is after the end of the running period, and what the next one is billed cannot be promised yet. */
        BEYOND_PERIOD,
        /** Nobody promises prices for so long. */
        TOO_FAR,
        /** Another change waits for a date within the period, and its promise would not hold after this one. */
        WAITS_FOR_DATE,
        /** The subscription is in its trial, and its periods are counted from the end of that. */
        IN_TRIAL,
        /** The subscription that it was to be together with ends itself. */
        OTHER_ENDS,
        /** That one does not run. */
        OTHER_NOT_ACTIVE,
        /** That one's latest invoice is not paid. */
        OTHER_UNPAID,
        /** That one is in its trial. */
        OTHER_IN_TRIAL,
        /** That one's period has just ended, and Stripe is billing the next one. */
        OTHER_RENEWING,
        /** The offer cannot be taken yet, or any more. */
        OFFER_OVER,
        /** The offer is for others, or for something else. */
        OFFER_NOT_ELIGIBLE,
        /** The account has taken the offer before, or as many as may have. */
        OFFER_TAKEN,
        /** Nothing is refused with it any more: what waits takes offers along. */
        OFFER_NOW_ONLY,
        /** A period in which something was used past limits ends only with its time: it is billed then. */
        OVERAGE_UNBILLED,
        /** Only Stripe can say what it would cost, and is not asked about many at once. */
        ASK_ALONE,
        /** Only Stripe can say what it would cost, and does not answer. */
        NOT_VERIFIED,
        /** Stripe cannot tell the tax without knowing where the customer is. */
        TAX_UNKNOWN,
        /** Stripe would not make it. */
        STRIPE_REFUSES
    }
}
