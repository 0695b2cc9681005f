package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.change.ChangePlanResult;
import dev.headroom.change.ChangePlanResult.ChangeInProgress;
import dev.headroom.change.ChangePlanResult.ChangeRefused;
import dev.headroom.change.ChangePlanResult.PaymentActionRequired;
import dev.headroom.change.ChangePlanResult.PaymentDeclined;
import dev.headroom.change.ChangePlanResult.PlanChanged;
import dev.headroom.change.ChangePlanResult.QuoteIsStale;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.error.HeadroomException;
import dev.headroom.quote.Quote;
import dev.headroom.quote.QuoteResult;
import dev.headroom.quote.RequestedChange;
import dev.headroom.subscription.AccountSubscription;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Choose, see the quote, pay exactly that: the quote is always on screen when the button that accepts it is pressed. */
final class ChangeDialog extends Dialog {

    private final Negotiation negotiation;
    private final CatalogSnapshot catalog;
    private final Runnable changed;
    private final ZoneId zone;
    private final Choice choice;
    private final Div shown = new Div();
    private final Button pay = new Button();
    private final Button close = new Button(translate("change.cancel"), click -> close());
    private final Span reason = new Span();
    /** For screen readers, which would otherwise hear nothing of a new quote, or all of it. */
    private final Span total = new Span();
    private @Nullable Quote quote;
    private @Nullable RequestedChange wanted;

    ChangeDialog(Negotiation negotiation, AccountSubscription subscription, CatalogSnapshot catalog, Runnable changed) {
        this.negotiation = negotiation;
        this.catalog = catalog;
        this.changed = changed;
        this.zone = negotiation.account().zone();
        this.choice = new Choice(subscription, catalog, this::ask);
        addClassName("change");
        setHeaderTitle(translate("change.title", negotiation.account().name()));
        shown.addClassName("quote");
        total.addClassName("unseen");
        total.getElement().setAttribute("role", "status");
        Div both = new Div(choice, shown, total);
        both.addClassName("change-body");
        add(both);
        prepareFooter();
        choice.begin();
    }

    private void prepareFooter() {
        reason.setId("change-reason");
        reason.addClassName("quiet");
        pay.setId("accept");
        pay.addThemeVariants(ButtonVariant.PRIMARY);
        pay.getElement().setAttribute("aria-describedby", "change-reason");
        pay.setDisableOnClick(true);
        pay.addClickListener(click -> accept());
        getFooter().add(reason, close, pay);
    }

    private void ask(RequestedChange change) {
        wanted = change;
        try {
            show(negotiation.ask(change));
        } catch (HeadroomException refused) {
            refuse(String.valueOf(refused.getMessage()));
        }
    }

    private void show(QuoteResult result) {
        shown.removeAll();
        switch (result) {
            case Quote found -> offer(found);
            case QuoteResult.PlanNotOnSale(var plan) -> refuse(translate("change.refused.sale", plan.name()));
            case QuoteResult.ChangeNotAllowed(var rule, var _) -> refuse(Words.of(rule));
            case QuoteResult.PaymentPastDue(var _) -> refuse(translate("change.refused.past.due"));
        }
    }

    private void offer(Quote found) {
        quote = found;
        shown.add(new QuotePanel(found, catalog, zone));
        pay.setText(found.dueNow().isZero() ? translate("change.accept.free") : translate("change.accept", Figures.money(found.dueNow())));
        total.setText(translate("quote.due") + ": " + Figures.money(found.dueNow()));
        pay.setVisible(true);
        pay.setEnabled(negotiation.mayAccept());
        reason.setText(negotiation.mayAccept() ? "" : translate("change.forbidden"));
    }

    private void refuse(String why) {
        quote = null;
        shown.removeAll();
        shown.add(new Notice(Notice.Kind.INFO, translate("change.refused"), why));
        pay.setVisible(false);
        reason.setText("");
    }

    private void accept() {
        Quote accepted = quote;
        if (accepted == null) {
            return;
        }
        try {
            answer(negotiation.accept(accepted), accepted);
        } catch (HeadroomException unknown) {
            // The outcome is not known: the same quote, and so the same attempt, may be asked about again.
            shown.addComponentAsFirst(new Notice(Notice.Kind.ERROR, translate("change.unknown"), String.valueOf(unknown.getMessage())));
            pay.setEnabled(true);
        }
    }

    private void answer(ChangePlanResult result, Quote accepted) {
        switch (result) {
            case PlanChanged(var change) -> end(new ChangeDone(accepted, change));
            case PaymentDeclined(var code, var message) -> again(new Notice(
                    Notice.Kind.ERROR, translate("change.declined"), translate("change.declined.why", message, code)));
            case QuoteIsStale(var why, var fresh) -> {
                show(fresh);
                shown.addComponentAsFirst(new StaleNotice(accepted, fresh, why));
            }
            case PaymentActionRequired(var _, var _) -> end(new Notice(
                    Notice.Kind.INFO, translate("change.action"), translate("change.action.why", negotiation.account().name())));
            case ChangeRefused(var code, var message, var _) -> again(new Notice(
                    Notice.Kind.ERROR, translate("change.rejected"), translate("change.rejected.why", message, code)));
            case ChangeInProgress(var _) -> again(new Notice(Notice.Kind.INFO, translate("change.busy"), translate("change.busy.why")));
        }
    }

    /** Nothing was charged: a fresh quote, because an attempt is named by its quote and a new one needs a new name. */
    private void again(Notice notice) {
        if (wanted != null) {
            ask(wanted);
        }
        shown.addComponentAsFirst(notice);
    }

    private void end(Component outcome) {
        choice.setVisible(false);
        shown.removeAll();
        shown.add(outcome);
        pay.setVisible(false);
        reason.setText("");
        close.setText(translate("change.close"));
        close.focus();
        changed.run();
    }
}
