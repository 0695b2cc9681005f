package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** A short message; failures stay until they are closed, for nobody reads an incident id in five seconds. */
public final class Toast {

    private static final int MILLIS = 6_000;

    private Toast() {}

    public static void success(String text) {
        Notification toast = new Notification(text, MILLIS, Notification.Position.BOTTOM_START);
        toast.addThemeVariants(NotificationVariant.SUCCESS);
        toast.open();
    }

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
