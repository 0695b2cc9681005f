package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.List;

/** Who signs in to this console, and what each of them may do. */
@Route(PeopleView.PATH)
@RolesAllowed("OWNER")
class PeopleView extends ConsolePage {

    static final String PATH = "people";

    private final ConsoleUsers users;
    private final SignedIn signedIn;
    private final Div list = new Div();
    private final PersonDialogs dialogs;

    PeopleView(ConsoleUsers users, SignedIn signedIn) {
        this.users = users;
        this.signedIn = signedIn;
        this.dialogs = new PersonDialogs(users, signedIn.actor(), this::show);
        title(translate("person.list.title"));
        Button add = new Button(translate("person.new"), click -> dialogs.add());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        actions(add);
        list.addClassName("list");
        add(list);
        show();
    }

    private void show() {
        DataTable table = new DataTable(
                translate("person.list.title"), translate("person.name"), translate("person.role"), translate("person.since"),
                translate("person.acts"));
        users.all(signedIn.actor()).forEach(user -> table.row(
                name(user), role(user), When.day(user.createdAt(), ZoneOffset.UTC), acts(user)));
        list.removeAll();
        list.add(table);
    }

    private static Component name(ConsoleUser user) {
        Span email = new Span(user.email());
        email.addClassName("quiet");
        Div name = new Div(new Span(user.name()), email);
        name.addClassName("stacked");
        return name;
    }

    private static Component role(ConsoleUser user) {
        Span meaning = new Span(meaning(user.role()));
        meaning.addClassName("quiet");
        Div stacked = new Div(new Span(Words.of(user.role())), meaning);
        stacked.addClassName("stacked");
        return stacked;
    }

    private static String meaning(Role role) {
        return switch (role) {
            case VIEWER -> translate("person.role.viewer");
            case PRICING_ADMIN -> translate("person.role.pricing");
            case APPROVER -> translate("person.role.approver");
            case OWNER -> translate("person.role.owner");
        };
    }

    private Component acts(ConsoleUser user) {
        if (!user.active()) {
            return new Text(translate("person.disabled"));
        }
        Button role = new Button(translate("person.role.change"), click -> dialogs.assign(user));
        Button password = new Button(translate("person.password"), click -> dialogs.resetPassword(user));
        Button disable = new Button(translate("person.disable"), click -> dialogs.disable(user));
        List.of(role, password, disable).forEach(button -> button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL));
        disable.addThemeVariants(ButtonVariant.ERROR);
        role.setAriaLabel(translate("person.role.of", user.name()));
        password.setAriaLabel(translate("person.password.title", user.name()));
        disable.setAriaLabel(translate("person.disable.title", user.name()));
        Div acts = new Div(role, password, disable);
        acts.addClassName("acts");
        return acts;
    }
}
