package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import dev.headroom.approval.Approvals.Need;
import dev.headroom.approval.RequestApprovalResult.ApprovalRequested;
import dev.headroom.approval.RequestApprovalResult;
import dev.headroom.catalog.CatalogSnapshot;
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
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.PlanChange;
import dev.headroom.change.PlanChangeCancellations.PlanChangeNotOpen;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.error.HeadroomException;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.subscription.AccountSubscription;
import dev.headroom.subscription.RequestedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Choose, see the quote, pay exactly that. */
final class ChangeDialog extends QuoteDialog {

    private final Negotiation negotiation;
    private final CatalogSnapshot catalog;
    private @Nullable Choice choice;
    private @Nullable RequestedChange wanted;

    private ChangeDialog(Negotiation negotiation, CatalogSnapshot catalog, Runnable changed, String title) {
        super(title, negotiation.account().zone(), changed);
        this.negotiation = negotiation;
        this.catalog = catalog;
    }

    /** To choose what shall be different. */
    static ChangeDialog choosing(Negotiation negotiation, AccountSubscription subscription, CatalogSnapshot catalog, Runnable changed) {
        ChangeDialog dialog = new ChangeDialog(negotiation, catalog, changed, translate("change.title", negotiation.account().name()));
        Choice choice = new Choice(subscription, catalog, negotiation.offers(subscription), negotiation.companions(subscription), dialog.zone(), dialog::ask, dialog::await);
        dialog.choice = choice;
        dialog.choosing(choice);
        choice.begin();
        return dialog;
    }

    /** To see what one thing comes to, and do it or not. */
    static ChangeDialog asking(Negotiation negotiation, RequestedChange change, CatalogSnapshot catalog, Runnable changed, String title) {
        ChangeDialog dialog = new ChangeDialog(negotiation, catalog, changed, title);
        dialog.addClassName("asking");
        dialog.ask(change);
        return dialog;
    }

    /** The same for what was quoted before: that very quote is what is accepted. */
    static ChangeDialog quoted(Negotiation negotiation, Quote quote, RequestedChange change, CatalogSnapshot catalog, Runnable changed, String title) {
        ChangeDialog dialog = new ChangeDialog(negotiation, catalog, changed, title);
        dialog.addClassName("asking");
        dialog.wanted = change;
        dialog.offer(quote);
        return dialog;
    }

    /** To end a subscription, once it is chosen when. */
    static ChangeDialog ending(Negotiation negotiation, String product, CatalogSnapshot catalog, Runnable changed, String title) {
        ChangeDialog dialog = new ChangeDialog(negotiation, catalog, changed, title);
        dialog.addClassName("asking");
        dialog.choosing(new EndChoice(product, dialog.zone(), dialog::ask, () -> dialog.await(translate("change.end.awaited"))));
        dialog.ask(RequestedChange.end(product, RequestedChange.When.PERIOD_END));
        return dialog;
    }

    private void ask(RequestedChange change) {
        wanted = change;
        asking(() -> show(negotiation.ask(change)));
    }

    @Override
    void askAgain() {
        if (wanted != null) {
            ask(wanted);
        }
    }

    private void show(QuoteResult result) {
        switch (result) {
            case Quote found -> offer(found);
            case QuoteResult.PlanNotOnSale _, QuoteResult.AddOnNotOnSale _, QuoteResult.ChangeNotAllowed _, QuoteResult.PaymentPastDue _, QuoteResult.ChangeOnHold _,
                    QuoteResult.AgainstPolicy _, QuoteResult.CreditTooSoon _ -> refuse(RefusalText.of(result, zone()));
        }
    }

    private void offer(Quote found) {
        Need need = negotiation.need(found);
        List<Component> quote = new ArrayList<>();
        if (!need.reasons().isEmpty()) {
            quote.add(Agreement.of(need, catalog));
        }
        quote.addAll(negotiation.later(found));
        quote.add(new QuotePanel(found, catalog, zone()));
        quote.add(negotiation.worth(found));
        if (choice != null) {
            choice.explain(found);
        }
        Button pay = pay(found);
        pay.setVisible(!need.required());
        boolean charges = Act.of(found) == Act.CHANGE && found.when() == RequestedChange.When.NOW;
        offer(quote, found.expiresAt(), charges ? translate("quote.due") + ": " + Figures.money(found.dueNow()) : label(found),
                negotiation.mayAccept() || need.required() ? "" : translate("change.forbidden"), ask(found, need), pay);
    }

    private String label(Quote found) {
        String day = When.dayText(found.effectiveAt(), zone());
        return switch (Act.of(found)) {
            case END -> translate("change.accept.end", day);
            case END_NOW -> endingNow(found);
            case GO_ON -> translate("change.go.on");
            case CHANGE -> switch (found.when()) {
                case PERIOD_END -> translate("change.accept.later", day);
                case AT_DATE -> atDate(found, day);
                case NOW -> found.dueNow().isZero() ? translate("change.accept.free") : charged(found);
            };
        };
    }

