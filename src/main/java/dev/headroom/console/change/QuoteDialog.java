package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.Sentences;
import dev.headroom.console.When;
import dev.headroom.error.HeadroomException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Where a quote is offered: it is always on screen when the button that accepts it is pressed. Every quote has a button of its own, so that a
 * press that was under way while the quote changed reaches nothing.
 */
@StyleSheet("quoting.css")
abstract class QuoteDialog extends Dialog {

    private final ZoneId zone;
    private final Runnable changed;
    private final Div shown = new Div();
    private final Div accepting = new Div();
    private final Button close = new Button(translate("change.cancel"), click -> close());
    private final Span reason = new Span();
    /** For screen readers, which would otherwise hear nothing of a new quote, or all of it. */
    private final Span total = new Span();
    private final Div body = new Div(shown, total);

    /** @param changed runs when something is in force, or may soon be */
    QuoteDialog(String title, ZoneId zone, Runnable changed) {
        this.zone = zone;
        this.changed = changed;
        addClassName("change");
        setHeaderTitle(title);
        shown.addClassName("quote");
        shown.getElement().setAttribute("tabindex", "-1");
        total.addClassName("unseen");
        total.getElement().setAttribute("role", "status");
        body.addClassName("change-body");
        add(body);
        reason.setId("change-reason");
        reason.addClassName("quiet");
        accepting.addClassName("accepting");
        getFooter().add(reason, close, accepting);
    }

    /** Asks again for what was asked for last. */
    abstract void askAgain();

    /** What can be chosen, beside what it comes to. */
    final void choosing(Component choice) {
        body.addComponentAsFirst(choice);
    }

    /** Asks, and shows the quote or why there is none. */
    final void asking(Runnable question) {
        try {
            question.run();
        } catch (HeadroomException refused) {
            refuse(Sentences.of(refused.getMessage()));
        }
        keepFocus();
    }

    /** Whoever had stepped into the quote that was just replaced goes on in the new one, and not at the top of the page. */
    private void keepFocus() {
        shown.getElement().executeJs("requestAnimationFrame(() => { if (document.activeElement === document.body) this.focus(); })");
    }

    /** @param told why it cannot be accepted by who is looking at it, or nothing */
    final void offer(List<Component> quote, Instant expiresAt, String due, String told, Button... accept) {
        shown.removeAll();
        shown.add(quote);
        shown.add(valid(expiresAt));
        total.setText(due);
        reason.setText(told);
        accepting.removeAll();
        accepting.add(accept);
    }

    private Component valid(Instant expiresAt) {
        Span until = new Span(translate("quote.valid", When.timeText(expiresAt, zone), zone.getId()));
        until.addClassName("quiet");
        Button refresh = new Button(translate("quote.refresh"), click -> askAgain());
        refresh.addThemeVariants(ButtonVariant.TERTIARY);
        Div valid = new Div(until, refresh);
        valid.addClassName("valid");
        return valid;
    }

    final Button accepting(String label, boolean allowed) {
        Button accept = new Button(label);
        accept.setId("accept");
        accept.addThemeVariants(ButtonVariant.PRIMARY);
        accept.getElement().setAttribute("aria-describedby", "change-reason");
        accept.setEnabled(allowed);
        accept.setDisableOnClick(true);
        return accept;
    }

    final void refuse(String why) {
        withdraw();
        shown.add(new Notice(Notice.Kind.INFO, translate("change.refused"), why));
    }

    /** What the field says is enough; a quote for an earlier number beside it would be a trap. */
    final void await(String what) {
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

    final void accept(Runnable attempt, Button pressed) {
        try {
            attempt.run();
        } catch (HeadroomException unknown) {
            // The outcome is not known: the same quote, and so the same attempt, may be asked about again.
            pressed.setEnabled(true);
            tell(TakenBack.unknown(unknown));
        }
    }

    /** Nothing was charged: a fresh quote, because an attempt is named by its quote and a new one needs a new name. */
    final void again(Notice notice) {
        askAgain();
        tell(notice);
    }

    /** The button that was pressed is gone, so the focus goes to what became of it. */
    final void tell(Component news) {
        shown.addComponentAsFirst(news);
        Notice.focus(news);
    }

    final void end(Component outcome) {
        body.getChildren().filter(each -> each != shown && each != total).forEach(choice -> choice.setVisible(false));
        withdraw();
        shown.add(outcome);
        close.setText(translate("change.close"));
        close.focus();
        changed.run();
    }

    final void changed() {
        changed.run();
    }

    final ZoneId zone() {
        return zone;
    }

    /** A minute with its zone, for what has to be done until then. */
    final String deadline(Instant at) {
        return When.minuteText(at, zone) + " (" + zone.getId() + ")";
    }
}
