package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tabs whose choice lives in the address, so that what one sees can be linked; the first one needs no mention there. What a tab shows is
 * made when somebody looks at it.
 */
public final class QueryTabs extends TabSheet {

    public static final String PARAMETER = "tab";

    private final String path;
    private final List<String> names = new ArrayList<>();
    private final List<Runnable> fillings = new ArrayList<>();
    private final List<Div> holders = new ArrayList<>();

    public QueryTabs(String path) {
        this.path = path;
        setWidthFull();
        addSelectedChangeListener(change -> {
            fill();
            if (change.isFromClient()) {
                remember(getSelectedIndex());
            }
        });
    }

    public QueryTabs with(String name, String label, Component content) {
        return with(name, label, () -> content);
    }

    public QueryTabs with(String name, String label, Supplier<Component> content) {
        Div holder = new Div();
        names.add(name);
        holders.add(holder);
        fillings.add(() -> {
            if (holder.getComponentCount() == 0) {
                holder.add(content.get());
            }
        });
        holder.addClassName("tab");
        add(label, holder);
        return this;
    }

    /** Shows what the address asks for. */
    public void follow(QueryParameters query) {
        setSelectedIndex(Math.max(0, names.indexOf(query.getSingleParameter(PARAMETER).orElse(""))));
        fill();
    }

    /** The first tab is selected as it is added, before it is known here. */
    private void fill() {
        int selected = getSelectedIndex();
        // Told to what is in them, so that it can rest while nobody sees it.
        holders.forEach(holder -> holder.setEnabled(holders.indexOf(holder) == selected));
        if (selected >= 0 && selected < fillings.size()) {
            fillings.get(selected).run();
        }
    }

    private void remember(int tab) {
        QueryParameters query = tab == 0 ? QueryParameters.empty() : QueryParameters.of(PARAMETER, names.get(tab));
        QueryState.show(new Location(path, query));
    }
}
