package dev.headroom.change;

import dev.headroom.approval.ApprovalReason;
import dev.headroom.catalog.Plan;
import dev.headroom.start.StartQuoteResult;
import dev.headroom.start.StartQuotes.Staleness;
import dev.headroom.subscription.AccountSubscription;
import java.util.List;

/** What came of {@link StartSubscription}. */
public sealed interface StartSubscriptionResult {

    record SubscriptionStarted(AccountSubscription subscription) implements StartSubscriptionResult {}

    /** The account has a running subscription of this product; change that one. */
    record AlreadySubscribed(AccountSubscription subscription) implements StartSubscriptionResult {}

    record PlanIsNotOnSale(Plan plan) implements StartSubscriptionResult {}

    /** Nothing was charged and nothing started: the quote does not hold any more. */
    record StartQuoteIsStale(Staleness why, StartQuoteResult freshQuote) implements StartSubscriptionResult {}

    /** Something is due at once and no card is saved. */
    record PaymentMethodRequired(Plan plan) implements StartSubscriptionResult {}

    /** Nothing was charged and nothing started. */
    record FirstPaymentDeclined(String code, String message) implements StartSubscriptionResult {}

    /** Beyond what is sold to whoever wants it: somebody of the vendor can start it. */
    record StartNeedsApproval(Plan plan, List<ApprovalReason> reasons) implements StartSubscriptionResult {}

    /** A start of the same product, or something else that draws on the same balance, is being carried out. */
    record StartInProgress(Plan plan) implements StartSubscriptionResult {}
}
