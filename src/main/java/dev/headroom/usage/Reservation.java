package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An amount that is held back until it is used, given back, or expires.
 *
 * @param eventId   the caller's id, under which it was made and under which its use is recorded
 * @param feature   the meter
 * @param window    of the counter that holds it back
 * @param expiresAt from when on it holds nothing back
 * @param committed what was used of it; 0 unless committed
 */
public record Reservation(
        UUID id, AccountId account, String eventId, FeatureId feature, Period window, long quantity, @Nullable Map<String, Object> properties,
        Instant madeAt, Instant expiresAt, State state, long committed) {

    /** What became of it. */
    public enum State {
        OPEN,
        /** Used, in part or whole; the rest is free again. */
        COMMITTED,
        RELEASED,
        EXPIRED
    }

    /** As it is at an instant: expired ones may be found only later. */
    Reservation at(Instant now) {
        return state == State.OPEN && !now.isBefore(expiresAt) ? ended(State.EXPIRED, 0) : this;
    }

    Reservation ended(State how, long used) {
        return new Reservation(id, account, eventId, feature, window, quantity, properties, madeAt, expiresAt, how, used);
    }
}
