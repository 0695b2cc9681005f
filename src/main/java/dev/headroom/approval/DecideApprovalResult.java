package dev.headroom.approval;

import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;

/** What came of a decision. */
public sealed interface DecideApprovalResult {

    /** It stands, and whoever asked can see it. */
    record ApprovalDecided(ApprovalRequest request) implements DecideApprovalResult {}

    /** Somebody else has decided, it was taken back, or its time is over: as its state says. */
    record ApprovalNotWaiting(ApprovalRequest request) implements DecideApprovalResult {}

    /** What was asked for is something else by now, or costs something else: counter with it, or refuse. */
    record ApprovalTermsChanged(ApprovalRequest request, Quote quote) implements DecideApprovalResult {}

    /** There is no quote for it any more, and so nothing to agree to. */
    record NotSold(QuoteResult why) implements DecideApprovalResult {}
}
