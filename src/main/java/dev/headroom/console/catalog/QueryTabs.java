package dev.headroom.console.catalog;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.ArrayList;
import java.util.List;

/** Tabs whose choice lives in the address, so that what one sees can be linked; the first one needs no mention there. */
final class QueryTabs extends TabSheet {

    private static final String PARAMETER = "tab";

    private final String path;
    private final List<String> names = new ArrayList<>();

    QueryTabs(String path) {
        this.path = path;
        setWidthFull();
        addSelectedChangeListener(change -> {
            if (change.isFromClient()) {
                remember(getSelectedIndex());
            }
        });
    }

    QueryTabs with(String name, String label, Component content) {
        names.add(name);
        add(label, content);
        return this;
    }

    /** Shows what the address asks for. */
    void follow(QueryParameters query) {
        setSelectedIndex(Math.max(0, names.indexOf(query.getSingleParameter(PARAMETER).orElse(""))));
    }

    private void remember(int tab) {
        QueryParameters query = tab == 0 ? QueryParameters.empty() : QueryParameters.of(PARAMETER, names.get(tab));
        UI.getCurrent().getPage().getHistory().replaceState(null, new Location(path, query));
    }
}
