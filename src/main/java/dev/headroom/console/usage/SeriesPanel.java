package dev.headroom.console.usage;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.headroom.catalog.Feature;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryState;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.UsageChart;
import dev.headroom.console.Words;
import java.util.List;
import java.util.function.BiFunction;

/** One feature over a time that can be chosen: a sentence, a picture, and the same as a table. */
final class SeriesPanel extends Div {

    private static final String FEATURE = "feature";
    private static final String RANGE = "range";

    private final BiFunction<Feature, Range, Series> read;
    private final Select<Feature> feature = new Select<>();
    private final Select<Range> range = new Select<>();
    private final Div shown = new Div();

    /** @param features at least one */
    SeriesPanel(List<Feature> features, QueryState state, BiFunction<Feature, Range, Series> read) {
        this.read = read;
        feature.setLabel(translate("feature.name"));
        feature.setItems(features);
        feature.setItemLabelGenerator(Feature::name);
        feature.setValue(state.get(FEATURE).flatMap(key -> features.stream().filter(each -> each.key().equals(key)).findFirst()).orElse(features.getFirst()));
        range.setLabel(translate("series.range"));
        range.setItems(Range.values());
        range.setItemLabelGenerator(Words::of);
        range.setValue(Range.of(state.get(RANGE).orElse("")));
        feature.addValueChangeListener(change -> choose(state, FEATURE, change.getValue().key()));
        range.addValueChangeListener(change -> choose(state, RANGE, change.getValue().word()));
        Div toolbar = new Div(feature, range);
        toolbar.addClassName("toolbar");
        add(toolbar, shown);
        show();
    }

    private void choose(QueryState state, String name, String value) {
        state.choose(QueryTabs.PARAMETER, UsagePanels.TAB);
        state.choose(name, value);
        show();
    }

    void show() {
        Series series = read.apply(feature.getValue(), range.getValue());
        Paragraph summary = new Paragraph(series.summary());
        summary.getElement().setAttribute("role", "status");
        DataTable table = new DataTable(
                series.feature().name(), translate("series.when", series.zone().getId()), translate("series.units", series.feature().unit()));
        for (int point = series.values().size() - 1; point >= 0; point--) {
            table.row(series.label(series.starts().get(point)), Figures.number(series.values().get(point)));
        }
        Details details = new Details(translate("series.table"), table.figuresFrom(2));
        details.addClassName("as-table");
        details.setOpened(shown.getChildren().anyMatch(each -> each instanceof Details open && open.isOpened()));
        shown.removeAll();
        shown.add(summary, new UsageChart(series.picture(), series.summary()), details);
    }
}
