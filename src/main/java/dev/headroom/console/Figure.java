package dev.headroom.console;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One number that is worth a box of its own: what it is, how much, and what more there is to say of it. */
public final class Figure extends Div {

    private final String name;
    private final Span number;

    public Figure(String name, String value) {
        this.name = name;
        this.number = new Span(value);
        addClassName("figure");
        number.addClassName("figure-value");
        add(quiet(name), number);
    }

    public Figure(String name, String value, String more) {
        this(name, value);
        add(quiet(more));
    }

    /** One more thing to say of it. */
    public Figure and(String more) {
        add(quiet(more));
        return this;
    }

    /** Where it is seen what the number is made of. */
    public Figure leadingTo(String address) {
        Anchor link = new Anchor(address, number.getText());
        link.getElement().setAttribute("aria-label", name + ": " + number.getText());
        number.setText("");
        number.add(link);
        return this;
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("quiet");
        return quiet;
    }
}
