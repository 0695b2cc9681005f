package dev.headroom.usage;

import dev.headroom.account.Account;
import dev.headroom.catalog.Feature;
import dev.headroom.time.Period;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event that passed every check and knows its window. */
record AcceptedEvent(
        String id, Account account, Feature meter, long quantity, Instant at, @Nullable Map<String, Object> properties, Period window,
        ByteBuffer hash) {

    /** What makes it the same event. */
    record Identity(java.util.UUID account, String event) {}

    Identity identity() {
        return new Identity(account.id().value(), id);
    }

    /** What it counts towards. */
    record CounterKey(java.util.UUID account, java.util.UUID feature, Period window) {}

    CounterKey counter() {
        return new CounterKey(account.id().value(), meter.id().value(), window);
    }
}
