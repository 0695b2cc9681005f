package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figure;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.impact.ImpactSummary;
import dev.headroom.impact.ImpactSummary.Total;
import java.util.List;

/** What it comes to, for each currency by itself: recurring revenue now, after, and the difference. */
public final class TotalsPanel extends Div {

    public TotalsPanel(ImpactSummary summary) {
        List<Total> totals = summary.totals();
        totals.forEach(total -> add(total(total)));
        if (totals.isEmpty()) {
            add(new Paragraph(translate("impact.totals.none")));
        }
        Details standings = new Details(translate("impact.standings"), standings(summary));
        standings.addClassName("as-table");
        add(standings);
    }

    private static Component total(Total total) {
        Div figures = new Div(
                new Figure(translate("impact.mrr.now", total.currency().getCurrencyCode()), Figures.money(total.mrrBefore())),
                new Figure(translate("impact.mrr.after"), Figures.money(total.mrrAfter())),
                new Figure(translate("impact.mrr.difference"), ImpactText.difference(total.mrrBefore(), total.mrrAfter())),
                new Figure(translate("impact.moving"), translate("impact.moving.of", total.moving(), total.accounts())));
        figures.addClassName("figures-line");
        return figures;
    }

    private static Component standings(ImpactSummary summary) {
        DataTable table = new DataTable(
                translate("impact.standings"), translate("impact.standing"), translate("account.currency"), translate("impact.accounts"),
                translate("impact.mrr.before"), translate("impact.mrr.after"));
        summary.standings().forEach(each -> table.row(
                Words.of(each.standing()), each.total().currency().getCurrencyCode(), Figures.number(each.total().accounts()),
                Figures.money(each.total().mrrBefore()), Figures.money(each.total().mrrAfter())));
        return table;
    }
}
