package dev.headroom.console.change;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.Locale;

/** Something to know before going on: a headline, and what it means. */
final class Notice extends Div {

    /** How urgent. */
    enum Kind {
        INFO,
        SUCCESS,
        ERROR
    }

    Notice(Kind kind, String headline, String meaning, Component... more) {
        addClassNames("notice", "notice-" + kind.name().toLowerCase(Locale.ROOT));
        getElement().setAttribute("role", kind == Kind.ERROR ? "alert" : "status");
        Icon sign = icon(kind).create();
        sign.getElement().setAttribute("aria-hidden", "true");
        Paragraph title = new Paragraph(headline);
        title.addClassName("notice-title");
        Div text = new Div(title, new Paragraph(meaning));
        text.add(more);
        add(sign, text);
    }

    private static VaadinIcon icon(Kind kind) {
        return switch (kind) {
            case INFO -> VaadinIcon.INFO_CIRCLE_O;
            case SUCCESS -> VaadinIcon.CHECK_CIRCLE_O;
            case ERROR -> VaadinIcon.WARNING;
        };
    }
}
