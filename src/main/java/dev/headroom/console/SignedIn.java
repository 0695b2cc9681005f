package dev.headroom.console;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.HeadroomException;
import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers;

/** Who uses the console right now: the actor of every service call a view makes. */
public class SignedIn {

    private final AuthenticationContext authentication;
    private final ConsoleUsers users;

    SignedIn(AuthenticationContext authentication, ConsoleUsers users) {
        this.authentication = authentication;
        this.users = users;
    }

    /** As they are by now, not as they were when they signed in. @throws HeadroomException FORBIDDEN for whom nobody lets in any more */
    public ConsoleUser user() {
        ConsolePrincipal principal = authentication.getAuthenticatedUser(ConsolePrincipal.class)
                .orElseThrow(() -> new IllegalStateException("Nobody is signed in, yet a view was opened"));
        return users.current(principal.user().id()).orElseThrow(() -> {
            authentication.logout();
            return HeadroomException.forbidden("You cannot sign in any more; ask an owner");
        });
    }

    public Actor.ConsoleUser actor() {
        return user().actor();
    }

    public boolean may(Permission permission) {
        return actor().permissions().contains(permission);
    }

    void out() {
        authentication.logout();
    }
}
