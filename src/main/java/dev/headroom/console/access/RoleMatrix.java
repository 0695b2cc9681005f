package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.actor.Permission;
import dev.headroom.console.DataTable;
import dev.headroom.console.Words;
import dev.headroom.identity.Role;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What each role may do, as the services ask for it: the table is made of what they check. */
final class RoleMatrix extends Composite<Div> {

    RoleMatrix() {
        DataTable table = new DataTable(translate("person.roles.meaning"), translate("person.role"), translate("person.role.for"), translate("person.role.may"));
        Arrays.stream(Role.values()).forEach(role -> table.row(new Span(Words.of(role)), new Text(meaning(role)), may(role)));
        getContent().add(table);
    }

    static String meaning(Role role) {
        return switch (role) {
            case VIEWER -> translate("person.role.viewer");
            case PRICING_EDITOR -> translate("person.role.editor");
            case PUBLISHER -> translate("person.role.publisher");
            case APPROVER -> translate("person.role.approver");
            case FINANCE -> translate("person.role.finance");
            case OWNER -> translate("person.role.owner");
        };
    }

    private static Component may(Role role) {
        boolean everything = role.permissions().size() == Permission.values().length;
        return new Text(everything
                ? translate("person.role.everything")
                : role.permissions().stream().sorted().map(Words::of).collect(Collectors.joining(", ")));
    }
}
