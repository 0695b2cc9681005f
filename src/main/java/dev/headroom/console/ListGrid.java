package dev.headroom.console;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A list of which only what is in sight is read. Its first column is made of {@link ConsolePage#folded} cells; what does not fit a cell goes on
 * in the next line, and its columns are as wide as the screen lets them be at any time.
 */
@StyleSheet("tables.css")
public class ListGrid<T> extends Grid<T> {

    /** A grid measures its columns once, and those that a narrow screen hides measure nothing. */
    private static final String MEASURES_ANEW = """
            this.measuring ??= (() => {
              const narrow = matchMedia('(max-width: 40rem)');
              let before = narrow.matches;
              const observer = new ResizeObserver(() => {
                if (narrow.matches === before) return;
                before = narrow.matches;
                requestAnimationFrame(() => this.recalculateColumnWidths());
              });
              observer.observe(this);
              return observer;
            })();""";

    private final List<String> declared = new ArrayList<>();

    /** @param page how many rows are read at once */
    public ListGrid(String label, int page) {
        super(page);
        addClassName("folds");
        addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        getElement().setAttribute("aria-label", label);
    }

    /**
     * The first column stays where it is and is always shown; of the others, those that are not placed come last.
     *
     * @param placed keys in their order, of which some may be of columns that are gone
     */
    final void arrange(List<String> placed, Set<String> hidden) {
        if (declared.isEmpty()) {
            declared.addAll(getColumns().stream().map(Column::getKey).toList());
        }
        List<Column<T>> columns = new ArrayList<>(getColumns());
        Column<T> first = columns.removeFirst();
        columns.sort(Comparator.comparing(column -> placed.contains(column.getKey()) ? placed.indexOf(column.getKey()) : placed.size() + declared.indexOf(column.getKey())));
        columns.forEach(column -> column.setVisible(!hidden.contains(column.getKey())));
        columns.addFirst(first);
        setColumnOrder(columns);
        recalculateColumnWidths();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs(MEASURES_ANEW);
    }
}
