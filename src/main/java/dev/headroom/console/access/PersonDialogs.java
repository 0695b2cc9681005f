package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Attempts;
import dev.headroom.signin.Link;
import dev.headroom.signin.Links;
import dev.headroom.signin.Links.MadeLink;
import dev.headroom.signin.Sessions;
import java.time.ZoneOffset;
import java.util.Set;

/** What can be done with the people of the console. */
final class PersonDialogs {

    private final ConsoleUsers users;
    private final Links links;
    private final Attempts attempts;
    private final Sessions sessions;
    private final SignedIn signedIn;
    private final Runnable changed;

    PersonDialogs(ConsoleUsers users, Links links, Attempts attempts, Sessions sessions, SignedIn signedIn, Runnable changed) {
        this.users = users;
        this.links = links;
        this.attempts = attempts;
        this.sessions = sessions;
        this.signedIn = signedIn;
        this.changed = changed;
    }

    void invite() {
        EmailField email = new EmailField(translate("person.email"));
        email.setWidthFull();
        CheckboxGroup<Role> roles = roles(Set.of(Role.VIEWER));
        new FormDialog(translate("person.invite"), translate("person.invite.make"), () -> {
            MadeLink made = links.invite(signedIn.actor(), email.getValue(), roles.getValue());
            changed.run();
            show(translate("person.invited.link", email.getValue()), made);
        }, new Paragraph(translate("person.invite.meaning")), email, roles).with("input.email", email).with("input.roles", roles).open();
    }

    void revoke(Link link) {
        act(translate("person.invited.revoke.of", String.valueOf(link.email())), translate("person.invited.revoke"), translate("person.invited.revoke.meaning"),
                () -> links.revoke(signedIn.actor(), link.id()));
    }

    void assign(ConsoleUser user) {
        CheckboxGroup<Role> roles = roles(user.roles());
        new FormDialog(translate("person.roles.of", user.name()), translate("person.roles.save"), () -> {
            users.assign(signedIn.actor(), user.id(), roles.getValue());
            changed.run();
        }, roles, new Paragraph(translate("person.roles.less"))).with("input.roles", roles).open();
    }

    void resetPassword(ConsoleUser user) {
        act(translate("person.password.title", user.name()), translate("person.password"), translate("person.password.meaning"), () ->
                show(translate("person.password.link", user.name()), links.reset(signedIn.actor(), user.id())));
    }

    void sessions(ConsoleUser user) {
        SessionTable table = new SessionTable(sessions.of(signedIn.actor(), user.id()), null, null);
        new FormDialog(translate("person.sessions.of", user.name()), translate("session.end.all"), () -> {
            sessions.endAll(signedIn.actor(), user.id(), user.id().equals(signedIn.user().id()) ? signedIn.session() : null);
            changed.run();
        }, table).open();
    }

    void lift(ConsoleUser user) {
        act(translate("person.waits.lift.of", user.name()), translate("person.waits.lift"), translate("person.waits.lift.meaning"),
                () -> attempts.lift(signedIn.actor(), user.id()));
    }

    void disable(ConsoleUser user) {
        act(translate("person.disable.title", user.name()), translate("person.disable"), translate("person.disable.meaning"),
                () -> users.disable(signedIn.actor(), user.id()));
    }

    void enable(ConsoleUser user) {
        act(translate("person.enable.title", user.name()), translate("person.enable"), translate("person.enable.meaning"),
                () -> users.enable(signedIn.actor(), user.id()));
    }

    void erase(ConsoleUser user) {
        act(translate("person.erase.title", user.name()), translate("person.erase.do", user.name()), translate("person.erase.meaning"),
                () -> users.erase(signedIn.actor(), user.id()));
    }

    private void act(String title, String submit, String meaning, Runnable act) {
        new FormDialog(title, submit, () -> {
            act.run();
            changed.run();
        }, new Paragraph(meaning)).open();
    }

    private static void show(String title, MadeLink made) {
        SecretDialog.link(title, translate("access.link.once", When.minuteText(made.link().expiresAt(), ZoneOffset.UTC)), made.path()).open();
    }

    private static CheckboxGroup<Role> roles(Set<Role> now) {
        CheckboxGroup<Role> roles = new CheckboxGroup<>(translate("person.roles"));
        roles.setItems(Role.values());
        roles.setItemLabelGenerator(Words::of);
        roles.setItemHelperGenerator(RoleMatrix::meaning);
        roles.setValue(now);
        return roles;
    }
}
