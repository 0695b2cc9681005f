package dev.headroom.delivery;

import dev.headroom.delivery.WebhookEndpoint.EventKind;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in the words of CloudEvents 1.0.
 *
 * @param subject the vendor's key of the account that it is about; absent where it is about none alone
 */
record CloudEvent(UUID id, EventKind kind, Instant at, @Nullable String subject, Map<String, Object> data) {

    /** In an order that never changes. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>(Map.of(
                "specversion", "1.0", "id", id.toString(), "source", "headroom", "type", kind.type(), "time", at.toString(), "datacontenttype", "application/json",
                "data", new TreeMap<>(data)));
        if (subject != null) {
            fields.put("subject", subject);
        }
        return fields;
    }
}
