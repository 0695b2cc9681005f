package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.page.WebStorage;
import java.util.List;

/** Every key in one place, and the switch for those that are pressed alone. */
@StyleSheet("shortcuts.css")
final class KeyboardHelp extends Dialog {

    KeyboardHelp(List<Place> places) {
        setHeaderTitle(translate("keys.title"));
        DescriptionList keys = new DescriptionList();
        keys.addClassName("keys-list");
        add(keys, "keys.palette.keys", translate("keys.palette"));
        add(keys, "keys.filter.keys", translate("keys.filter"));
        add(keys, "keys.rows.keys", translate("keys.rows"));
        add(keys, "keys.open.keys", translate("keys.open"));
        add(keys, "keys.edit.keys", translate("keys.edit"));
        add(keys, "keys.undo.keys", translate("keys.undo"));
        add(keys, "keys.help.keys", translate("keys.help"));
        for (Place place : places) {
            keys.add(new DescriptionList.Term(key("g " + place.key())), new DescriptionList.Description(translate("keys.go", Words.of(place))));
        }
        add(keys, "keys.close.keys", translate("keys.close"));
        add(keys, singleKeys());
        getFooter().add(new Button(translate("keys.done"), click -> close()));
    }

    private static void add(DescriptionList keys, String combination, String meaning) {
        keys.add(new DescriptionList.Term(key(translate(combination))), new DescriptionList.Description(meaning));
    }

    private static Span key(String combination) {
        Span key = new Span(combination);
        key.addClassName("keys");
        return key;
    }

    private static Checkbox singleKeys() {
        Checkbox on = new Checkbox(translate("keys.single"), true);
        WebStorage.getItem(Keyboard.SWITCHED_OFF, value -> on.setValue(!"off".equals(value)));
        on.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                WebStorage.setItem(UI.getCurrent(), WebStorage.Storage.LOCAL_STORAGE, Keyboard.SWITCHED_OFF, change.getValue() ? "on" : "off");
            }
        });
        return on;
    }
}
