package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.RouterLink;

/** The one pattern of every page: where one is, the only first-level heading, what state it is in, what can be done, then the rest. */
public abstract class ConsolePage extends Main implements HasDynamicTitle {

    private final Nav above = new Nav();
    private final H1 title = new H1();
    private final Span beside = new Span();
    private final Div actions = new Div();

    protected ConsolePage() {
        addClassName("page");
        // A change of route moves the focus here, so that a screen reader begins where the page does.
        title.getElement().setAttribute("tabindex", "-1");
        above.setVisible(false);
        above.setAriaLabel(translate("page.above"));
        beside.addClassName("beside");
        actions.addClassName("actions");
        Div line = new Div(title, beside, actions);
        line.addClassName("title-line");
        Header header = new Header(above, line);
        header.addClassName("page-header");
        add(header);
    }

    protected void title(String text, Component... state) {
        title.setText(text);
        beside.removeAll();
        beside.add(state);
    }

    protected void actions(Component... components) {
        actions.removeAll();
        actions.add(components);
    }

    /** The page that this one belongs to. */
    protected void above(String text, Class<? extends Component> page) {
        above.removeAll();
        above.add(new RouterLink(text, page), new Span(" /"));
        above.setVisible(true);
    }

    @Override
    public String getPageTitle() {
        return translate("page.title", title.getText());
    }
}
