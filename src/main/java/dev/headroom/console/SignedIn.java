package dev.headroom.console;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ConsoleUser;

/** Who uses the console right now: the actor of every service call a view makes. */
public class SignedIn {

    private final AuthenticationContext authentication;

    SignedIn(AuthenticationContext authentication) {
        this.authentication = authentication;
    }

    public ConsoleUser user() {
        return authentication.getAuthenticatedUser(ConsolePrincipal.class)
                .orElseThrow(() -> new IllegalStateException("Nobody is signed in, yet a view was opened"))
                .user();
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
