package dev.headroom.console;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import dev.headroom.preference.ListPreferences.Columns;
import dev.headroom.preference.ListPreferences.SavedFilter;
import java.util.List;

/**
 * What somebody keeps of a list for themselves: filters under a name, each of which is an address that can be sent to others, and which
 * columns are shown in which order.
 */
public final class ListTools extends MenuBar {

    private final SignedIn signedIn;
    private final String list;
    private final ListGrid<?> grid;
    private final SubMenu filters;

    /** @param list names the list among all there are, for good */
    public ListTools(SignedIn signedIn, String list, ListGrid<?> grid) {
        this.signedIn = signedIn;
        this.list = list;
        this.grid = grid;
        addThemeVariants(MenuBarVariant.TERTIARY);
        getElement().setAttribute("aria-label", translate("list.tools"));
        MenuItem saved = addItem(translate("list.filters"));
        filters = saved.getSubMenu();
        addItem(translate("list.columns"), click -> new ColumnsDialog(grid, this::arranged).open());
        Columns columns = signedIn.lists().columns(signedIn.actor(), list);
        grid.arrange(columns.placed(), columns.hidden());
        fill();
    }

    /** Of a list that has nothing to filter by. */
    public ListTools withoutFilters() {
        getItems().getFirst().setVisible(false);
        return this;
    }

    private void fill() {
        filters.removeAll();
        filters.addItem(translate("list.filters.save"), click -> ask());
        List<SavedFilter> saved = signedIn.lists().filters(signedIn.actor(), list);
        if (saved.isEmpty()) {
            return;
        }
        saved.forEach(filter -> filters.addItem(filter.name(), click -> open(filter)));
        SubMenu gone = filters.addItem(translate("list.filters.delete")).getSubMenu();
        saved.forEach(filter -> gone.addItem(filter.name(), click -> delete(filter)));
    }

    /** As a link does that somebody sent. */
    private static void open(SavedFilter filter) {
        String path = QueryState.shown().getPath();
        UI.getCurrent().getPage().setLocation(new Location(path, QueryParameters.fromString(filter.query())).getPathWithQueryParameters());
    }

    private void ask() {
        String query = QueryState.shown().getQueryParameters().getQueryString();
        if (query.isEmpty()) {
            Notification.show(translate("list.filters.none"));
            return;
        }
        TextField name = new TextField(translate("list.filters.name"));
        name.setRequiredIndicatorVisible(true);
        new FormDialog(translate("list.filters.save.title"), translate("list.filters.keep"), () -> keep(new SavedFilter(name.getValue(), query)), name)
                .with("input.name", name)
                .open();
    }

    private void keep(SavedFilter filter) {
        signedIn.lists().save(signedIn.actor(), list, filter);
        fill();
        Notification.show(translate("list.filters.kept", filter.name().strip()));
    }

    private void delete(SavedFilter filter) {
        signedIn.lists().delete(signedIn.actor(), list, filter.name());
        fill();
        Toast.undoable(translate("list.filters.deleted", filter.name()), translate("list.undo"), () -> keep(filter));
    }

    private void arranged(Columns columns) {
        signedIn.lists().arrange(signedIn.actor(), list, columns);
        grid.arrange(columns.placed(), columns.hidden());
    }
}
