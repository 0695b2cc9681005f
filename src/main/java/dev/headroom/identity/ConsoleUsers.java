package dev.headroom.identity;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people of the console. */
@Service
public class ConsoleUsers {

    private static final int SHORTEST_PASSWORD = 12;

    private final ConsoleUserRepository users;
    private final PasswordEncoder passwords;
    private final AuditEntries audit;
    private final InstantSource clock;

    ConsoleUsers(ConsoleUserRepository users, PasswordEncoder passwords, AuditEntries audit, InstantSource clock) {
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is needed to sign somebody in: the user, and what the password must match. */
    public record Login(ConsoleUser user, String passwordHash) {

        @Override
        public String toString() {
            return "Login[" + user.email() + "]";
        }
    }

    /** @param password at least 12 characters; kept as a hash */
    @Transactional
    public ConsoleUser create(Actor actor, String email, String name, Role role, String password) {
        actor.requireEveryAccount(Permission.ADMIN);
        if (password.length() < SHORTEST_PASSWORD) {
            throw HeadroomException.invalid("input.password", "A password has at least " + SHORTEST_PASSWORD + " characters");
        }
        ConsoleUser user = new ConsoleUser(
                Ids.next(), Check.email("input.email", email), Check.text("input.name", name), role, clock.instant(), null);
        if (!users.insert(user, passwords.encode(password))) {
            throw HeadroomException.of(ErrorCode.ALREADY_EXISTS, "input.email", "Somebody already signs in with " + user.email());
        }
        audit.created(actor, "createConsoleUser", null, "consoleUser", user.id(), user);
        return user;
    }

    /** 128 bits, as letters, digits, {@code -} and {@code _}. */
    public static String newPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public List<ConsoleUser> all(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return users.all();
    }

    /** False until the first owner is made, which happens at the first start. */
    public boolean any() {
        return users.any();
    }

    /** Empty for somebody unknown or disabled. */
    public Optional<Login> login(String email) {
        return users.login(email.strip());
    }
}
