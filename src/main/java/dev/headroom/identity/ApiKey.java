package dev.headroom.identity;

import dev.headroom.actor.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential of the vendor's backend, without its secret.
 *
 * @param hint    the first characters of the secret, for people to tell keys apart
 * @param origins browser origins from which account tokens minted with this key are accepted, for example {@code https://app.example.com}
 * @param lastUsedAt    to the minute; absent for a key that nobody has used
 * @param previousUntil before which the secret that it had before is good, too, exclusive; absent for one that was never rotated
 */
public record ApiKey(
        UUID id, String name, String hint, Set<Permission> permissions, Set<String> origins, Instant createdAt, @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt, @Nullable Instant previousUntil) {

    public ApiKey {
        permissions = Set.copyOf(permissions);
        origins = Set.copyOf(origins);
    }

    public boolean active() {
        return revokedAt == null;
    }
}
