package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.Arrays;
import java.util.List;

/** A real table for a few rows: column and row headers, a name, and a box of its own to scroll in when the screen is narrow. */
public final class DataTable extends Div {

    private final NativeTable table = new NativeTable();

    public DataTable(String name, String... columns) {
        this(name, Arrays.stream(columns).<Component>map(Text::new).toList());
    }

    public DataTable(String name, List<Component> columns) {
        addClassName("table-box");
        // Scrollable areas must be reachable by keyboard, and what can be focused needs a role and a name.
        getElement().setAttribute("tabindex", "0");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", name);
        NativeTableRow heads = new NativeTableRow();
        columns.forEach(column -> heads.add(head(column, "col")));
        table.getHead().add(heads);
        add(table);
    }

    /** The first cell names the row. */
    public DataTable row(Component... cells) {
        NativeTableRow row = new NativeTableRow();
        row.add(head(cells[0], "row"));
        Arrays.stream(cells).skip(1).forEach(cell -> row.addDataCell().add(cell));
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

    private static NativeTableHeaderCell head(Component content, String scope) {
        NativeTableHeaderCell head = new NativeTableHeaderCell(content);
        head.getElement().setAttribute("scope", scope);
        return head;
    }
}
