package dev.headroom.console.change;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.change.PlanChange;
import dev.headroom.console.Figures;
import dev.headroom.console.When;
import dev.headroom.money.Money;
import dev.headroom.quote.Quote;
import dev.headroom.shown.ShownQuote;
import java.time.ZoneId;
import java.util.Objects;

/** The end of it: what holds now, and what was charged for it. */
final class ChangeDone extends Div {

    ChangeDone(Quote accepted, PlanChange change, CatalogSnapshot catalog, ZoneId zone) {
        add(switch (Act.of(accepted)) {
            case CHANGE -> changed(accepted, change, catalog);
            case END -> new Notice(
                    Notice.Kind.SUCCESS, translate("change.ending", When.dayText(accepted.effectiveAt(), zone)), translate("change.ending.why"));
            case GO_ON -> new Notice(Notice.Kind.SUCCESS, translate("change.going.on"), translate("change.done.free"));
        });
        if (change.state() == PlanChange.State.MISMATCHED) {
            add(new Notice(Notice.Kind.ERROR, translate("change.mismatch"), translate("change.mismatch.why", Figures.money(change.due()))));
        }
    }

    private static Notice changed(Quote accepted, PlanChange change, CatalogSnapshot catalog) {
        Money charged = Objects.requireNonNullElse(change.charged(), change.due());
        Notice done = new Notice(
                Notice.Kind.SUCCESS, headline(accepted, catalog),
                charged.isZero() ? translate("change.done.free") : translate("change.done.charged", Figures.money(charged)));
        ShownQuote shown = ShownQuote.of(accepted, catalog);
        BalanceText.credit(shown.now())
                .filter(credit -> change.state() == PlanChange.State.APPLIED)
                .ifPresent(credit -> done.say(new Paragraph(credit)));
        TermsText.besidePlan(accepted.subscription().terms(), accepted.target().terms(), catalog).forEach(line -> done.say(new Paragraph(line)));
        done.say(Differences.gained(shown, catalog), Differences.changed(shown, catalog));
        return done;
    }

    private static String headline(Quote accepted, CatalogSnapshot catalog) {
        String plan = accepted.target().version().plan().name();
        boolean same = accepted.subscription().planVersion(catalog).plan().name().equals(plan);
        return same ? translate("change.done.same") : translate("change.done", plan);
    }
}
