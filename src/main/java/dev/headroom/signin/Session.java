package dev.headroom.signin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody signed in, in one browser.
 *
 * @param browser    in words, such as {@code Firefox, Linux}
 * @param lastSeenAt to the minute
 */
public record Session(UUID id, UUID user, String browser, Instant startedAt, Instant lastSeenAt, @Nullable Instant endedAt) {

    boolean open() {
        return endedAt == null;
    }
}
