package dev.headroom.console.connection;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;

/** A few names with what is said of each. */
final class Facts extends DescriptionList {

    Facts() {
        addClassName("facts");
    }

    Facts with(String name, Component said) {
        add(new Term(name), new Description(said));
        return this;
    }

    Facts with(String name, String said) {
        return with(name, new Text(said));
    }
}
