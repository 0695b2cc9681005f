package dev.headroom.console.change;

import dev.headroom.account.Account;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.approval.Approvals;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.console.SignedIn;
import dev.headroom.eligibility.AccountOffers;
import dev.headroom.quote.Quotes;
import dev.headroom.value.ValueCases;
import org.springframework.stereotype.Component;

/** Who answers what the change dialog asks. */
@Component
class Negotiations {

    private final Quotes quotes;
    private final PlanChanges changes;
    private final PlanChangeCancellations cancellations;
    private final Approvals approvals;
    private final ApprovalRequests requests;
    private final ValueCases values;
    private final AccountOffers offers;

    Negotiations(
            Quotes quotes, PlanChanges changes, PlanChangeCancellations cancellations, Approvals approvals, ApprovalRequests requests, ValueCases values,
            AccountOffers offers) {
        this.quotes = quotes;
        this.changes = changes;
        this.cancellations = cancellations;
        this.approvals = approvals;
        this.requests = requests;
        this.values = values;
        this.offers = offers;
    }

    Negotiation with(SignedIn signedIn, Account account) {
        return new Negotiation(signedIn.actor(), account, quotes, changes, cancellations, approvals, requests, values, offers);
    }
}
