package dev.headroom.console.draft;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.console.Words;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.Visibility;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of the plan itself. */
final class PlanFields extends Div {

    private final TextField name = new TextField(translate("draft.name"));
    private final TextArea description = new TextArea(translate("draft.description"));
    private final CountField rank = new CountField(translate("draft.rank"), Integer.MAX_VALUE);
    private final Select<Visibility> visibility = new Select<>();

    PlanFields(Fields fields) {
        addClassName("fields");
        name.setManualValidation(true);
        description.setManualValidation(true);
        description.addClassName("wide");
        description.setHelperText(translate("draft.description.hint"));
        rank.setHelperText(translate("draft.rank.hint"));
        visibility.setLabel(translate("draft.visibility"));
        visibility.setItems(Visibility.values());
        visibility.setItemLabelGenerator(Words::of);
        fields.name("name", name);
        fields.name("description", description);
        fields.name("rank", rank);
        fields.name("visibility", visibility);
        fields.saves(name, () -> Optional.of(DraftEdit.name(typed(name.getValue()))));
        fields.saves(description, () -> Optional.of(DraftEdit.description(typed(description.getValue()))));
        fields.saves(rank, () -> Optional.of(DraftEdit.rank(rank.readInteger())).filter(_ -> !rank.unreadable()));
        fields.saves(visibility, () -> Optional.of(DraftEdit.visibility(visibility.getValue())));
        add(name, rank, visibility, description);
    }

    private static @Nullable String typed(String text) {
        return text.isEmpty() ? null : text;
    }

    void show(PlanSheet sheet) {
        name.setValue(Objects.requireNonNullElse(sheet.name(), ""));
        description.setValue(Objects.requireNonNullElse(sheet.description(), ""));
        rank.show(sheet.rank());
        visibility.setValue(sheet.visibility());
    }
}
