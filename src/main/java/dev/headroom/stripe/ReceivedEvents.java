package dev.headroom.stripe;

import com.stripe.model.Event;
import dev.headroom.stripe.InboxRepository.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stores what Stripe tells of something that is followed; of what our own requests have done and we have recorded, only that it came. */
@Service
class ReceivedEvents {

    /** So often it is written down at most that events come at all. */
    private static final Duration SIGN = Duration.ofSeconds(1);

    private final InboxRepository inbox;
    private final AnsweredRequests answered;
    private final JsonMapper json;
    private final AtomicReference<Instant> lastSign = new AtomicReference<>(Instant.EPOCH);

    ReceivedEvents(InboxRepository inbox, AnsweredRequests answered, JsonMapper json) {
        this.inbox = inbox;
        this.answered = answered;
        this.json = json;
    }

    /** All that a request of ours did is recorded. */
    void settled(String request) {
        answered.add(request);
    }

    /** Whether somebody has to look at what an event tells of. */
    boolean isOpen(ReceivedEvent event) {
        return !answered.explain(event.told());
    }

    /** As it was sent; whether it is new, and to be looked at. */
    boolean store(String payload, Instant at) {
        return read(payload).filter(event -> store(event, at)).isPresent();
    }

    /** As it was fetched. */
    boolean store(Event fetched, Instant at) {
        return read(fetched).filter(event -> store(event, at)).isPresent();
    }

    private boolean store(ReceivedEvent event, Instant at) {
        if (isOpen(event)) {
            return inbox.insert(event, at);
        }
        Instant before = lastSign.get();
        if (Duration.between(before, at).abs().compareTo(SIGN) >= 0 && lastSign.compareAndSet(before, at)) {
            inbox.insertHandled(event, at);
        }
        return false;
    }

    /** Only what concerns a subscription, an invoice or a customer matters so far. */
    private Optional<ReceivedEvent> read(String payload) {
        try {
            JsonNode event = json.readTree(payload);
            String type = event.path("type").asString("");
            JsonNode data = event.path("data");
            Told told = Told.by(event);
            return Hint.of(type, data.path("object"), Hint.text(data.path("previous_attributes").path("customer")), told).map(hint -> new ReceivedEvent(
                    event.path("id").asString(), type, hint, Instant.ofEpochSecond(event.path("created").asLong()), told));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private Optional<ReceivedEvent> read(Event event) {
        Map<String, Object> before = event.getData().getPreviousAttributes();
        Optional<String> left = Optional.ofNullable(before).map(previous -> previous.get("customer")).filter(String.class::isInstance).map(String.class::cast);
        Told told = new Told(
                Optional.ofNullable(event.getRequest()).map(Event.Request::getIdempotencyKey).orElse(null), before == null ? null : Set.copyOf(before.keySet()));
        return Hint.of(event.getType(), json.readTree(event.getDataObjectDeserializer().getRawJson()), left, told)
                .map(hint -> new ReceivedEvent(event.getId(), event.getType(), hint, Instant.ofEpochSecond(event.getCreated()), told));
    }
}
