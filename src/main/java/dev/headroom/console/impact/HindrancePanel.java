package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.impact.ImpactSummary;

/** Who would stand at a limit, and who cannot be moved and why. */
public final class HindrancePanel extends Div {

    private HindrancePanel(String none, boolean any, DataTable table) {
        if (any) {
            add(table);
        } else {
            add(new Paragraph(none));
        }
    }

    public static HindrancePanel limits(ImpactSummary summary, CatalogSnapshot known) {
        DataTable table = new DataTable(
                translate("impact.limits"), translate("feature.name"), translate("impact.limit.passed"), translate("impact.limit.expected"),
                translate("impact.limit.losing"));
        summary.limits().forEach(each -> table.row(
                known.feature(each.feature()).name(), Figures.number(each.passed()), Figures.number(each.expected()), Figures.number(each.losing())));
        return new HindrancePanel(translate("impact.limits.none"), !summary.limits().isEmpty(), table.figuresFrom(2));
    }

    public static HindrancePanel hindrances(ImpactSummary summary) {
        DataTable table = new DataTable(
                translate("impact.hindrances"), translate("impact.hindrance"), translate("impact.accounts"), translate("impact.mrr"));
        summary.hindrances().forEach(each -> table.row(Words.of(each.hindrance()), Figures.number(each.accounts()), Figures.money(each.mrr())));
        return new HindrancePanel(translate("impact.hindrances.none"), !summary.hindrances().isEmpty(), table);
    }
}
