package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.Arrays;
import java.util.List;

/** A real table for a few rows: column and row headers, a name, and on a narrow screen a block a row, with each cell's column beside it. */
@StyleSheet("tables.css")
public final class DataTable extends Div {

    private final NativeTable table = new NativeTable();
    private final List<String> labels;

    public DataTable(String name, String... columns) {
        this(name, Arrays.stream(columns).<Component>map(Text::new).toList(), List.of(columns));
    }

    /** @param labels what the columns are called where they are not above one another */
    public DataTable(String name, List<Component> columns, List<String> labels) {
        this.labels = labels;
        addClassName("table-box");
        role(table, "table");
        // Scrollable areas must be reachable by keyboard, and what can be focused needs a role and a name.
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", name);
        NativeTableRow heads = row();
        columns.forEach(column -> heads.add(head(column, "col", "columnheader")));
        table.getHead().add(heads);
        add(table);
    }

    /** The first cell names the row. */
    public DataTable row(Component... cells) {
        NativeTableRow row = row();
        row.add(head(cells[0], "row", "rowheader"));
        for (int column = 1; column < cells.length; column++) {
            NativeTableCell cell = new NativeTableCell(cells[column]);
            cell.getElement().setAttribute("data-label", labels.get(column));
            role(cell, "cell");
            row.add(cell);
        }
        table.getBody().add(row);
        return this;
    }

    public DataTable row(String... cells) {
        return row(Arrays.stream(cells).map(Text::new).toArray(Component[]::new));
    }

    /** Sets this and every later column right, as figures are read. */
    public DataTable figuresFrom(int column) {
        addClassName("figures-from-" + column);
        return this;
    }

    private static NativeTableRow row() {
        NativeTableRow row = new NativeTableRow();
        role(row, "row");
        return row;
    }

    private static NativeTableHeaderCell head(Component content, String scope, String role) {
        NativeTableHeaderCell head = new NativeTableHeaderCell(content);
        head.getElement().setAttribute("scope", scope);
        role(head, role);
        return head;
    }

    /** Said aloud, because a table that is laid out as blocks is none to a screen reader any more. */
    private static void role(Component part, String role) {
        part.getElement().setAttribute("role", role);
    }
}
