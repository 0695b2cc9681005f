package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Actor;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Words;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;

/** What can be done with the people of the console. */
final class PersonDialogs {

    private final ConsoleUsers users;
    private final Actor actor;
    private final Runnable changed;

    PersonDialogs(ConsoleUsers users, Actor actor, Runnable changed) {
        this.users = users;
        this.actor = actor;
        this.changed = changed;
    }

    void add() {
        EmailField email = new EmailField(translate("person.email"));
        TextField name = new TextField(translate("person.name"));
        Select<Role> role = roles(Role.VIEWER);
        email.setWidthFull();
        name.setWidthFull();
        new FormDialog(translate("person.new"), translate("person.create"), () -> {
            String password = ConsoleUsers.newPassword();
            ConsoleUser made = users.create(actor, email.getValue(), name.getValue(), role.getValue(), password);
            changed.run();
            show(made, password);
        }, email, name, role).open();
    }

    void assign(ConsoleUser user) {
        Select<Role> role = roles(user.role());
        new FormDialog(translate("person.role.of", user.name()), translate("person.role.save"), () -> {
            users.assign(actor, user.id(), role.getValue());
            changed.run();
        }, role).open();
    }

    void resetPassword(ConsoleUser user) {
        new FormDialog(translate("person.password.title", user.name()), translate("person.password"),
                () -> show(user, users.resetPassword(actor, user.id())), new Paragraph(translate("person.password.meaning"))).open();
    }

    void disable(ConsoleUser user) {
        new FormDialog(translate("person.disable.title", user.name()), translate("person.disable"), () -> {
            users.disable(actor, user.id());
            changed.run();
        }, new Paragraph(translate("person.disable.meaning"))).open();
    }

    private static void show(ConsoleUser user, String password) {
        new SecretDialog(translate("person.password.made", user.email()), translate("person.password.label"), password).open();
    }

    private static Select<Role> roles(Role now) {
        Select<Role> role = new Select<>();
        role.setLabel(translate("person.role"));
        role.setItems(Role.values());
        role.setItemLabelGenerator(Words::of);
        role.setValue(now);
        role.setWidthFull();
        return role;
    }
}
