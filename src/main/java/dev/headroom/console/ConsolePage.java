package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import java.util.HashMap;
import java.util.Map;

/** The one pattern of every page: where one is, the only first-level heading, what state it is in, what can be done, then the rest. */
public abstract class ConsolePage extends Main implements HasDynamicTitle, AfterNavigationObserver {

    /** Names in an address what is to be begun on the page that it leads to. */
    private static final String BEGIN = "begin";

    private final Map<String, Runnable> begun = new HashMap<>();
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

    /** Goes to an address within the console. */
    public static void open(String address) {
        Location location = new Location(address);
        UI.getCurrent().navigate(location.getPath(), location.getQueryParameters());
    }

    /** The address that begins something on a page. */
    public static String beginning(String page, String act) {
        return new Location(page, QueryParameters.of(BEGIN, act)).getPathWithQueryParameters();
    }

    /** Lets something be begun from elsewhere, by whoever may; it is begun once, and not again when the page is loaded anew. */
    protected void begins(String act, Runnable begin) {
        begun.put(act, begin);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        QueryState asked = QueryState.of(event.getLocation());
        asked.get(BEGIN).map(begun::get).ifPresent(begin -> {
            asked.choose(BEGIN, null);
            begin.run();
        });
    }

    /** The page that this one belongs to, where it has a name of its own in its address. */
    protected void above(String text, String address) {
        above.removeAll();
        above.add(new Anchor(address, text));
        above.setVisible(true);
    }

    /** The page that this one belongs to. */
    protected void above(String text, Class<? extends Component> page) {
        above.removeAll();
        above.add(new RouterLink(text, page));
        above.setVisible(true);
    }

    /**
     * The first cell of a grid's row. On a narrow screen it is the only one, and what matters of the others stands in a second line; on a
     * wide one that line is hidden, from screen readers too.
     */
    public static Component folded(Component name, Component... others) {
        Div line = new Div(others);
        line.addClassName("folded");
        Div cell = new Div(name, line);
        cell.addClassName("stacked");
        return cell;
    }

    @Override
    public String getPageTitle() {
        return translate("page.title", title.getText());
    }
}
