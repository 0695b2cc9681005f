package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.dialog.DialogVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.headroom.console.PaletteSource.Choice;
import java.util.List;

/** Go anywhere, open anything, by typing: a combobox over a list box, arrows to choose, Enter to go. */
@StyleSheet("shortcuts.css")
final class CommandPalette extends Dialog {

    private static final int PATIENCE_MILLIS = 150;

    private final PaletteSearch search;
    private final TextField typed = new TextField();
    private final Div list = new Div();
    private List<Choice> choices = List.of();
    private int chosen;

    CommandPalette(PaletteSearch search) {
        this.search = search;
        addClassName("palette");
        addThemeVariants(DialogVariant.NO_PADDING);
        getElement().setAttribute("aria-label", translate("palette.title"));
        list.setId("palette-list");
        list.addClassName("palette-list");
        list.getElement().setAttribute("role", "listbox");
        list.getElement().setAttribute("aria-label", translate("palette.title"));
        prepareField();
        add(typed, list);
        addOpenedChangeListener(change -> refresh(""));
    }

    private void prepareField() {
        typed.setPlaceholder(translate("palette.hint"));
        typed.setAriaLabel(translate("palette.hint"));
        typed.setPrefixComponent(VaadinIcon.SEARCH.create());
        typed.setWidthFull();
        typed.setAutofocus(true);
        typed.setValueChangeMode(ValueChangeMode.LAZY);
        typed.setValueChangeTimeout(PATIENCE_MILLIS);
        typed.addValueChangeListener(change -> show(search.find(change.getValue())));
        typed.addKeyDownListener(Key.ARROW_DOWN, event -> choose(chosen + 1));
        typed.addKeyDownListener(Key.ARROW_UP, event -> choose(chosen - 1));
        typed.addKeyDownListener(Key.ENTER, event -> act());
        // The role belongs on the native input: that is where the focus stays while the arrows move through the list.
        typed.getElement().executeJs("""
                const input = this.inputElement;
                input.setAttribute('role', 'combobox');
                input.setAttribute('aria-expanded', 'true');
                input.setAttribute('aria-controls', 'palette-list');
                input.setAttribute('aria-autocomplete', 'list');""");
    }

    private void refresh(String text) {
        typed.setValue(text);
        show(search.find(text));
    }

    private void show(List<Choice> found) {
        choices = found;
        list.removeAll();
        for (int at = 0; at < found.size(); at++) {
            list.add(option(found.get(at), at));
        }
        if (found.isEmpty()) {
            Span nothing = new Span(translate("palette.nothing"));
            nothing.getElement().setAttribute("role", "status");
            list.add(nothing);
        }
        choose(0);
    }

    private Div option(Choice choice, int at) {
        Span kind = new Span(choice.kind());
        kind.addClassName("quiet");
        Span detail = new Span(choice.detail());
        detail.addClassName("quiet");
        Div option = new Div(kind, new Span(choice.name()), detail);
        option.setId("palette-" + at);
        option.addClassName("palette-option");
        option.getElement().setAttribute("role", "option");
        option.addClickListener(click -> {
            chosen = at;
            act();
        });
        return option;
    }

    private void choose(int at) {
        if (choices.isEmpty()) {
            return;
        }
        chosen = Math.floorMod(at, choices.size());
        for (int each = 0; each < choices.size(); each++) {
            list.getComponentAt(each).getElement().setAttribute("aria-selected", String.valueOf(each == chosen));
        }
        typed.getElement().executeJs(
                "this.inputElement.setAttribute('aria-activedescendant', $0); document.getElementById($0)?.scrollIntoView({block: 'nearest'})",
                "palette-" + chosen);
    }

    private void act() {
        if (!choices.isEmpty()) {
            Choice choice = choices.get(chosen);
            close();
            choice.act().run();
        }
    }
}
