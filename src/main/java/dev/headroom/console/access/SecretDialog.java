package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;

/** A secret, this one time; closed by its button only, for a slip of the hand would lose it. */
final class SecretDialog extends Dialog {

    SecretDialog(String title, String label, String secret) {
        setHeaderTitle(title);
        setCloseOnOutsideClick(false);
        setCloseOnEsc(false);
        addClassName("form");
        TextField shown = new TextField(label);
        shown.setValue(secret);
        shown.setReadOnly(true);
        shown.setWidthFull();
        shown.setId("secret");
        Button copy = new Button(translate("access.secret.copy"), VaadinIcon.COPY_O.create());
        copy.addClickListener(click -> {
            copy.getElement().executeJs("navigator.clipboard?.writeText($0)", secret);
            copy.setText(translate("access.secret.copied"));
        });
        add(new Paragraph(translate("access.secret.once")), shown, copy);
        Button done = new Button(translate("access.secret.kept"), click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
    }
}
