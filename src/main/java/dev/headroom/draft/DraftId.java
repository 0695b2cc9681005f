package dev.headroom.draft;

import java.util.UUID;

/** Names a draft; the version that it becomes has the same UUID. */
public record DraftId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
