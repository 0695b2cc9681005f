package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;

/** A few names with what is said of each. */
public final class Facts extends DescriptionList {

    public Facts() {
        addClassName("facts");
    }

    public Facts with(String name, Component said) {
        add(new Term(name), new Description(said));
        return this;
    }

    public Facts with(String name, String said) {
        return with(name, new Text(said));
    }
}
