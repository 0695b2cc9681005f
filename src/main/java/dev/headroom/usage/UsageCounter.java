package dev.headroom.usage;

import dev.headroom.account.AccountId;
import dev.headroom.catalog.FeatureId;
import dev.headroom.time.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a feature an account used in one window.
 *
 * @param reserved held back on top, by open reservations
 * @param passedAt since when more than what is included is used; absent while it is not
 */
public record UsageCounter(AccountId account, FeatureId feature, Period window, long used, long reserved, @Nullable Instant passedAt) {

    /** One in which nothing was used. */
    public static UsageCounter empty(AccountId account, FeatureId feature, Period window) {
        return new UsageCounter(account, feature, window, 0, 0, null);
    }

    UsageCounter plus(long moreUsed, long moreReserved) {
        return new UsageCounter(account, feature, window, Math.addExact(used, moreUsed), Math.addExact(reserved, moreReserved), passedAt);
    }
}
