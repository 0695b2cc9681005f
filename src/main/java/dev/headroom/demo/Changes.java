package dev.headroom.demo;

import static dev.headroom.demo.DemoCatalogs.SELF;

import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.change.ChangePlan;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.ChangePlanResult.ApprovalRequired;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.ChangeRefused;
import dev.headroom.change.ChangePlanResult.PaymentActionRequired;
import dev.headroom.change.ChangePlanResult.ConfirmationNotPossible;
import dev.headroom.change.ChangePlanResult.PaymentDeclined;
import dev.headroom.change.ChangePlanResult.PlanChangeCanceled;
import dev.headroom.change.ChangePlanResult.PlanChangeScheduled;
import dev.headroom.change.ChangePlanResult.PlanChanged;
import dev.headroom.change.ChangePlanResult.QuoteIsStale;
import dev.headroom.change.ChangePlanResult.TooManyInvoices;
import dev.headroom.change.PlanChanges;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.QuoteResult.AddOnNotOnSale;
import dev.headroom.quote.QuoteResult.AgainstPolicy;
import dev.headroom.quote.QuoteResult.ChangeNotAllowed;
import dev.headroom.quote.QuoteResult.ChangeOnHold;
import dev.headroom.quote.QuoteResult.CreditTooSoon;
import dev.headroom.quote.QuoteResult.PaymentPastDue;
import dev.headroom.quote.QuoteResult.PlanNotOnSale;
import dev.headroom.quote.QuoteResult.Rule;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.subscription.RequestedChange.When;

/** Accounts ask for quotes and accept them. Telling it again finds that nothing would change. */
final class Changes {

    private final Accounts accounts;
    private final Quotes quotes;
    private final PlanChanges changes;

    Changes(Accounts accounts, Quotes quotes, PlanChanges changes) {
        this.accounts = accounts;
        this.quotes = quotes;
        this.changes = changes;
    }

    /** False when a dead process had begun it and nobody has finished it yet. */
    boolean change(String account, Step.Change step) {
        return change(account, new RequestedChange(step.to().product(), step.plan(), step.interval(), step.seats(), null, null, When.NOW, null));
    }

    /** The same, of what needs more words. */
    boolean change(String account, RequestedChange wanted) {
        AccountId id = accounts.meant(SELF, account).id();
        return accepted(account, quotes.quote(SELF, id, wanted));
    }

    /** Asks for a quote, and no more. */
    boolean looked(String account, RequestedChange wanted) {
        if (quotes.quote(SELF, accounts.meant(SELF, account).id(), wanted) instanceof Quote) {
            return true;
        }
        throw new IllegalStateException("There is no quote to look at");
    }

    /** The same, of what was priced already. */
    boolean accepted(String account, QuoteResult answer) {
        return switch (answer) {
            case Quote quote -> accept(account, quote);
            case ChangeNotAllowed(Rule rule, var _, var _, var _) when rule == Rule.NOTHING_CHANGES || rule == Rule.ENDS -> true;
            case ChangeNotAllowed _, PlanNotOnSale _, AddOnNotOnSale _, AgainstPolicy _, CreditTooSoon _, PaymentPastDue _,
                    ChangeOnHold _ -> throw new IllegalStateException("The quote was refused: " + answer);
        };
    }

    private boolean accept(String account, Quote quote) {
        ChangePlanResult answer = changes.change(SELF, new ChangePlan(quote.token(), "demo:" + account + ":" + quote.id()));
        return switch (answer) {
            case PlanChanged _, PlanChangeScheduled _ -> true;
            case ChangeInProgress _ -> false;
            case QuoteIsStale _, TooManyInvoices _, PaymentActionRequired _, PaymentDeclined _, ConfirmationNotPossible _, ChangeRefused _,
                    PlanChangeCanceled _, ApprovalRequired _ ->
                    throw new IllegalStateException("The change was answered with " + answer);
        };
    }
}
