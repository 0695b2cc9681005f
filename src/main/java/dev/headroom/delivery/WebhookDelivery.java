package dev.headroom.delivery;

import dev.headroom.delivery.WebhookEndpoint.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * @param url     of the endpoint, which may have been removed since
 * @param tries   how often it was sent
 * @param dueAt   when it is sent next; absent where it is not
 * @param triedAt when it was sent last; absent where it was not
 * @param millis  how long that took; absent where {@code triedAt} is
 * @param status  that was answered last; absent where nothing was
 * @param failure why the last try failed; absent where none did
 */
public record WebhookDelivery(
        UUID event, UUID endpoint, String url, EventKind kind, Instant at, DeliveryState state, int tries, @Nullable Instant dueAt, @Nullable Instant triedAt,
        @Nullable Integer millis, @Nullable Integer status, @Nullable String failure) {

    /** Which deliveries are wanted; what is absent is every one. */
    public record DeliveryFilter(@Nullable UUID endpoint, @Nullable DeliveryState state, @Nullable EventKind kind) {}

    /** Where it stands. */
    public enum DeliveryState {
        WAITING,
        DELIVERED,
        /** It failed for three days, or the endpoint is gone; somebody may have it sent again. */
        GIVEN_UP
    }

    /**
     * What is sent, once.
     *
     * @param tries   this one among them
     * @param secrets those that it is signed with
     */
    record Dispatch(UUID event, UUID endpoint, String url, String body, int tries, List<String> secrets) {

        /** The secrets are in no log. */
        @Override
        public String toString() {
            return "Dispatch[" + event + " to " + endpoint + "]";
        }
    }

    /** What became of one try. @param status absent where nothing was answered */
    record Answer(@Nullable Integer status, @Nullable String failure) {

        private static final int GONE = 410;

        boolean taken() {
            return status != null && status / 100 == 2;
        }

        /** The endpoint says itself that it wants no more. */
        boolean gone() {
            return status != null && status == GONE;
        }
    }
}