    private Notice scheduled(PlanChange change) {
        String then = deadline(Objects.requireNonNull(change.effectiveAt()));
        return change.dated()
                ? new Notice(Notice.Kind.SUCCESS, translate("change.dated"), translate("change.dated.why", then, Figures.money(change.due())))
                : new Notice(Notice.Kind.SUCCESS, translate("change.scheduled"), translate("change.scheduled.why", then));
    }

    private static String atDate(Quote found, String day) {
        Money due = Objects.requireNonNull(found.dueAtDate());
        return due.isZero() ? translate("change.accept.later", day) : translate("change.accept.date", Figures.money(due), day);
    }

    /** What is given back or taken is said on the button as well. */
    private static String endingNow(Quote found) {
        if (!found.dueNow().isZero()) {
            return translate("change.accept.end.paying", Figures.money(found.dueNow()));
        }
        Money total = found.quotation().now().total();
        return total.isNegative() ? translate("change.accept.end.credited", Figures.money(total.negated())) : translate("change.accept.end.now");
    }

    private String charged(Quote found) {
        Integer days = found.subscription().collection().daysUntilDue();
        return days == null
                ? translate("change.accept", Figures.money(found.dueNow()))
                : translate("change.accept.invoice", Figures.money(found.dueNow()), days);
    }

    private Button pay(Quote found) {
        Button pay = accepting(label(found), negotiation.mayAccept());
        pay.addClickListener(click -> accept(() -> answer(negotiation.accept(found), found), pay));
        return pay;
    }

    /** Where nobody needs to agree, somebody may still be asked for a better price of what is changed at once. */
    private Button ask(Quote found, Need need) {
        Button ask = new Button(translate(need.required() ? "change.ask" : "change.ask.discount"), click -> negotiation.askForApproval(found, this::asked));
        ask.addThemeVariants(need.required() ? ButtonVariant.PRIMARY : ButtonVariant.TERTIARY);
        boolean negotiable = Act.of(found) == Act.CHANGE && found.target().taking().isEmpty();
        ask.setVisible(need.required() ? need.request() == null : negotiable);
        return ask;
    }

    private void asked(RequestApprovalResult result) {
        if (result instanceof ApprovalRequested) {
            end(Agreement.of(result, zone()));
        } else {
            again(Agreement.of(result, zone()));
        }
    }

    private void answer(ChangePlanResult result, Quote accepted) {
        switch (result) {
            case PlanChanged(var change) -> end(new ChangeDone(accepted, change, catalog, zone()));
            case PlanChangeScheduled(var change) -> end(scheduled(change));
            case PaymentDeclined(var code, var message) -> again(new Notice(
                    Notice.Kind.ERROR, translate("change.declined"), translate("change.declined.why", message, code)));
            case ConfirmationNotPossible(var message, var atPeriodEnd) -> {
                show(atPeriodEnd);
                tell(new Notice(Notice.Kind.ERROR, translate("change.unconfirmed"), translate("change.unconfirmed.why", message)));
            }
            case QuoteIsStale(var why, var fresh) -> {
                show(fresh);
                tell(StaleNotice.of(accepted, fresh, why));
            }
            case PaymentActionRequired(var change, var _) -> end(confirming(change));
            case ChangeRefused(var code, var message, var _) -> again(new Notice(
                    Notice.Kind.ERROR, translate("change.rejected"), translate("change.rejected.why", message, code)));
            case TooManyInvoices(var from) -> again(new Notice(
                    Notice.Kind.INFO, translate("change.too.many"), translate("change.too.many.why", deadline(from))));
            case ChangeInProgress(var other) -> again(busy(other));
            case PlanChangeCanceled _ -> again(givenUp());
            case ApprovalRequired _ -> again(new Notice(Notice.Kind.INFO, translate("change.approval"), translate("change.approval.needed")));
        }
    }

    private Notice confirming(PlanChange change) {
        Notice waiting = new Notice(
                Notice.Kind.INFO, translate("change.action"),
                translate("change.action.why", negotiation.account().name(), deadline(Objects.requireNonNull(change.confirmBy()))));
        waiting.say(new Anchor("accounts/" + negotiation.account().key() + "/changes/" + change.id(), translate("change.action.page")));
        return waiting;
    }

    private Notice busy(PlanChange other) {
        Instant until = other.confirmBy();
        if (until == null) {
            return TakenBack.busy();
        }
        Button giveUp = new Button(translate("change.give.up"), click -> giveUp(other));
        giveUp.setDisableOnClick(true);
        giveUp.setVisible(negotiation.mayAccept());
        Notice waiting = new Notice(
                Notice.Kind.INFO, translate("change.waiting"), translate("change.waiting.why", negotiation.account().name(), deadline(until)));
        waiting.say(giveUp);
        return waiting;
    }

    private void giveUp(PlanChange other) {
        try {
            again(switch (negotiation.giveUp(other)) {
                case PlanChangeCanceled _ -> givenUp();
                case PlanChangeNotOpen(var ended) -> TakenBack.over(ended);
                case ChangeInProgress(var still) -> busy(still);
            });
            changed();
        } catch (HeadroomException unknown) {
            again(TakenBack.unknown(unknown));
        }
    }

    private static Notice givenUp() {
        return new Notice(Notice.Kind.SUCCESS, translate("change.given.up"), translate("change.given.up.why"));
    }
}
