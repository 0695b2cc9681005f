package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.preference.ListPreferences.Columns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which columns of a list are shown, and in which order; at once, and by buttons, so that nobody has to drag. */
final class ColumnsDialog extends Dialog {

    private final ListGrid<?> grid;
    private final Consumer<Columns> arranged;
    private final Div rows = new Div();

    ColumnsDialog(ListGrid<?> grid, Consumer<Columns> arranged) {
        this.grid = grid;
        this.arranged = arranged;
        setHeaderTitle(translate("list.columns"));
        addClassName("form");
        Paragraph first = new Paragraph(translate("list.columns.first", grid.getColumns().getFirst().getHeaderText()));
        first.addClassName("quiet");
        rows.addClassName("column-rows");
        add(first, rows);
        Button reset = new Button(translate("list.columns.reset"), click -> tell(Columns.AS_THEY_COME));
        getFooter().add(reset, new Button(translate("toast.close"), click -> close()));
        fill();
    }

    private List<? extends Column<?>> movable() {
        return grid.getColumns().subList(1, grid.getColumns().size());
    }

    private void fill() {
        rows.removeAll();
        List<? extends Column<?>> columns = movable();
        for (int at = 0; at < columns.size(); at++) {
            rows.add(row(columns.get(at), at, columns.size()));
        }
    }

    private Component row(Column<?> column, int at, int all) {
        Checkbox shown = new Checkbox(column.getHeaderText(), column.isVisible());
        shown.addValueChangeListener(change -> {
            column.setVisible(change.getValue());
            arranged.accept(order());
        });
        Button up = move(column, at, -1, VaadinIcon.ARROW_UP, "list.columns.up");
        Button down = move(column, at, 1, VaadinIcon.ARROW_DOWN, "list.columns.down");
        up.setEnabled(at > 0);
        down.setEnabled(at < all - 1);
        Div row = new Div(shown, up, down);
        row.addClassName("column-row");
        return row;
    }

    private Button move(Column<?> column, int at, int by, VaadinIcon icon, String label) {
        Button move = new Button(icon.create(), click -> {
            List<String> keys = new ArrayList<>(order().placed());
            Collections.swap(keys, at, at + by);
            tell(new Columns(keys, order().hidden()));
            goOn(at + by, by);
        });
        move.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        move.setAriaLabel(translate(label, column.getHeaderText()));
        return move;
    }

    /** The button is another one now; whoever moves a column by keyboard goes on with it, and at the end with the way back. */
    private void goOn(int at, int by) {
        List<Button> buttons = rows.getComponentAt(at).getChildren().filter(Button.class::isInstance).map(Button.class::cast).toList();
        Button same = by < 0 ? buttons.getFirst() : buttons.getLast();
        (same.isEnabled() ? same : by < 0 ? buttons.getLast() : buttons.getFirst()).focus();
    }

    private Columns order() {
        return new Columns(
                movable().stream().map(Column::getKey).toList(),
                movable().stream().filter(column -> !column.isVisible()).map(Column::getKey).collect(Collectors.toSet()));
    }

    private void tell(Columns columns) {
        arranged.accept(columns);
        fill();
    }
}
