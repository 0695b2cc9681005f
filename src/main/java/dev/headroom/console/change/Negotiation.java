package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.Account;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.approval.ApprovalRequests;
import dev.headroom.approval.Approvals.Need;
import dev.headroom.approval.Approvals;
import dev.headroom.approval.RequestApprovalResult;
import dev.headroom.catalog.Offer;
import dev.headroom.change.ChangePlan;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations.CancelPlanChangeResult;
import dev.headroom.change.PlanChangeCancellations;
import dev.headroom.change.PlanChanges;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.console.approval.AskDialog;
import dev.headroom.eligibility.AccountOffer.TakenWithChange;
import dev.headroom.eligibility.AccountOffer;
import dev.headroom.eligibility.AccountOffers;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.Quotes;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import dev.headroom.value.ValueCases;
import java.util.List;
import java.util.function.Consumer;

/** The questions of the dialog, asked of the services that answer the API too. */
record Negotiation(
        Actor.ConsoleUser actor, Account account, Quotes quotes, PlanChanges changes, PlanChangeCancellations cancellations, Approvals approvals,
        ApprovalRequests requests, ValueCases values, AccountOffers offers) {

    /** Those to whose periods a subscription could be brought. */
    List<AccountSubscription> companions(AccountSubscription subscription) {
        return quotes.companions(actor, subscription);
    }

    /** Those that a subscription could take now, with one change or another. */
    List<Offer> offers(AccountSubscription subscription) {
        return offers.now(actor, account.id()).stream()
                .filter(seen -> seen.takenWith() instanceof TakenWithChange change && change.allowed() && change.subscription().id().equals(subscription.id()))
                .map(AccountOffer::offer)
                .toList();
    }

    QuoteResult ask(RequestedChange wanted) {
        return quotes.quote(actor, account.id(), wanted);
    }

    /** Whether somebody has to agree first. */
    Need need(Quote quote) {
        return approvals.of(actor, quote);
    }

    /** What it is worth, where the vendor has said what a unit is worth; from how much use on it costs less. */
    CasePanel worth(Quote quote) {
        return new CasePanel(values.of(actor, List.of(quote)).get(quote.id()), values.breakEvens(quote), quote, account.zone());
    }

    /** What accepting it makes of what waits for a later period, which is promised something else then. */
    List<Notice> later(Quote quote) {
        return quotes.later(actor, quote).stream()
                .map(each -> new Notice(
                        Notice.Kind.INFO, translate("quote.later", When.dayText(each.at(), account.zone())), translate("quote.later.why", Figures.money(each.due()))))
                .toList();
    }

    void askForApproval(Quote quote, Consumer<RequestApprovalResult> asked) {
        AskDialog.open(actor, quote, requests, asked);
    }

    /** The quote names the attempt, so that a second click asks how the first one went instead of paying again. */
    ChangePlanResult accept(Quote quote) {
        return changes.change(actor, new ChangePlan(quote.token(), "console:" + quote.id()));
    }

    /** The change names the attempt, as a quote does. */
    CancelPlanChangeResult giveUp(PlanChange change) {
        return cancellations.cancel(actor, account.id(), change.id(), "console:" + change.id());
    }

    boolean mayAccept() {
        return actor.permissions().contains(Permission.CHANGE);
    }
}
