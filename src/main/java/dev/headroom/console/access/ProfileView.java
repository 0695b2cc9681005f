package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Facts;
import dev.headroom.console.FormDialog;
import dev.headroom.console.Section;
import dev.headroom.console.SignedIn;
import dev.headroom.console.Words;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.signin.OwnPasswords;
import dev.headroom.signin.Sessions;
import jakarta.annotation.security.PermitAll;
import java.util.stream.Collectors;

/** What concerns only whoever looks at it: name, password, what they may do, where they are signed in. */
@Route(ProfileView.PATH)
@PermitAll
class ProfileView extends ConsolePage {

    static final String PATH = "profile";

    private final ConsoleUsers users;
    private final OwnPasswords passwords;
    private final Sessions sessions;
    private final SignedIn signedIn;
    private final Div content = new Div();

    ProfileView(ConsoleUsers users, OwnPasswords passwords, Sessions sessions, SignedIn signedIn) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.signedIn = signedIn;
        title(translate("profile.title"));
        actions(new Button(translate("profile.name.change"), click -> rename()), new Button(translate("profile.password.change"), click -> changePassword()));
        content.addClassName("list");
        add(content);
        show();
    }

    private void show() {
        ConsoleUser user = signedIn.user();
        Facts facts = new Facts()
                .with(translate("person.name"), user.name())
                .with(translate("person.email"), user.email())
                .with(translate("person.roles"), user.roles().stream().sorted().map(Words::of).collect(Collectors.joining(", ")))
                .with(translate("person.role.may"), user.permissions().stream().sorted().map(Words::of).collect(Collectors.joining(", ")));
        SessionTable table = new SessionTable(sessions.of(signedIn.actor(), user.id()), signedIn.session(), session -> {
            sessions.end(signedIn.actor(), session.id());
            show();
        });
        Button everywhere = new Button(translate("session.end.others"), click -> {
            sessions.endAll(signedIn.actor(), user.id(), signedIn.session());
            show();
        });
        content.removeAll();
        content.add(facts, new Section(translate("session.list"), table, everywhere));
    }

    private void rename() {
        TextField name = new TextField(translate("person.name"));
        name.setValue(signedIn.user().name());
        name.setWidthFull();
        new FormDialog(translate("profile.name.change"), translate("profile.name.save"), () -> {
            users.rename(signedIn.actor(), signedIn.user().id(), name.getValue());
            show();
        }, name).with("input.name", name).open();
    }

    private void changePassword() {
        PasswordField before = password(translate("profile.password.before"), "current-password");
        PasswordField after = password(translate("profile.password.after"), "new-password");
        after.setHelperText(translate("profile.password.hint"));
        new FormDialog(translate("profile.password.change"), translate("profile.password.save"), () -> {
            passwords.change(signedIn.actor(), signedIn.session(), before.getValue(), after.getValue());
            show();
        }, before, after, new Div(new Text(translate("profile.password.meaning"))))
                .with("input.before", before).with("input.password", after).open();
    }

    private static PasswordField password(String label, String completedAs) {
        PasswordField password = new PasswordField(label);
        password.getElement().setAttribute("autocomplete", completedAs);
        password.setWidthFull();
        return password;
    }
}
