package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H2;

/** A named part of a page; a landmark with the heading's name. */
public final class Section extends com.vaadin.flow.component.html.Section {

    public Section(String title, Component... content) {
        addClassName("part");
        setAriaLabel(title);
        add(new H2(title));
        add(content);
    }
}
