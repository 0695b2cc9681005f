package dev.headroom.actor;

import dev.headroom.error.HeadroomException;
import java.util.Set;
import java.util.UUID;

/**
 * The one on whose behalf a command runs; every service method that reads or writes an account's data takes one first.
 * What an actor may see is decided here and nowhere else.
 */
public sealed interface Actor {

    Set<Permission> permissions();

    /** A stable name for audit entries and for the scope of idempotency keys: {@code api-key:…}, {@code member:…}. */
    String name();

    /** Whether this actor may know that the account exists at all. */
    default boolean sees(UUID account) {
        return true;
    }

    /** @throws HeadroomException FORBIDDEN, naming the missing permission */
    default void require(Permission permission) {
        if (!permissions().contains(permission)) {
            throw HeadroomException.forbidden("This credential lacks the permission " + permission + "; it has " + permissions());
        }
    }

    /** Refuses another account's data as if it did not exist, so that ids cannot be probed. */
    default void require(Permission permission, UUID account) {
        require(permission);
        if (!sees(account)) {
            throw HeadroomException.notFound("account", "No such account");
        }
    }

    /** Refuses actors who are confined to one account. */
    default void requireEveryAccount(Permission permission) {
        require(permission);
        if (this instanceof Member) {
            throw HeadroomException.forbidden("An account token sees its own account only");
        }
    }

    /** The vendor's backend. */
    record ApiKey(UUID id, Set<Permission> permissions) implements Actor {
        public ApiKey {
            permissions = Set.copyOf(permissions);
        }

        @Override
        public String name() {
            return "api-key:" + id;
        }
    }

    /** A user of one account, through the vendor's frontend. */
    record Member(UUID account, UUID member, Set<Permission> permissions) implements Actor {
        public Member {
            permissions = Set.copyOf(permissions);
        }

        @Override
        public String name() {
            return "member:" + member;
        }

        @Override
        public boolean sees(UUID other) {
            return account.equals(other);
        }
    }

    /** Somebody signed in to the console. */
    record ConsoleUser(UUID id, String email, Set<Permission> permissions) implements Actor {
        public ConsoleUser {
            permissions = Set.copyOf(permissions);
        }

        @Override
        public String name() {
            return "console:" + id;
        }
    }

    /** Headroom itself: webhooks, sweepers, the demo vendor. */
    record System(String part) implements Actor {
        @Override
        public Set<Permission> permissions() {
            return Set.of(Permission.values());
        }

        @Override
        public String name() {
            return "system:" + part;
        }
    }
}
