package dev.headroom.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.audit.AuditEntries;
import dev.headroom.error.Check;
import dev.headroom.error.ErrorCode;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    private final Cache<UUID, Optional<ConsoleUser>> byId =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).maximumSize(10_000).build();

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

    /**
     * Gives somebody another role; at once on this node, within a second on the others.
     *
     * @throws HeadroomException INVALID_INPUT for the last owner: nobody could give the role back
     */
    @Transactional
    public ConsoleUser assign(Actor actor, UUID id, Role role) {
        ConsoleUser before = changeable(actor, id, role == Role.OWNER);
        return change(actor, "assignRole", before, new ConsoleUser(id, before.email(), before.name(), role, before.createdAt(), before.disabledAt()));
    }

    /** Lets somebody in no more, also where they are signed in; twice changes nothing. The last owner cannot be kept out. */
    @Transactional
    public ConsoleUser disable(Actor actor, UUID id) {
        ConsoleUser before = changeable(actor, id, false);
        Instant at = before.disabledAt() == null ? clock.instant() : before.disabledAt();
        return change(actor, "disableConsoleUser", before, new ConsoleUser(id, before.email(), before.name(), before.role(), before.createdAt(), at));
    }

    /** Makes a new password, which is in the answer and nowhere else; the old one is of no use any more. */
    @Transactional
    public String resetPassword(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        ConsoleUser user = users.byId(id).orElseThrow(ConsoleUsers::unknown);
        String password = newPassword();
        users.password(id, passwords.encode(password));
        audit.changed(actor, "resetPassword", null, "consoleUser", id, user, user);
        return password;
    }

    private ConsoleUser changeable(Actor actor, UUID id, boolean staysOwner) {
        actor.requireEveryAccount(Permission.ADMIN);
        List<ConsoleUser> owners = users.lockedOwners();
        ConsoleUser user = users.byId(id).orElseThrow(ConsoleUsers::unknown);
        if (!staysOwner && owners.equals(List.of(user))) {
            throw HeadroomException.invalid("input.id", user.email() + " is the only owner; make somebody else an owner first");
        }
        return user;
    }

    private ConsoleUser change(Actor actor, String act, ConsoleUser before, ConsoleUser after) {
        if (!after.equals(before)) {
            users.update(after);
            audit.changed(actor, act, null, "consoleUser", after.id(), before, after);
            byId.invalidate(after.id());
        }
        return after;
    }

    private static HeadroomException unknown() {
        return HeadroomException.notFound("input.id", "No such console user");
    }

    /** Who somebody signed in is by now; empty for whom nobody lets in any more. Asked on every act, so answered from memory for a second. */
    public Optional<ConsoleUser> current(UUID id) {
        return byId.get(id, users::byId).filter(ConsoleUser::active);
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
