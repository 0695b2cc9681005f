package dev.headroom.change;

import dev.headroom.approval.ApprovalReason;
import dev.headroom.approval.ApprovalRequest;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes.Staleness;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of {@link ChangePlan}. */
public sealed interface ChangePlanResult {

    /** Charged exactly what was quoted, and in force from the next request on. */
    record PlanChanged(PlanChange change) implements ChangePlanResult {}

    /** Nothing is charged and nothing changes until the period ends; Stripe makes it then. */
    record PlanChangeScheduled(PlanChange change) implements ChangePlanResult {}

    /** Nothing was charged: the quote does not hold any more. */
    record QuoteIsStale(Staleness why, QuoteResult freshQuote) implements ChangePlanResult {}

    /**
     * Nothing was charged: somebody with the say has to agree first.
     *
     * @param reasons why
     * @param request where that was asked for already and is not decided
     */
    record ApprovalRequired(List<ApprovalReason> reasons, @Nullable ApprovalRequest request) implements ChangePlanResult {}

    /** Nothing was charged yet: the card's holder must confirm, with Stripe's library and this secret. */
    record PaymentActionRequired(PlanChange change, String clientSecret) implements ChangePlanResult {}

    /** Nothing was charged and nothing changed. */
    record PaymentDeclined(String code, String message) implements ChangePlanResult {}

    /**
     * Nothing was charged and nothing changed: the bank wants the card's holder to confirm, and a change that forms or breaks a bundle cannot
     * wait for that. Another card may do, and so does the same change with the next period.
     *
     * @param atPeriodEnd the same change with the next period
     */
    record ConfirmationNotPossible(String message, QuoteResult atPeriodEnd) implements ChangePlanResult {}

    /** Nothing was charged and nothing changed: Stripe refuses the change itself, and would refuse the same again. */
    record ChangeRefused(String code, String message, PlanChange change) implements ChangePlanResult {}

    /**
     * Nothing was charged and nothing changed: Stripe makes only so many invoices for one subscription.
     *
     * @param from when the next one is possible, inclusive
     */
    record TooManyInvoices(Instant from) implements ChangePlanResult {}

    /** A change of this subscription is being carried out; ask again with the same key, or wait for it. */
    record ChangeInProgress(PlanChange change) implements ChangePlanResult, PlanChangeCancellations.CancelPlanChangeResult, ScheduledChanges.ReorderPlanChangesResult {}

    /** Nothing was charged and nothing changed: the change was given up while the bank was waited for. */
    record PlanChangeCanceled(PlanChange change) implements ChangePlanResult, PlanChangeCancellations.CancelPlanChangeResult {}
}
