package dev.headroom.console;

import dev.headroom.actor.Actor;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.identity.Role;
import dev.headroom.signin.Sessions;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContext;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/** Somebody with that role uses the console. */
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@WithSecurityContext(factory = SignedInAs.Factory.class)
public @interface SignedInAs {

    Role value();

    /** Makes the session that a sign-in would have made. */
    class Factory implements WithSecurityContextFactory<SignedInAs> {

        private final ConsoleUsers users;
        private final Sessions sessions;

        Factory(ConsoleUsers users, Sessions sessions) {
            this.users = users;
            this.sessions = sessions;
        }

        @Override
        public SecurityContext createSecurityContext(SignedInAs who) {
            String email = "olivia." + who.value().name().toLowerCase(Locale.ROOT) + "@example.com";
            if (users.login(email).isEmpty()) {
                users.create(new Actor.System("test"), email, "Olivia", Set.of(who.value()), ConsoleUsers.newPassword());
            }
            ConsolePrincipal principal = new ConsolePrincipal(users.login(email).orElseThrow());
            principal.began(sessions.begin(principal.user(), null));
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(principal, null, principal.getAuthorities()));
            return context;
        }
    }
}
