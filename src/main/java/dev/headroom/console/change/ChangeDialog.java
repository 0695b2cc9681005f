package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
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
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Choose, see the quote, pay exactly that: the quote is always on screen when the button that accepts it is pressed. Every quote has a
 * button of its own, so that a press that was under way while the quote changed reaches nothing.
 */
final class ChangeDialog extends Dialog {

    private final Negotiation negotiation;
    private final CatalogSnapshot catalog;
    private final Runnable changed;
    private final ZoneId zone;
    private final Div shown = new Div();
    private final Div accepting = new Div();
    private final Button close = new Button(translate("change.cancel"), click -> close());
    private final Span reason = new Span();
    /** For screen readers, which would otherwise hear nothing of a new quote, or all of it. */
    private final Span total = new Span();
    private final Div body = new Div(shown, total);
    private @Nullable Choice choice;
    private @Nullable EndChoice alternatives;
    private @Nullable RequestedChange wanted;

    private ChangeDialog(Negotiation negotiation, CatalogSnapshot catalog, Runnable changed, String title) {
        this.negotiation = negotiation;
        this.catalog = catalog;
        this.changed = changed;
        this.zone = negotiation.account().zone();
        addClassName("change");
        setHeaderTitle(title);
        shown.addClassName("quote");
        shown.getElement().setAttribute("tabindex", "-1");
        total.addClassName("unseen");
        total.getElement().setAttribute("role", "status");
        body.addClassName("change-body");
        add(body);
        prepareFooter();
    }

    /** To choose what shall be different. */
    static ChangeDialog choosing(Negotiation negotiation, AccountSubscription subscription, CatalogSnapshot catalog, Runnable changed) {
        ChangeDialog dialog = new ChangeDialog(negotiation, catalog, changed, translate("change.title", negotiation.account().name()));
        Choice choice = new Choice(subscription, catalog, dialog.zone, dialog::ask, dialog::await);
        dialog.choice = choice;
        dialog.body.addComponentAsFirst(choice);
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

    /** To end a subscription, once it is chosen when. */
    static ChangeDialog ending(Negotiation negotiation, String product, CatalogSnapshot catalog, Runnable changed, String title) {
        ChangeDialog dialog = new ChangeDialog(negotiation, catalog, changed, title);
        dialog.addClassName("asking");
        dialog.alternatives = new EndChoice(product, dialog.zone, dialog::ask, () -> dialog.await(translate("change.end.awaited")));
        dialog.body.addComponentAsFirst(dialog.alternatives);
        dialog.ask(RequestedChange.end(product, RequestedChange.When.PERIOD_END));
        return dialog;
    }

    private void prepareFooter() {
        reason.setId("change-reason");
        reason.addClassName("quiet");
        accepting.addClassName("accepting");
        getFooter().add(reason, close, accepting);
    }

    private void ask(RequestedChange change) {
        wanted = change;
        try {
            show(negotiation.ask(change));
        } catch (HeadroomException refused) {
            refuse(String.valueOf(refused.getMessage()));
        }
        keepFocus();
    }

    /** Whoever had stepped into the quote that was just replaced goes on in the new one, and not at the top of the page. */
    private void keepFocus() {
        shown.getElement().executeJs("requestAnimationFrame(() => { if (document.activeElement === document.body) this.focus(); })");
    }

    private void show(QuoteResult result) {
        shown.removeAll();
        switch (result) {
            case Quote found -> offer(found);
            case QuoteResult.PlanNotOnSale _, QuoteResult.AddOnNotOnSale _, QuoteResult.ChangeNotAllowed _, QuoteResult.PaymentPastDue _, QuoteResult.ChangeOnHold _,
                    QuoteResult.AgainstPolicy _, QuoteResult.CreditTooSoon _ -> refuse(RefusalText.of(result, zone));
        }
    }

    private void offer(Quote found) {
        Need need = negotiation.need(found);
        if (!need.reasons().isEmpty()) {
            shown.add(Agreement.of(need, catalog));
        }
        negotiation.later(found).forEach(shown::add);
        shown.add(new QuotePanel(found, catalog, zone), negotiation.worth(found));
        if (choice != null) {
            choice.explain(found);
        }
        boolean charges = Act.of(found) == Act.CHANGE && found.when() == RequestedChange.When.NOW;
        total.setText(charges ? translate("quote.due") + ": " + Figures.money(found.dueNow()) : label(found));
        accepting.removeAll();
        accepting.add(ask(found, need), pay(found));
        accepting.getComponentAt(1).setVisible(!need.required());
        reason.setText(negotiation.mayAccept() || need.required() ? "" : translate("change.forbidden"));
    }

    private String label(Quote found) {
        String day = When.dayText(found.effectiveAt(), zone);
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
        Button pay = new Button(label(found));
        pay.setId("accept");
        pay.addThemeVariants(ButtonVariant.PRIMARY);
        pay.getElement().setAttribute("aria-describedby", "change-reason");
        pay.setEnabled(negotiation.mayAccept());
        pay.setDisableOnClick(true);
        pay.addClickListener(click -> accept(found, pay));
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
            end(Agreement.of(result, zone));
        } else {
            again(Agreement.of(result, zone));
        }
    }

