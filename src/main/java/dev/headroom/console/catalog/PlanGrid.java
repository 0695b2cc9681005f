package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.function.ValueProvider;
import dev.headroom.console.Csv;
import dev.headroom.console.Figures;
import dev.headroom.console.ListGrid;
import dev.headroom.console.When;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans or add-ons in a list that can be sorted; of more than a page only what is in sight is drawn. */
final class PlanGrid extends ListGrid<PlanRow> {

    private static final List<String> COLUMNS = List.of(
            "key", "name", "product", "rank", "version", "state", "prices", "grants", "draft", "account", "published_at", "subscriptions");

    private static final int PAGE = 50;
    private static final String TALL = "40rem";

    private volatile List<PlanRow> shown = List.of();

    /**
     * @param what stands above the names
     * @param name makes the first cell, which on a narrow screen is the only one
     */
    PlanGrid(String label, String what, ValueProvider<PlanRow, Component> name) {
        super(label, PAGE);
        addComponentColumn(name).setHeader(what).setKey("name").setAutoWidth(true).setFlexGrow(1).setRowHeader(true)
                .setComparator(Comparator.comparing((PlanRow row) -> row.plan().name(), String.CASE_INSENSITIVE_ORDER));
        addColumn(row -> row.product().name()).setHeader(translate("plan.product")).setKey("product").setAutoWidth(true).setSortable(true);
        addComponentColumn(PlanRow::status).setHeader(translate("plan.status")).setKey("status").setAutoWidth(true)
                .setComparator(Comparator.comparing((PlanRow row) -> row.version().state()));
        addComponentColumn(PlanGrid::prices).setHeader(translate("plan.prices")).setKey("prices").setAutoWidth(true).setFlexGrow(1);
        addComponentColumn(PlanGrid::published).setHeader(translate("plan.published")).setKey("published").setAutoWidth(true)
                .setComparator(Comparator.comparing((PlanRow row) -> row.version().publishedAt(), Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    private static Component prices(PlanRow row) {
        Div lines = new Div();
        lines.addClassName("stacked");
        PriceText.lines(row.version()).forEach(line -> lines.add(new Span(line)));
        return lines;
    }

    private static Component published(PlanRow row) {
        return Optional.ofNullable(row.version().publishedAt()).<Component>map(at -> When.day(at, ZoneOffset.UTC)).orElseGet(() -> new Text("–"));
    }

    PlanGrid with(String key, String header, ValueProvider<PlanRow, String> value) {
        addColumn(value).setHeader(header).setKey(key).setAutoWidth(true);
        return this;
    }

    /** With how many have each, for whoever may know. */
    void counted() {
        addColumn(row -> Figures.number(row.subscribers())).setHeader(translate("plan.subscribers")).setKey("subscribers").setAutoWidth(true)
                .setComparator(Comparator.comparingInt(PlanRow::subscribers));
    }

    /** With what can be done about each, small. */
    void doing(ValueProvider<PlanRow, List<Button>> acts) {
        addComponentColumn(row -> {
            Div cell = new Div();
            cell.addClassName("acts");
            acts.apply(row).forEach(act -> {
                act.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                cell.add(act);
            });
            return cell;
        }).setHeader(translate("rule.acts")).setKey("acts").setAutoWidth(true);
    }

    void show(List<PlanRow> rows) {
        shown = rows;
        boolean few = rows.size() <= PAGE;
        setAllRowsVisible(few);
        setHeight(few ? null : TALL);
        setItems(rows);
    }

    /** The way to a file of what is shown. */
    Anchor file(String name) {
        return Csv.link(translate("csv.download"), name, COLUMNS, csv -> shown.forEach(row -> csv.row(
                row.plan().key(), row.plan().name(), row.product().key(), row.plan().rank(), row.version().number(), row.version().state(), row.prices(),
                row.grants(), row.draft() == null ? null : row.draft().id(), row.account() == null ? null : row.account().key(), row.version().publishedAt(), subscriptions(row))));
    }

    /** Nothing for whoever may not know. */
    private @Nullable Integer subscriptions(PlanRow row) {
        return getColumnByKey("subscribers") == null ? null : Integer.valueOf(row.subscribers());
    }
}
