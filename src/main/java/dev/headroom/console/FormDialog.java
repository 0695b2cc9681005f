package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.orderedlayout.FlexComponent;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import dev.headroom.error.HeadroomException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A few fields and one act; what the service refuses is said beside the field that it names, or below them, and the dialog stays. */
public final class FormDialog extends Dialog {

    private final Paragraph refused = new Paragraph();
    private final Map<String, HasValidation> named = new HashMap<>();
    private final Div looked = new Div();
    private final Button button;
    private final Component[] fields;
    private @Nullable Button shown;

    public FormDialog(String title, String submit, Runnable act, Component... fields) {
        setHeaderTitle(title);
        addClassName("form");
        refused.addClassName("refused");
        refused.getElement().setAttribute("role", "alert");
        refused.setVisible(false);
        VerticalLayout rows = new VerticalLayout(fields);
        this.fields = fields;
        rows.add(looked, refused);
        rows.setPadding(false);
        rows.setSpacing("0.75rem");
        rows.setAlignItems(FlexComponent.Alignment.STRETCH);
        add(rows);
        button = new Button(submit, click -> submit(act));
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
            refused.setText(wrong.getMessage());
            refused.setVisible(true);
            return;
        }
        field.setErrorMessage(wrong.getMessage());
        field.setInvalid(true);
        if (field instanceof Focusable<?> focusable) {
            focusable.focus();
        }
    }

    /**
     * Has somebody see what the act would do before it can be done: until then the button says so and shows it, and again whenever a field is changed.
     *
     * @param label of the button that shows it
     * @param sight what is to be seen of what stands in the fields now
     */
    public FormDialog lookingFirst(String label, Supplier<Component> sight) {
        Button look = new Button(label, click -> attempt(() -> {
            looked.removeAll();
            looked.add(sight.get());
            seen(true);
        }));
        look.addThemeVariants(ButtonVariant.PRIMARY);
        look.setId("look");
        looked.getElement().setAttribute("role", "status");
        getFooter().add(look);
        Stream.of(fields).filter(HasValue.class::isInstance).forEach(field -> ((HasValue<?, ?>) field).addValueChangeListener(change -> seen(false)));
        shown = look;
        seen(false);
        return this;
    }

    private void seen(boolean now) {
        if (!now) {
            looked.removeAll();
        }
        button.setVisible(now);
        Objects.requireNonNull(shown).setVisible(!now);
    }

    /** Says what is wrong with that part of a command beside this field. */
    public FormDialog with(String path, HasValidation field) {
        field.setManualValidation(true);
        named.put(path, field);
        return this;
    }
}
