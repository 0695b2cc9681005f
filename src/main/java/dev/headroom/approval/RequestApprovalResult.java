package dev.headroom.approval;

import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;

/** What came of asking for approval. */
public sealed interface RequestApprovalResult {

    /** Somebody with the say will decide. */
    record ApprovalRequested(ApprovalRequest request) implements RequestApprovalResult {}

    /** The same change is asked for already, or agreed to. */
    record ApprovalPending(ApprovalRequest request) implements RequestApprovalResult {}

    /** Nobody needs to agree: it can be accepted as it is. */
    record ApprovalNotNeeded(Quote quote) implements RequestApprovalResult {}

    /** There is no quote for it, and so nothing to agree to. */
    record NotQuoted(QuoteResult why) implements RequestApprovalResult {}
}
