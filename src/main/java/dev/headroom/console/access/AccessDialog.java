package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import dev.headroom.error.HeadroomException;

/** A few fields and one act; what the service refuses is said here, and the dialog stays. */
final class AccessDialog extends Dialog {

    private final Paragraph refused = new Paragraph();

    AccessDialog(String title, String submit, Runnable act, Component... fields) {
        setHeaderTitle(title);
        addClassName("form");
        refused.addClassName("refused");
        refused.getElement().setAttribute("role", "alert");
        refused.setVisible(false);
        add(fields);
        add(refused);
        Button button = new Button(submit, click -> submit(act));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.setId("submit");
        getFooter().add(new Button(translate("access.cancel"), click -> close()), button);
    }

    private void submit(Runnable act) {
        try {
            act.run();
            close();
        } catch (HeadroomException wrong) {
            refused.setText(wrong.getMessage());
            refused.setVisible(true);
        }
    }
}
