package dev.headroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarTester;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.identity.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What somebody keeps of a list, on the list of drafts and on others. */
class ListToolsTest extends ConsoleTest {

    private static final String AS_THEY_COME = "what product status changes changed";

    private void visit(String address) {
        UI.getCurrent().navigate("overview");
        ConsolePage.open(address);
        roundTrip();
    }

    private String columns() {
        Grid<?> grid = find(Grid.class).single();
        return grid.getColumns().stream().filter(Component::isVisible).map(Column::getKey).collect(Collectors.joining(" "));
    }

    private void menu(String... way) {
        MenuBar tools = find(ListTools.class).single();
        new MenuBarTester<>(tools).clickItem(way[0], Arrays.copyOfRange(way, 1, way.length));
        roundTrip();
    }

    private List<String> filters() {
        return find(ListTools.class).single().getItems().getFirst().getSubMenu().getItems().stream().map(MenuItem::getText).toList();
    }

    private Checkbox column(String name) {
        return find(Checkbox.class).all().stream().filter(box -> name.equals(box.getLabel())).findFirst().orElseThrow();
    }

    private Button labelled(String name) {
        return find(Button.class).all().stream().filter(button -> name.equals(button.getAriaLabel().orElse(""))).findFirst().orElseThrow();
    }

    @Test
    void columnsThatAreHiddenAndMovedStaySoUntilTheyAreAsTheyWere() {
        visit("drafts");
        assertThat(columns()).isEqualTo(AS_THEY_COME);
        menu("Columns");
        test(column("Product")).click();
        test(labelled("Move Changes up")).click();
        assertThat(columns()).isEqualTo("what changes status changed");
        press("Close");

        visit("drafts");
        assertThat(columns()).isEqualTo("what changes status changed");
        menu("Columns");
        assertThat(column("Product").getValue()).isFalse();
        press("As it was");
        press("Close");
        assertThat(columns()).isEqualTo(AS_THEY_COME);
        visit("drafts");
        assertThat(columns()).isEqualTo(AS_THEY_COME);
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatIsFilteredNowIsSavedUnderANameAndDeleted() {
        visit("drafts");
        menu("Filters", "Save these filters…");
        assertThat(find(Dialog.class).all()).isEmpty();
        assertThat(test(find(Notification.class).single()).getText()).isEqualTo("Nothing is filtered. Choose something first.");

        Select<Object> state = find(Select.class).single();
        state.setValue(state.getListDataView().getItem(1));
        menu("Filters", "Save these filters…");
        press("Save");
        TextField name = find(TextField.class).all().stream().filter(field -> "Name".equals(field.getLabel())).findFirst().orElseThrow();
        assertThat(name.getErrorMessage()).isEqualTo("A name has 1 to 60 characters");
        test(name).setValue("Put aside");
        press("Save");
        assertThat(find(Dialog.class).all()).isEmpty();

        visit("drafts");
        assertThat(filters()).containsExactly("Save these filters…", "Put aside", "Delete");
        assertThat(stories.db().fetchValue("select query from preference.saved_filter where name = 'Put aside'")).isEqualTo("state=discarded");
        menu("Filters", "Delete", "Put aside");
        assertThat(filters()).containsExactly("Save these filters…");
        test(find(Button.class).all().stream().filter(button -> "Undo".equals(button.getText())).findFirst().orElseThrow()).click();
        assertThat(filters()).contains("Put aside");
        menu("Filters", "Delete", "Put aside");
    }

    @Test
    @SignedInAs(Role.VIEWER)
    void everyListHasThemWhateverOneMayDo() {
        for (String list : List.of("accounts", "plans", "add-ons", "features", "usage", "events", "approvals", "audit")) {
            visit(list);
            assertThat(find(ListTools.class).all()).as(list).hasSize(1);
            assertThat(find(Grid.class).single().getColumns()).as(list).extracting("key").doesNotContainNull().doesNotHaveDuplicates();
        }
    }
}
