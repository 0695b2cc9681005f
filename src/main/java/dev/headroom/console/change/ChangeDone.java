package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.headroom.change.PlanChange;
import dev.headroom.console.Figures;
import dev.headroom.quote.Quote;
import java.util.Objects;

/** The end of it: what holds now, and what was charged for it. */
final class ChangeDone extends Div {

    ChangeDone(Quote accepted, PlanChange change) {
        String plan = accepted.target().version().plan().name();
        String charged = Figures.money(Objects.requireNonNullElse(change.charged(), change.due()));
        add(new Notice(
                Notice.Kind.SUCCESS, translate("change.done", plan), translate("change.done.charged", charged),
                new Differences(accepted.gains(), translate("quote.gains"))));
        if (change.state() == PlanChange.State.MISMATCHED) {
            add(new Notice(Notice.Kind.ERROR, translate("change.mismatch"), translate("change.mismatch.why", Figures.money(change.due()))));
        }
    }
}
