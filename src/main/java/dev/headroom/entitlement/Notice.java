package dev.headroom.entitlement;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import java.time.Instant;
import java.util.UUID;

/**
 * Something about a limit that somebody may want to be told; published in the transaction that made it so.
 *
 * @param percent   the threshold; of a limit that was hit, used of included; 0 where nothing was granted
 * @param used      units then
 * @param included  units then; 0 where nothing was granted
 * @param requested what did not fit; of what was used without being refused, what is past the limit; 0 for a threshold
 * @param window    where the window begins
 */
public record Notice(
        UUID id, AccountId account, FeatureId feature, Kind kind, int percent, long used, long included, long requested, Instant window, Instant at) {

    /** What happened. */
    public enum Kind {
        /** Once a window, and anew when what is included changes. */
        THRESHOLD_PASSED,
        /** A request did not fit, or what is used went past what is included; the first time in an hour. */
        LIMIT_HIT,
        /** Something was asked for that nothing grants; the first time in an hour. */
        NOT_GRANTED
    }
}
