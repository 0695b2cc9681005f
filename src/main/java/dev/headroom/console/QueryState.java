package dev.headroom.console;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is chosen on a page, as it stands in its address: can be linked, reloaded and gone back to. */
public final class QueryState {

    private final String path;
    private final Map<String, String> chosen = new LinkedHashMap<>();

    private QueryState(String path) {
        this.path = path;
    }

    public static QueryState of(Location address) {
        QueryState state = new QueryState(address.getPath());
        address.getQueryParameters().getParameters().forEach((name, values) -> state.chosen.put(name, values.getFirst()));
        return state;
    }

    /** The same with what stands in the address by now, without writing it there again. */
    public QueryState with(String name, String value) {
        chosen.put(name, value);
        return this;
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(chosen.get(name)).filter(value -> !value.isBlank());
    }

    /** @param value absent or empty for what is not chosen, which is not mentioned either */
    public void choose(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            chosen.remove(name);
        } else {
            chosen.put(name, value);
        }
        show(new Location(path, QueryParameters.simple(chosen)));
    }

    /** Lets the browser show another address of the same page, without going there. */
    static void show(Location address) {
        UI.getCurrent().getPage().getHistory().replaceState(null, address);
        arrived(address);
    }

    /** Somebody went there. */
    static void arrived(Location address) {
        ComponentUtil.setData(UI.getCurrent(), Location.class, address);
    }

    /** The address that the browser shows, as it shows it. */
    static Location shown() {
        return ComponentUtil.getData(UI.getCurrent(), Location.class);
    }
}
