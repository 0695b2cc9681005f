package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** A short message about a failure; stays until it is closed, for nobody reads an incident id in five seconds. */
final class Toast {

    private Toast() {}

    static void failure(String text) {
        Notification toast = new Notification();
        toast.setPosition(Notification.Position.BOTTOM_START);
        toast.addThemeVariants(NotificationVariant.ERROR);
        toast.setAssertive(true);
        Button close = new Button(translate("toast.close"), click -> toast.close());
        close.addThemeVariants(ButtonVariant.TERTIARY);
        toast.add(new Span(text), close);
        toast.open();
    }
}
