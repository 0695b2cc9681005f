package dev.headroom.console;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.HeadroomException;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.preference.ListPreferences;
import dev.headroom.signin.Sessions;
import java.util.Objects;
import java.util.UUID;

/** Who uses the console right now: the actor of every service call a view makes. */
public class SignedIn {

    private final AuthenticationContext authentication;
    private final ConsoleUsers users;
    private final Sessions sessions;
    private final ListPreferences lists;

    SignedIn(AuthenticationContext authentication, ConsoleUsers users, Sessions sessions, ListPreferences lists) {
        this.authentication = authentication;
        this.users = users;
        this.sessions = sessions;
        this.lists = lists;
    }

    /** As they are by now, not as they were when they signed in. @throws HeadroomException FORBIDDEN for whom nobody lets in any more */
    public ConsoleUser user() {
        ConsolePrincipal principal = principal();
        return users.current(principal.user().id()).filter(_ -> sessions.alive(session())).orElseThrow(() -> {
            authentication.logout();
            return HeadroomException.forbidden("You are signed out. Sign in again; if that does not work, ask an owner");
        });
    }

    /** This browser's among those of the same person. */
    public UUID session() {
        return Objects.requireNonNull(principal().session());
    }

    private ConsolePrincipal principal() {
        return authentication.getAuthenticatedUser(ConsolePrincipal.class)
                .orElseThrow(() -> new IllegalStateException("Nobody is signed in, yet a view was opened"));
    }

    public Actor.ConsoleUser actor() {
        return user().actor();
    }

    public boolean may(Permission permission) {
        return actor().permissions().contains(permission);
    }

    /** What they remember of the console's lists. */
    ListPreferences lists() {
        return lists;
    }

    void out() {
        authentication.logout();
    }
}
