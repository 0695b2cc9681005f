package dev.headroom.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** When keys were used last: gathered in memory, for no request shall wait for a note about itself, and written now and then. */
@Service
class KeyUses {

    private final ApiKeyRepository keys;
    private final InstantSource clock;
    private final Map<UUID, Instant> unwritten = new ConcurrentHashMap<>();

    KeyUses(ApiKeyRepository keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    void note(UUID key) {
        unwritten.put(key, clock.instant());
    }

    /** What is noted meanwhile waits for the next time; what cannot be written, too. */
    void write() {
        Map<UUID, Instant> due = Map.copyOf(unwritten);
        if (!due.isEmpty()) {
            keys.used(due);
            due.forEach(unwritten::remove);
        }
    }
}
