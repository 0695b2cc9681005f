package dev.headroom.console;

import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers.Login;
import dev.headroom.identity.Role;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
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

        @Override
        public SecurityContext createSecurityContext(SignedInAs who) {
            ConsoleUser user = new ConsoleUser(
                    UUID.nameUUIDFromBytes(who.value().name().getBytes(StandardCharsets.UTF_8)), "olivia@example.com", "Olivia",
                    who.value(), Instant.EPOCH, null);
            ConsolePrincipal principal = new ConsolePrincipal(new Login(user, ""));
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(principal, null, principal.getAuthorities()));
            return context;
        }
    }
}
