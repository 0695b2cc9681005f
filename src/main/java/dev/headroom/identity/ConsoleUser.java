package dev.headroom.identity;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in to the console.
 *
 * @param roles    at least one
 * @param erasedAt since when name and e-mail are only stand-ins
 */
public record ConsoleUser(
        UUID id, String email, String name, Set<Role> roles, Instant createdAt, @Nullable Instant disabledAt, @Nullable Instant erasedAt) {

    public ConsoleUser {
        roles = Set.copyOf(roles);
    }

    public boolean active() {
        return disabledAt == null;
    }

    public boolean erased() {
        return erasedAt != null;
    }

    public Set<Permission> permissions() {
        return Role.permissions(roles);
    }

    public Actor.ConsoleUser actor() {
        return new Actor.ConsoleUser(id, email, permissions());
    }

    ConsoleUser with(Set<Role> others) {
        return new ConsoleUser(id, email, name, others, createdAt, disabledAt, erasedAt);
    }

    ConsoleUser renamed(String other) {
        return new ConsoleUser(id, email, other, roles, createdAt, disabledAt, erasedAt);
    }

    ConsoleUser disabled(@Nullable Instant at) {
        return new ConsoleUser(id, email, name, roles, createdAt, at, erasedAt);
    }

    /** The domain can never receive a message (RFC 2606), and no two are called alike. */
    ConsoleUser erased(Instant at) {
        return new ConsoleUser(id, id + "@erased.invalid", "Erased person", roles, createdAt, disabledAt == null ? at : disabledAt, at);
    }

    /** What an audit entry says of somebody: nothing that would have to be erased one day. */
    Standing standing() {
        return new Standing(roles, disabledAt, erasedAt);
    }

    record Standing(Set<Role> roles, @Nullable Instant disabledAt, @Nullable Instant erasedAt) {}
}
