package dev.headroom.console.matrix;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.Product;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.EmptyState;
import dev.headroom.console.QueryState;
import dev.headroom.console.Watch;
import dev.headroom.console.catalog.GrantFile;
import dev.headroom.console.draft.ConflictPanel;
import dev.headroom.console.matrix.Matrix.Column;
import dev.headroom.draft.Draft;
import dev.headroom.draft.DraftEdit;
import dev.headroom.draft.DraftEdits.DraftChanged;
import dev.headroom.draft.DraftEdits.DraftEdited;
import dev.headroom.draft.DraftEdits.EditDraftResult;
import dev.headroom.draft.DraftEdits.NothingToRedo;
import dev.headroom.draft.DraftEdits.NothingToUndo;
import dev.headroom.draft.Drafts.DraftIsPlanned;
import dev.headroom.draft.Drafts.DraftNotOpen;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every plan of a product grants of every feature, sold and prepared, written cell by cell. */
@Route(MatrixView.PATH)
@PermitAll
@StyleSheet("quoting.css")
class MatrixView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "limits";

    private static final String PRODUCT = "product";
    private static final String DIFFERENCES = "differences";
    private static final int LOOK_MILLIS = 5_000;

    private final MatrixServices services;
    private final Select<Product> product = new Select<>();
    private final Checkbox differences = new Checkbox(translate("compare.differences"));
    private final Span saved = new Span();
    private final Button undo = new Button(translate("matrix.undo"));
    private final Div news = new Div();
    private final Div holder = new Div();
    private @Nullable MatrixGrid grid;
    private @Nullable Draft last;

    MatrixView(MatrixServices services) {
        this.services = services;
        title(translate("matrix.title"));
        above(translate("feature.list.title"), "features");
        saved.addClassName("quiet");
        saved.getElement().setAttribute("role", "status");
        undo.addThemeVariants(ButtonVariant.TERTIARY);
        undo.addClickListener(click -> undo());
        undo.setVisible(false);
        actions(saved, undo);
        news.addClassName("news");
        Paragraph meaning = new Paragraph(translate(services.mayEdit() ? "matrix.meaning" : "matrix.meaning.read"));
        meaning.addClassName("quiet");
        Div choices = new Div(product, differences, Csv.link(translate("csv.download"), PATH, GrantFile.COLUMNS, this::write));
        choices.addClassName("toolbar");
        product.setLabel(translate("compare.product"));
        product.setItemLabelGenerator(Product::name);
        add(meaning, choices, news, holder);
        Watch.over(this, LOOK_MILLIS, services.clock(), this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryState query = QueryState.of(event.getLocation());
        List<Product> products = services.catalog().snapshot().products();
        product.setItems(products);
        product.setVisible(products.size() > 1);
        query.get(PRODUCT).flatMap(services.catalog().snapshot()::product).or(() -> products.stream().findFirst()).ifPresent(product::setValue);
        differences.setValue(query.get(DIFFERENCES).isPresent());
        product.addValueChangeListener(change -> {
            query.choose(PRODUCT, change.getValue() == null ? null : change.getValue().key());
            again();
        });
        differences.addValueChangeListener(change -> {
            query.choose(DIFFERENCES, change.getValue() ? "only" : null);
            again();
        });
        again();
    }

    /** With cells of its own, wherever the focus is. */
    private void again() {
        grid = null;
        show();
    }

    /** What is by now, in the cells that are there where that can be. */
    private void show() {
        if (product.isEmpty()) {
            empty();
            return;
        }
        Matrix whole = services.read(product.getValue());
        // Rows do not come and go under the hands of whoever writes.
        if (grid != null && (grid.fits(whole) || differences.getValue() && grid.within(whole))) {
            grid.show(whole);
            return;
        }
        Matrix matrix = chosen(whole);
        if (matrix.columns().isEmpty() || matrix.features().isEmpty()) {
            empty();
            return;
        }
        grid = new MatrixGrid(matrix, this);
        holder.removeAll();
        holder.add(grid);
    }

    private Matrix chosen(Matrix whole) {
        return differences.getValue() ? whole.differing() : whole;
    }

    /** What is sold and what is prepared, each in a line of its own. */
    private void write(Csv csv) {
        if (!product.isEmpty()) {
            Matrix matrix = chosen(services.read(product.getValue()));
            matrix.features().forEach(feature -> matrix.columns().forEach(column -> column.lines(matrix.product(), feature).forEach(csv::row)));
        }
    }

    private void empty() {
        holder.removeAll();
        holder.add(new EmptyState(translate("compare.empty"), translate(differences.getValue() ? "matrix.same" : "plan.list.empty.why")));
    }

    boolean mayEdit() {
        return services.mayEdit();
    }

    /** @param read the plan as it was when the writing began */
    void write(Column read, Feature feature, DraftEdit edit) {
        take(services.edit(read, edit));
    }

    /** To be read aloud. */
    void say(String what) {
        saved.setText(what);
    }

    private void undo() {
        if (last != null) {
            take(services.undo(last.id()));
        }
    }

    private void take(EditDraftResult result) {
        news.removeAll();
        switch (result) {
            case DraftEdited(var draft) -> {
                last = draft;
                say(translate("matrix.saved", draft.subject().key(), draft.revision()));
            }
            case DraftChanged(var draft, var parts) -> {
                say(translate("draft.unsaved.conflict"));
                ConflictPanel conflicts = new ConflictPanel(
                        services.catalog().snapshot(), services::who, edit -> take(services.edit(draft.id(), draft.revision(), edit)));
                news.add(conflicts);
                conflicts.show(draft, parts);
            }
            case DraftIsPlanned(var draft) -> say(translate("matrix.planned", draft.subject().key()));
            case DraftNotOpen(var draft) -> say(translate("matrix.closed", draft.subject().key()));
            case NothingToUndo _ -> say(translate("draft.undo.nothing"));
            case NothingToRedo _ -> say(translate("draft.redo.nothing"));
        }
        undo.setVisible(last != null);
        show();
    }
}
