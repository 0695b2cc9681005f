package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.function.ValueProvider;
import dev.headroom.console.Csv;
import dev.headroom.console.ListGrid;
import java.util.List;
import java.util.Locale;

/** Plans or add-ons in a list that can be narrowed; the columns stand in the order in which they are asked for. */
final class PlanGrid extends ListGrid<PlanRow> {

    private static final List<String> COLUMNS = List.of("key", "name", "product", "rank", "version", "state", "prices", "grants", "draft", "account");

    private static final int PAGE = 50;

    private final List<PlanRow> rows;
    private volatile List<PlanRow> shown = List.of();

    /**
     * @param what stands above the names
     * @param name makes the first cell, which on a narrow screen is the only one
     */
    PlanGrid(String label, String what, List<PlanRow> rows, ValueProvider<PlanRow, Component> name) {
        super(label, PAGE);
        this.rows = rows.stream().sorted(PlanRow.ORDER).toList();
        addComponentColumn(name).setHeader(what).setKey("name").setAutoWidth(true).setFlexGrow(1).setRowHeader(true);
        addColumn(row -> row.product().name()).setHeader(translate("plan.product")).setKey("product").setAutoWidth(true);
        addComponentColumn(PlanRow::status).setHeader(translate("plan.status")).setKey("status").setAutoWidth(true);
        addColumn(PlanRow::prices).setHeader(translate("plan.prices")).setKey("prices").setAutoWidth(true).setFlexGrow(1);
        setAllRowsVisible(true);
    }

    PlanGrid with(String key, String header, ValueProvider<PlanRow, ?> value) {
        addColumn(value).setHeader(header).setKey(key).setAutoWidth(true);
        return this;
    }

    /** Those whose names hold the text. */
    void show(String text) {
        String needle = text.strip().toLowerCase(Locale.ROOT);
        shown = rows.stream().filter(row -> row.matches(needle)).toList();
        setItems(shown);
    }

    /** The way to a file of what is shown. */
    Anchor file(String name) {
        return Csv.link(translate("csv.download"), name, COLUMNS, csv -> shown.forEach(row -> csv.row(
                row.plan().key(), row.plan().name(), row.product().key(), row.plan().rank(), row.version().number(), row.version().state(), row.prices(),
                row.grants(), row.draft() == null ? null : row.draft().id(), row.account() == null ? null : row.account().key())));
    }
}
