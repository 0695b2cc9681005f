package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;

/** A secret, this one time; closed by its button only, for a slip of the hand would lose it. */
public final class SecretDialog extends Dialog {

    /** Only the browser knows under which address the console was opened. */
    private static final String WHOLE = "this.value = location.origin + $0";

    public SecretDialog(String title, String label, String secret) {
        this(title, translate("access.secret.once"), label, secret, "");
    }

    /** @param path what follows the console's address */
    static SecretDialog link(String title, String meaning, String path) {
        SecretDialog dialog = new SecretDialog(title, meaning, translate("access.link"), path, "location.origin + ");
        dialog.shown.getElement().executeJs(WHOLE, path);
        return dialog;
    }

    private final TextField shown;

    private SecretDialog(String title, String meaning, String label, String secret, String before) {
        setHeaderTitle(title);
        setCloseOnOutsideClick(false);
        setCloseOnEsc(false);
        addClassName("form");
        shown = new TextField(label);
        shown.setValue(secret);
        shown.setReadOnly(true);
        shown.setWidthFull();
        shown.setId("secret");
        Button copy = new Button(translate("access.secret.copy"), VaadinIcon.COPY_O.create());
        copy.addClickListener(click -> {
            copy.getElement().executeJs("navigator.clipboard?.writeText(" + before + "$0)", secret);
            copy.setText(translate("access.secret.copied"));
        });
        add(new Paragraph(meaning), shown, copy);
        Button done = new Button(translate("access.secret.kept"), click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
    }
}
