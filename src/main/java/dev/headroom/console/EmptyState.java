package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** What would be here, why nothing is, and one thing to do about it. */
public final class EmptyState extends Div {

    public EmptyState(String what, String why, Component... act) {
        addClassName("empty");
        Paragraph headline = new Paragraph(what);
        headline.addClassName("empty-what");
        add(headline, new Paragraph(why));
        add(act);
    }
}
