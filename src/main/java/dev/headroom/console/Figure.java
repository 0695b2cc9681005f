package dev.headroom.console;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One number that is worth a box of its own: what it is, how much, and what more there is to say of it. */
public final class Figure extends Div {

    public Figure(String name, String value) {
        addClassName("figure");
        Span number = new Span(value);
        number.addClassName("figure-value");
        add(quiet(name), number);
    }

    public Figure(String name, String value, String more) {
        this(name, value);
        add(quiet(more));
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("quiet");
        return quiet;
    }
}
