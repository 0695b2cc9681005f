package dev.headroom.delivery;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where events are sent, without its secret.
 *
 * @param formerUntil until when what is sent is signed with the secret of before too; absent where there is none
 * @param pausedAt    since when nothing is sent there, and what happens waits; absent while it is told
 * @param removedAt   from when on nothing is sent there; absent while it is in use
 */
public record WebhookEndpoint(
        UUID id, String url, String description, Set<EventKind> events, @Nullable Instant formerUntil, Instant createdAt, @Nullable Instant pausedAt,
        @Nullable Instant removedAt) {

    /** What endpoints can be told of; what it is called there never changes. */
    public enum EventKind {
        /** An account was told that it is moved to another version, before anything is charged. */
        MOVE_ANNOUNCED("headroom.move.announced"),
        /** A version of a plan or add-on went on sale. */
        VERSION_PUBLISHED("headroom.version.published"),
        /** What was to go on sale, or people to be moved, at a date could not. */
        PUBLICATION_FAILED("headroom.publication.failed"),
        /** Nothing happened; somebody wants to see whether an endpoint takes what is sent. No endpoint is told of it unasked. */
        TEST("headroom.test");

        /** Those that an endpoint can be told of whenever they happen. */
        public static final Set<EventKind> HAPPENING = Collections.unmodifiableSet(EnumSet.of(MOVE_ANNOUNCED, VERSION_PUBLISHED, PUBLICATION_FAILED));

        private final String type;

        EventKind(String type) {
            this.type = type;
        }

        /** As the event says it. */
        public String type() {
            return type;
        }
    }

    /** @param secret shown this one time */
    public record CreatedWebhookEndpoint(WebhookEndpoint endpoint, String secret) {

        /** It is in no log. */
        @Override
        public String toString() {
            return "CreatedWebhookEndpoint[" + endpoint.id() + "]";
        }
    }
}
