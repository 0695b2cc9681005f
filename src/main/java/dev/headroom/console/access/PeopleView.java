package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Attempts;
import dev.headroom.signin.Link;
import dev.headroom.signin.Links;
import dev.headroom.signin.Sessions;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who signs in to this console, who is invited to, and what each role may do. */
@Route(PeopleView.PATH)
@RolesAllowed("OWNER")
class PeopleView extends ConsolePage {

    static final String PATH = "people";
    static final String INVITE = "invite";
    private static final List<String> COLUMNS = List.of("name", "email", "roles", "created_at", "disabled_at");

    private final ConsoleUsers users;
    private final Links links;
    private final Attempts attempts;
    private final SignedIn signedIn;
    private final Div list = new Div();
    private final PersonDialogs dialogs;

    PeopleView(ConsoleUsers users, Links links, Attempts attempts, Sessions sessions, SignedIn signedIn) {
        this.users = users;
        this.links = links;
        this.attempts = attempts;
        this.signedIn = signedIn;
        this.dialogs = new PersonDialogs(users, links, attempts, sessions, signedIn, this::show);
        title(translate("person.list.title"));
        Button invite = new Button(translate("person.invite"), click -> dialogs.invite());
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        Actor reader = signedIn.actor();
        actions(Csv.link(translate("csv.download"), "people", COLUMNS, csv -> users.all(reader).forEach(user -> csv.row(
                user.name(), user.email(), user.roles().stream().map(Role::name).sorted().collect(Collectors.joining(" ")), user.createdAt(), user.disabledAt()))), invite);
        begins(INVITE, dialogs::invite);
        list.addClassNames("list", "wrapping");
        add(list);
        show();
    }

    private void show() {
        list.removeAll();
        list.add(people(), new Section(translate("person.invited"), invited()), new Section(translate("person.roles.meaning"), new RoleMatrix()));
    }

    private Component people() {
        DataTable table = new DataTable(
                translate("person.list.title"), translate("person.name"), translate("person.roles"), translate("person.since"),
                translate("person.acts"));
        users.all(signedIn.actor()).forEach(user -> table.row(
                name(user), new Text(roles(user.roles())), When.day(user.createdAt(), ZoneOffset.UTC), acts(user)));
        return table;
    }

    private Component invited() {
        List<Link> open = links.invitations(signedIn.actor());
        if (open.isEmpty()) {
            return new Text(translate("person.invited.none"));
        }
        DataTable table = new DataTable(
                translate("person.invited"), translate("person.email"), translate("person.roles"), translate("person.invited.until"), translate("person.acts"));
        open.forEach(link -> table.row(
                new Text(String.valueOf(link.email())), new Text(roles(link.roles())), When.minute(link.expiresAt(), ZoneOffset.UTC), acts(link)));
        return table;
    }

    private Component name(ConsoleUser user) {
        Div name = new Div(new Span(user.name()), quiet(user.email()));
        attempts.waiting(signedIn.actor(), user).ifPresent(until ->
                name.add(quiet(translate("person.waits", When.minuteText(until, ZoneOffset.UTC)))));
        name.addClassName("stacked");
        return name;
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("quiet");
        return quiet;
    }

    private static String roles(Set<Role> roles) {
        return roles.stream().sorted().map(Words::of).collect(Collectors.joining(", "));
    }

    private Component acts(Link link) {
        Button revoke = act(translate("person.invited.revoke"), translate("person.invited.revoke.of", String.valueOf(link.email())), () -> dialogs.revoke(link));
        revoke.addThemeVariants(ButtonVariant.ERROR);
        return acts(revoke);
    }

    private Component acts(ConsoleUser user) {
        Button erase = act(translate("person.erase"), translate("person.erase.title", user.name()), () -> dialogs.erase(user));
        erase.addThemeVariants(ButtonVariant.ERROR);
        if (!user.active()) {
            return acts(new Text(translate("person.disabled")),
                    act(translate("person.enable"), translate("person.enable.title", user.name()), () -> dialogs.enable(user)), erase);
        }
        Button disable = act(translate("person.disable"), translate("person.disable.title", user.name()), () -> dialogs.disable(user));
        disable.addThemeVariants(ButtonVariant.ERROR);
        Div acts = acts(
                act(translate("person.roles.change"), translate("person.roles.of", user.name()), () -> dialogs.assign(user)),
                act(translate("person.password"), translate("person.password.title", user.name()), () -> dialogs.resetPassword(user)),
                act(translate("person.sessions"), translate("person.sessions.of", user.name()), () -> dialogs.sessions(user)));
        if (attempts.waiting(signedIn.actor(), user).isPresent()) {
            acts.add(act(translate("person.waits.lift"), translate("person.waits.lift.of", user.name()), () -> dialogs.lift(user)));
        }
        acts.add(disable, erase);
        return acts;
    }

    private static Button act(String text, String whole, Runnable act) {
        Button button = new Button(text, click -> act.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(whole);
        return button;
    }

    private static Div acts(Component... buttons) {
        Div acts = new Div(buttons);
        acts.addClassName("acts");
        return acts;
    }
}
