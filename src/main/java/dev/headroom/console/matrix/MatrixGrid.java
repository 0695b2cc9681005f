package dev.headroom.console.matrix;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.Feature;
import dev.headroom.console.matrix.Matrix.Column;
import java.util.ArrayList;
import java.util.List;

/** A matrix as a grid that can be gone through and written by keyboard; the names of the features stay while the plans are scrolled. */
@StyleSheet("drafts.css")
@StyleSheet("tables.css")
final class MatrixGrid extends Div {

    private final NativeTable table = new NativeTable();
    private final List<List<MatrixCell>> cells = new ArrayList<>();
    private final List<Div> plans = new ArrayList<>();
    private final Matrix shape;

    MatrixGrid(Matrix matrix, MatrixView desk) {
        this.shape = matrix;
        addClassNames("table-box", "matrix");
        table.getElement().setAttribute("role", "grid");
        table.getElement().setAttribute("aria-label", translate("matrix.of", matrix.product().name()));
        table.getElement().setAttribute("aria-readonly", String.valueOf(!desk.mayEdit()));
        NativeTableRow heads = row();
        heads.add(head("columnheader", "col", new Span(translate("compare.feature"))));
        matrix.columns().forEach(column -> {
            Div plan = new Div();
            plan.addClassName("stacked");
            plans.add(plan);
            heads.add(head("columnheader", "col", plan));
        });
        name(matrix);
        table.getHead().add(heads);
        matrix.features().forEach(feature -> table.getBody().add(row(feature, desk)));
        add(table);
        GridKeys.listen(table);
    }

    private NativeTableRow row(Feature feature, MatrixView desk) {
        NativeTableRow row = row();
        row.add(head("rowheader", "row", link("features/" + feature.key(), feature.name())));
        List<MatrixCell> line = shape.columns().stream().map(column -> new MatrixCell(feature, column, desk)).toList();
        line.forEach(row::add);
        cells.add(line);
        return row;
    }

    private void name(Matrix matrix) {
        for (int i = 0; i < plans.size(); i++) {
            Column column = matrix.columns().get(i);
            Span standing = new Span(standing(column));
            standing.addClassName("quiet");
            plans.get(i).removeAll();
            plans.get(i).add(link(column.draft() == null ? "plans/" + column.key() : "drafts/" + column.draft().id(), column.name()), standing);
        }
    }

    /** No stop for Tab by itself: the grid is one. */
    private static Anchor link(String address, String name) {
        Anchor link = new Anchor(address, name);
        link.getElement().setAttribute("tabindex", "-1");
        return link;
    }

    private static String standing(Column column) {
        if (column.version() == null) {
            return translate("draft.new");
        }
        return column.draft() == null ? translate("matrix.version", column.version().number()) : translate("draft.on", column.version().number());
    }

    private static NativeTableRow row() {
        NativeTableRow row = new NativeTableRow();
        row.getElement().setAttribute("role", "row");
        return row;
    }

    private static NativeTableHeaderCell head(String role, String scope, Component content) {
        NativeTableHeaderCell head = new NativeTableHeaderCell(content);
        head.getElement().setAttribute("role", role);
        head.getElement().setAttribute("scope", scope);
        head.getElement().setAttribute("tabindex", "-1");
        return head;
    }

    /** Whether another one can be shown in the same cells. */
    boolean fits(Matrix other) {
        return keys(shape).equals(keys(other)) && shape.features().equals(other.features());
    }

    /** The same where only some of its features are shown here. */
    boolean within(Matrix other) {
        return keys(shape).equals(keys(other)) && other.features().containsAll(shape.features());
    }

    private static List<String> keys(Matrix matrix) {
        return matrix.columns().stream().map(Column::key).toList();
    }

    /** In the cells that are there, so that the focus stays. */
    void show(Matrix other) {
        name(other);
        cells.forEach(line -> {
            for (int i = 0; i < line.size(); i++) {
                line.get(i).show(other.columns().get(i));
            }
        });
    }

    MatrixCell cell(int row, int column) {
        return cells.get(row).get(column);
    }
}
