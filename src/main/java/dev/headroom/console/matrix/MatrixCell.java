package dev.headroom.console.matrix;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Span;
import dev.headroom.catalog.Feature;
import dev.headroom.console.Sentences;
import dev.headroom.console.matrix.Matrix.Column;
import dev.headroom.console.matrix.Matrix.Content;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.Finding;
import org.jspecify.annotations.Nullable;

/** What a plan grants of a feature: to be read, and while somebody is at it, to be written. */
final class MatrixCell extends NativeTableCell {

    private final Feature feature;
    private final MatrixView desk;
    private Column column;
    private @Nullable Content shown;
    private @Nullable CellEditor editor;
    private @Nullable Column read;

    /** @param desk takes what is written */
    MatrixCell(Feature feature, Column column, MatrixView desk) {
        this.feature = feature;
        this.column = column;
        this.desk = desk;
        getElement().setAttribute("role", "gridcell");
        getElement().setAttribute("data-label", column.name());
        getElement().setAttribute("tabindex", "-1");
        getElement().addEventListener("cell-edit", event -> begin());
        getElement().addEventListener("cell-keep", event -> keep(true));
        getElement().addEventListener("cell-leave", event -> keep(false));
        getElement().addEventListener("cell-cancel", event -> end(true));
        show(column);
    }

    Feature feature() {
        return feature;
    }

    /** While somebody writes, what they write stays; what others have done meanwhile is told when it is kept. */
    void show(Column now) {
        column = now;
        Content content = now.content(feature);
        if (editor != null || content.equals(shown)) {
            return;
        }
        shown = content;
        getElement().setAttribute("aria-readonly", String.valueOf(!desk.mayEdit() || now.bought(feature)));
        removeAll();
        Div said = new Div();
        said.addClassName("stacked");
        if (content.drafted() == null) {
            said.add(new Span(String.valueOf(content.sold())));
        } else {
            if (content.sold() != null) {
                said.add(side("was", "−", translate("matrix.sold"), content.sold()));
            }
            said.add(side("is", "+", translate("matrix.drafted"), content.drafted()));
        }
        content.findings().forEach(finding -> said.add(found(finding)));
        add(said);
    }

    private static Div side(String look, String sign, String name, String text) {
        Span mark = new Span(sign);
        mark.addClassName("diff-sign");
        mark.getElement().setAttribute("aria-hidden", "true");
        Span spoken = new Span(name);
        spoken.addClassName("unseen");
        Div side = new Div(mark, spoken, new Span(text));
        side.addClassNames("diff-side", look);
        return side;
    }

    private static Span found(Finding finding) {
        Span found = new Span(translate(finding.blocks() ? "matrix.error" : "matrix.warning", Sentences.of(finding.message())));
        found.addClassName(finding.blocks() ? "refused" : "quiet");
        return found;
    }

    void begin() {
        if (editor != null || !desk.mayEdit()) {
            return;
        }
        if (column.bought(feature)) {
            desk.say(translate("matrix.bought", column.name()));
            return;
        }
        read = column;
        editor = new CellEditor(feature, column.next(feature).orElse(null), translate("matrix.cell", feature.name(), column.name()));
        getElement().setAttribute("data-editing", true);
        removeAll();
        add(editor.field());
        editor.focus();
    }

    /** @param stay whether the focus is to be in the cell, and does not go elsewhere */
    void keep(boolean stay) {
        if (editor == null || read == null) {
            return;
        }
        Column begun = read;
        editor.read().ifPresent(edit -> {
            boolean same = begun.next(feature).map(line -> line.equals(edit.value())).orElse(edit.value() == null);
            end(stay);
            if (!same) {
                desk.write(begun, feature, edit);
            }
        });
    }

    /** What was written and not kept is gone. */
    void end(boolean stay) {
        if (editor == null) {
            return;
        }
        editor = null;
        read = null;
        shown = null;
        getElement().removeAttribute("data-editing");
        show(column);
        if (stay) {
            getElement().executeJs("this.focus()");
        }
    }
}
