package dev.headroom.console.impact;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.Words;
import dev.headroom.impact.ImpactSummary;
import java.util.List;

/** Who would stand at a limit, and who cannot be moved and why. */
public final class HindrancePanel extends Div {

    private static final List<String> LIMITS = List.of("feature", "passed", "expected", "losing");
    private static final List<String> HINDRANCES = List.of("hindrance", "currency", "accounts", "mrr_minor", "mrr");

    private HindrancePanel(String none, boolean any, DataTable table, Anchor file) {
        if (any) {
            add(table, file);
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
        return new HindrancePanel(translate("impact.limits.none"), !summary.limits().isEmpty(), table.figuresFrom(2), Csv.link(
                translate("csv.download"), "impact-limits", LIMITS, csv -> summary.limits().forEach(
                        each -> csv.row(known.feature(each.feature()).key(), each.passed(), each.expected(), each.losing()))));
    }

    public static HindrancePanel hindrances(ImpactSummary summary) {
        DataTable table = new DataTable(
                translate("impact.hindrances"), translate("impact.hindrance"), translate("impact.accounts"), translate("impact.mrr"));
        summary.hindrances().forEach(each -> table.row(Words.of(each.hindrance()), Figures.number(each.accounts()), Figures.money(each.mrr())));
        return new HindrancePanel(translate("impact.hindrances.none"), !summary.hindrances().isEmpty(), table, Csv.link(
                translate("csv.download"), "impact-hindrances", HINDRANCES, csv -> summary.hindrances().forEach(
                        each -> csv.row(each.hindrance(), each.currency(), each.accounts(), each.mrr().minor(), each.mrr().major()))));
    }
}
