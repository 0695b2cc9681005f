package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short messages at the edge of the page. */
public final class Toast {

    private static final int UNDO_MILLIS = 10_000;

    private Toast() {}

    /**
     * Stays until it is closed, for nobody reads an incident id in five seconds.
     *
     * @param again whether it may go well another time; the page is loaded anew, as its address says it is
     */
    static void failure(String text, boolean again) {
        Notification toast = new Notification();
        toast.setPosition(Notification.Position.BOTTOM_START);
        toast.addThemeVariants(NotificationVariant.ERROR);
        toast.setAssertive(true);
        Button close = new Button(translate("toast.close"), click -> toast.close());
        close.addThemeVariants(ButtonVariant.TERTIARY);
        toast.add(new Span(text));
        if (again) {
            toast.add(new Button(translate("failure.again"), click -> UI.getCurrent().getPage().reload()));
        }
        toast.add(close);
        toast.open();
    }

    /** What was done, and the ways to what is known of it; they are on the page of that too. */
    public static void linked(String done, Component... ways) {
        Notification toast = new Notification();
        toast.setPosition(Notification.Position.BOTTOM_START);
        toast.setDuration(UNDO_MILLIS);
        Div links = new Div(ways);
        links.addClassName("toolbar");
        Div both = new Div(new Span(done), links);
        both.addClassName("stacked");
        toast.add(both);
        toast.open();
    }

    /** What was done, and for ten seconds the way back; which must be somewhere else too, for not everybody is that fast. */
    public static void undoable(String done, String undo, Runnable back) {
        Notification toast = new Notification();
        toast.setPosition(Notification.Position.BOTTOM_START);
        toast.setDuration(UNDO_MILLIS);
        Button button = new Button(undo, click -> {
            toast.close();
            back.run();
        });
        toast.add(new Span(done), button);
        toast.open();
    }
}
