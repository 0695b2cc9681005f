package dev.headroom.console.change;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.Locale;

/** Something to know before going on: a headline, and what it means. */
public final class Notice extends Div {

    /** How urgent. */
    public enum Kind {
        INFO,
        SUCCESS,
        ERROR
    }

    private final Div text = new Div();

    public Notice(Kind kind, String headline, String meaning) {
        addClassNames("notice", "notice-" + kind.name().toLowerCase(Locale.ROOT));
        getElement().setAttribute("role", kind == Kind.ERROR ? "alert" : "status");
        Icon sign = icon(kind).create();
        sign.getElement().setAttribute("aria-hidden", "true");
        Paragraph title = new Paragraph(headline);
        title.addClassName("notice-title");
        text.add(title, new Paragraph(meaning));
        add(sign, text);
    }

    /** More of it, below. */
    public void say(Component... more) {
        text.add(more);
    }

    /** Moves the focus to what has just been said, which is not a place to stop at otherwise. */
    public static void focus(Component news) {
        news.getElement().setAttribute("tabindex", "-1");
        news.getElement().executeJs("requestAnimationFrame(() => this.focus())");
    }

    private static VaadinIcon icon(Kind kind) {
        return switch (kind) {
            case INFO -> VaadinIcon.INFO_CIRCLE_O;
            case SUCCESS -> VaadinIcon.CHECK_CIRCLE_O;
            case ERROR -> VaadinIcon.WARNING;
        };
    }
}
