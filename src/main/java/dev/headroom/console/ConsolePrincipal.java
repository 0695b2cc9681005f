package dev.headroom.console;

import dev.headroom.identity.ConsoleUser;
import dev.headroom.identity.ConsoleUsers.Login;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** A console user as Spring Security carries it through the session, without the password's hash once that was checked. */
final class ConsolePrincipal implements UserDetails, CredentialsContainer {

    private final ConsoleUser user;
    private @Nullable String passwordHash;
    private @Nullable UUID session;

    ConsolePrincipal(Login login) {
        this.user = login.user();
        this.passwordHash = login.passwordHash();
    }

    /** The password was right. */
    void began(UUID started) {
        session = started;
    }

    /** Absent until the password was right. */
    @Nullable UUID session() {
        return session;
    }

    ConsoleUser user() {
        return user;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return user.roles().stream().map(role -> new SimpleGrantedAuthority("ROLE_" + role)).toList();
    }

    @Override
    public @Nullable String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return user.email();
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }
}
