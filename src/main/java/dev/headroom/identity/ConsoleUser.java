package dev.headroom.identity;

import dev.headroom.actor.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who signs in to the console. */
public record ConsoleUser(UUID id, String email, String name, Role role, Instant createdAt, @Nullable Instant disabledAt) {

    public boolean active() {
        return disabledAt == null;
    }

    public Actor.ConsoleUser actor() {
        return new Actor.ConsoleUser(id, email, role.permissions());
    }
}
