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
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The people of the console. Nobody gives what they may not do themselves, nor touches somebody who may do more than they: managing
 * people is no way to become an owner.
 */
@Service
public class ConsoleUsers {

    private static final String SUBJECT = "consoleUser";

    private final ConsoleUserRepository users;
    private final Passwords passwords;
    private final AuditEntries audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Cache<UUID, Optional<ConsoleUser>> byId =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).maximumSize(10_000).build();

    ConsoleUsers(
            ConsoleUserRepository users, Passwords passwords, AuditEntries audit, ApplicationEventPublisher events, InstantSource clock) {
        this.events = events;
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody is not as before; told in the transaction that changes it. */
    public record ConsoleUserChanged(ConsoleUser before, ConsoleUser after) {

        /** Whether something that they might do is not allowed any more. */
        public boolean less() {
            return !after.active() || !after.permissions().containsAll(before.permissions());
        }
    }

    /** What is needed to sign somebody in: the user, and what the password must match. */
    public record Login(ConsoleUser user, String passwordHash) {

        @Override
        public String toString() {
            return "Login[" + user.id() + "]";
        }
    }

    /** @param password at least 12 characters, and not easily guessed; kept as a hash */
    @Transactional
    public ConsoleUser create(Actor actor, String email, String name, Set<Role> roles, String password) {
        requireToGive(actor, roles);
        ConsoleUser user = new ConsoleUser(
                Ids.next(), Check.email("input.email", email), Check.text("input.name", name), roles, clock.instant(), null, null);
        if (!users.insert(user, passwords.hash("input.password", password, user.email(), user.name()))) {
            throw HeadroomException.of(ErrorCode.ALREADY_EXISTS, "input.email", "Somebody already signs in with " + user.email());
        }
        audit.created(actor, "createConsoleUser", null, SUBJECT, user.id(), user.standing());
        return user;
    }

    /**
     * Refuses whoever may not let somebody in with these roles.
     *
     * @throws HeadroomException FORBIDDEN; INVALID_INPUT without any role
     */
    public void requireToGive(Actor actor, Set<Role> roles) {
        actor.requireEveryAccount(Permission.ADMIN);
        if (roles.isEmpty()) {
            throw HeadroomException.invalid("input.roles", "Choose at least one role");
        }
        Role.permissions(roles).forEach(actor::require);
    }

    /**
     * Gives somebody other roles; at once on this node, within a second on the others.
     *
     * @throws HeadroomException INVALID_INPUT for the last owner: nobody could give the role back
     */
    @Transactional
    public ConsoleUser assign(Actor actor, UUID id, Set<Role> roles) {
        requireToGive(actor, roles);
        return change(actor, "assignRoles", managed(actor, id, roles.contains(Role.OWNER)), user -> user.with(roles));
    }

    /** Lets somebody in no more, also where they are signed in; twice changes nothing. The last owner cannot be kept out. */
    @Transactional
    public ConsoleUser disable(Actor actor, UUID id) {
        return change(actor, "disableConsoleUser", managed(actor, id, false), user -> user.active() ? user.disabled(clock.instant()) : user);
    }

    /** Lets somebody in again, with the roles and the password of before; twice changes nothing. */
    @Transactional
    public ConsoleUser enable(Actor actor, UUID id) {
        return change(actor, "enableConsoleUser", managed(actor, id, true), user -> user.disabled(null));
    }

    /** Gives oneself another name. */
    @Transactional
    public ConsoleUser rename(Actor actor, UUID id, String name) {
        requireOneself(actor, id);
        String given = Check.text("input.name", name);
        return change(actor, "renameConsoleUser", users.locked(id).orElseThrow(ConsoleUsers::unknown), user -> user.renamed(given));
    }

    /**
     * Forgets who somebody was and lets them in no more. What they did stays told of the same id, which is nobody's any more. Cannot be
     * undone; twice changes nothing.
     */
    @Transactional
    public ConsoleUser erase(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        ConsoleUser known = users.byId(id).orElseThrow(ConsoleUsers::unknown);
        if (known.erased()) {
            return known;
        }
        ConsoleUser before = managed(actor, id, false);
        users.password(id, "");
        return change(actor, "eraseConsoleUser", before, user -> user.erased(clock.instant()));
    }

    /** Chooses one's own password; the one of before is of no use any more. Nobody chooses another's. */
    @Transactional
    public void choosePassword(Actor actor, UUID id, String password) {
        requireOneself(actor, id);
        ConsoleUser user = users.locked(id).filter(ConsoleUser::active).orElseThrow(ConsoleUsers::unknown);
        users.password(id, passwords.hash("input.password", password, user.email(), user.name()));
        audit.changed(actor, "choosePassword", null, SUBJECT, id, null, null);
    }

    /** Whether this is somebody's password by now. */
    public boolean matches(UUID id, String password) {
        return users.passwordHash(id).filter(hash -> passwords.matches(password, hash)).isPresent();
    }

    private static void requireOneself(Actor actor, UUID id) {
        if (!(actor instanceof Actor.ConsoleUser own) || !own.id().equals(id)) {
            throw HeadroomException.forbidden("Only they themselves can do that");
        }
    }

    /** Somebody whom the actor may manage, locked. */
    private ConsoleUser managed(Actor actor, UUID id, boolean staysOwner) {
        actor.requireEveryAccount(Permission.ADMIN);
        List<ConsoleUser> owners = users.lockedOwners();
        ConsoleUser user = users.locked(id).orElseThrow(ConsoleUsers::unknown);
        user.permissions().forEach(actor::require);
        if (user.erased()) {
            throw unknown();
        }
        if (!staysOwner && owners.equals(List.of(user))) {
            throw HeadroomException.invalid("input.id", user.name() + " is the only owner; make somebody else an owner first");
        }
        return user;
    }

    /** Somebody whom the actor may manage. @throws HeadroomException NOT_FOUND for an unknown, disabled or erased one, FORBIDDEN for one who may do more */
    public ConsoleUser manageable(Actor actor, UUID id) {
        actor.requireEveryAccount(Permission.ADMIN);
        ConsoleUser user = users.byId(id).filter(ConsoleUser::active).orElseThrow(ConsoleUsers::unknown);
        user.permissions().forEach(actor::require);
        return user;
    }

    private ConsoleUser change(Actor actor, String act, ConsoleUser before, UnaryOperator<ConsoleUser> change) {
        ConsoleUser after = change.apply(before);
        if (!after.equals(before)) {
            users.update(after);
            audit.changed(actor, act, null, SUBJECT, after.id(), before.standing(), after.standing());
            events.publishEvent(new ConsoleUserChanged(before, after));
            forget(after.id());
        }
        return after;
    }

    /** Only what is committed may be read again. */
    private void forget(UUID id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                byId.invalidate(id);
            }
        });
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

    /** Without those who are erased. */
    public List<ConsoleUser> all(Actor actor) {
        actor.requireEveryAccount(Permission.ADMIN);
        return users.all().stream().filter(user -> !user.erased()).toList();
    }

    /** False until the first owner is made, which happens at the first start. */
    public boolean any() {
        return users.any();
    }

    /** Whether an e-mail is somebody's already, whoever they are and whether they are let in or not. */
    public boolean knows(Actor actor, String email) {
        actor.requireEveryAccount(Permission.ADMIN);
        return users.taken(email.strip());
    }

    /** Empty for somebody unknown or disabled. */
    public Optional<Login> login(String email) {
        return users.login(email.strip());
    }
}
