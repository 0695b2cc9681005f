package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.FlexComponent;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import dev.headroom.error.HeadroomException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A few fields and one act; what the service refuses is said beside the field that it names, or below them, and the dialog stays. */
public final class FormDialog extends Dialog {

    private final Paragraph refused = new Paragraph();
    private final Map<String, HasValidation> named = new HashMap<>();

    public FormDialog(String title, String submit, Runnable act, Component... fields) {
        setHeaderTitle(title);
        addClassName("form");
        refused.addClassName("refused");
        refused.getElement().setAttribute("role", "alert");
        refused.setVisible(false);
        VerticalLayout rows = new VerticalLayout(fields);
        rows.add(refused);
        rows.setPadding(false);
        rows.setSpacing("0.75rem");
        rows.setAlignItems(FlexComponent.Alignment.STRETCH);
        add(rows);
        Button button = new Button(submit, click -> submit(act));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.setId("submit");
        getFooter().add(new Button(translate("access.cancel"), click -> close()), button);
    }

    private void submit(Runnable act) {
        attempt(() -> {
            act.run();
            close();
        });
    }

    private void attempt(Runnable act) {
        try {
            named.values().forEach(field -> field.setInvalid(false));
            refused.setVisible(false);
            act.run();
        } catch (HeadroomException wrong) {
            show(wrong);
        }
    }

    /** All that is wrong, each beside its field; the first of it is gone to. */
    private void show(HeadroomException wrong) {
        wrong.all().reversed().forEach(this::say);
    }

    private void say(HeadroomException wrong) {
        HasValidation field = named.get(wrong.field());
        if (field == null) {
            refused.setText(Sentences.of(wrong.getMessage()));
            refused.setVisible(true);
            return;
        }
        tell(field, Sentences.of(wrong.getMessage()));
        if (field instanceof Focusable<?> focusable) {
            focusable.focus();
        }
    }

    /** Says beside its field what is known to be wrong before anything is sent; of a thing in a list beside the list. */
    public void tell(String path, String message) {
        Optional.ofNullable(named.get(path)).or(() -> Optional.ofNullable(named.get(path.replaceAll("\\[.*", "")))).ifPresent(field -> tell(field, message));
    }

    private static void tell(HasValidation field, String message) {
        field.setErrorMessage(message);
        field.setInvalid(true);
    }

    /** Says what is wrong with that part of a command beside this field. */
    public FormDialog with(String path, HasValidation field) {
        field.setManualValidation(true);
        named.put(path, field);
        return this;
    }
}
