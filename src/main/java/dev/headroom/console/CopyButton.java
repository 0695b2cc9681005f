package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Puts a text where it can be pasted from, and says so. */
public final class CopyButton extends Button {

    /** @param label what is copied, for whoever does not see what stands beside it */
    public CopyButton(String text, String label) {
        super(VaadinIcon.COPY_O.create());
        addClickListener(click -> {
            getElement().executeJs("navigator.clipboard?.writeText($0)", text);
            setText(translate("audit.copied"));
        });
        addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        setAriaLabel(label);
    }
}
