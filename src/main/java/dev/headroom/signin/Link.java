package dev.headroom.signin;

import dev.headroom.identity.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lets whoever has it in, once; without its token, which nobody knows but who was given it.
 *
 * @param user      whose password it resets, or whom the invitation has become
 * @param email     who is invited; absent once the invitation is used or taken back
 * @param createdBy {@link dev.headroom.actor.Actor#name()}
 * @param expiresAt exclusive
 */
public record Link(
        UUID id, Purpose purpose, @Nullable UUID user, @Nullable String email, Set<Role> roles, Instant createdAt, String createdBy,
        Instant expiresAt, @Nullable Instant usedAt, @Nullable Instant revokedAt) {

    /** What it is good for. */
    public enum Purpose {
        INVITATION,
        PASSWORD_RESET
    }

    public Link {
        roles = Set.copyOf(roles);
    }

    /** What an audit entry says of it: nobody's e-mail. */
    Told told() {
        return new Told(purpose, user, roles, expiresAt);
    }

    record Told(Purpose purpose, @Nullable UUID user, Set<Role> roles, Instant expiresAt) {}
}
