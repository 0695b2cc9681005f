package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.change.PlanChange;
import dev.headroom.console.Figures;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import java.util.Objects;

/** The end of it: what holds now, and what was charged for it. */
final class ChangeDone extends Div {

    ChangeDone(Quote accepted, PlanChange change) {
        String plan = accepted.target().version().plan().name();
        Money charged = Objects.requireNonNullElse(change.charged(), change.due());
        Notice done = new Notice(
                Notice.Kind.SUCCESS, translate("change.done", plan),
                charged.isZero() ? translate("change.done.free") : translate("change.done.charged", Figures.money(charged)));
        BalanceText.credit(accepted.quotation().now())
                .filter(credit -> change.state() == PlanChange.State.APPLIED)
                .ifPresent(credit -> done.say(new Paragraph(credit)));
        done.say(Differences.gained(accepted), Differences.changed(accepted));
        add(done);
        if (change.state() == PlanChange.State.MISMATCHED) {
            add(new Notice(Notice.Kind.ERROR, translate("change.mismatch"), translate("change.mismatch.why", Figures.money(change.due()))));
        }
    }
}