    private void refuse(String why) {
        withdraw();
        shown.add(new Notice(Notice.Kind.INFO, translate("change.refused"), why));
    }

    /** What the field says is enough; a quote for an earlier number beside it would be a trap. */
    private void await(String what) {
        withdraw();
        Span awaited = new Span(what);
        awaited.addClassName("quiet");
        shown.add(awaited);
        keepFocus();
    }

    private void withdraw() {
        shown.removeAll();
        accepting.removeAll();
        total.setText("");
        reason.setText("");
    }

    private void accept(Quote accepted, Button pay) {
        try {
            answer(negotiation.accept(accepted), accepted);
        } catch (HeadroomException unknown) {
            // The outcome is not known: the same quote, and so the same attempt, may be asked about again.
            pay.setEnabled(true);
            tell(TakenBack.unknown(unknown));
        }
    }

    private void answer(ChangePlanResult result, Quote accepted) {
        switch (result) {
            case PlanChanged(var change) -> end(new ChangeDone(accepted, change, catalog, zone));
            case PlanChangeScheduled(var change) -> end(scheduled(change));
            case PaymentDeclined(var code, var message) -> again(new Notice(
                    Notice.Kind.ERROR, translate("change.declined"), translate("change.declined.why", message, code)));
            case ConfirmationNotPossible(var message, var atPeriodEnd) -> {
                show(atPeriodEnd);
                tell(new Notice(Notice.Kind.ERROR, translate("change.unconfirmed"), translate("change.unconfirmed.why", message)));
            }
            case QuoteIsStale(var why, var fresh) -> {
                show(fresh);
                tell(new StaleNotice(accepted, fresh, why));
            }
            case PaymentActionRequired(var change, var _) -> end(new Notice(
                    Notice.Kind.INFO, translate("change.action"),
                    translate("change.action.why", negotiation.account().name(), deadline(Objects.requireNonNull(change.confirmBy())))));
            case ChangeRefused(var code, var message, var _) -> again(new Notice(
                    Notice.Kind.ERROR, translate("change.rejected"), translate("change.rejected.why", message, code)));
            case TooManyInvoices(var from) -> again(new Notice(
                    Notice.Kind.INFO, translate("change.too.many"), translate("change.too.many.why", deadline(from))));
            case ChangeInProgress(var other) -> again(busy(other));
            case PlanChangeCanceled _ -> again(givenUp());
            case ApprovalRequired _ -> again(new Notice(Notice.Kind.INFO, translate("change.approval"), translate("change.approval.needed")));
        }
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

    private String deadline(Instant at) {
        return When.minuteText(at, zone) + " (" + zone.getId() + ")";
    }

    private void giveUp(PlanChange other) {
        try {
            again(switch (negotiation.giveUp(other)) {
                case PlanChangeCanceled _ -> givenUp();
                case PlanChangeNotOpen(var ended) -> TakenBack.over(ended);
                case ChangeInProgress(var still) -> busy(still);
            });
            changed.run();
        } catch (HeadroomException unknown) {
            again(TakenBack.unknown(unknown));
        }
    }

    private static Notice givenUp() {
        return new Notice(Notice.Kind.SUCCESS, translate("change.given.up"), translate("change.given.up.why"));
    }

    /** Nothing was charged: a fresh quote, because an attempt is named by its quote and a new one needs a new name. */
    private void again(Notice notice) {
        if (wanted != null) {
            ask(wanted);
        }
        tell(notice);
    }

    /** The button that was pressed is gone, so the focus goes to what became of it. */
    private void tell(Component news) {
        shown.addComponentAsFirst(news);
        Notice.focus(news);
    }

    private void end(Component outcome) {
        if (choice != null) {
            choice.setVisible(false);
        }
        if (alternatives != null) {
            alternatives.setVisible(false);
        }
        withdraw();
        shown.add(outcome);
        close.setText(translate("change.close"));
        close.focus();
        changed.run();
    }
}
